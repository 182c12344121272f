"""The codes of a ruleset's indicators, and the names their blocks declare with `let`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from perfrules.lang.changing import changed
from perfrules.model.collector import Problems
from perfrules.model.duplicates import Firsts
from perfrules.model.symbols import IndicatorSymbol, LetSymbol
from perfrules.syntax.ast.clauses import Clause, Indicator, Let, Lights, Measure, ScoreClause, StatusWorst
from perfrules.syntax.ast.scoring import Judged


@frozen
class IndicatorNames:
    """Indicators by path, in the order written; codes by every end of a path; lets by owner."""

    indicators: dict[str, IndicatorSymbol] = field(factory=dict)
    by_suffix: dict[str, tuple[str, ...]] = field(factory=dict)
    lets: dict[str, dict[str, LetSymbol]] = field(factory=dict)


def collect_indicators(trees: Sequence[Indicator], problems: Problems) -> tuple[IndicatorNames, tuple[str, ...]]:
    """Return the names of all indicators and the paths of the top ones; the later of two with one code is left out."""
    found = IndicatorNames()
    top = _block(trees, "", found, problems)
    for path in found.indicators:
        parts = path.split(".")
        for start in range(len(parts)):
            suffix = ".".join(parts[start:])
            found.by_suffix[suffix] = (*found.by_suffix.get(suffix, ()), path)
    return found, top


def collect_lets(trees: Iterable[Let], owner: str, found: IndicatorNames, problems: Problems) -> None:
    """Add the lets of one block."""
    firsts = Firsts("let", problems)
    lets = {
        tree.name.text: LetSymbol(name=tree.name.text, span=tree.name.span, owner=owner, tree=tree)
        for tree in trees
        if firsts.is_first(tree.name)
    }
    if lets:
        found.lets[owner] = lets


def _block(trees: Iterable[Indicator], parent: str, found: IndicatorNames, problems: Problems) -> tuple[str, ...]:
    firsts = Firsts("indicator", problems)
    return tuple(_indicator(tree, parent, found, problems) for tree in trees if firsts.is_first(tree.code))


def _indicator(tree: Indicator, parent: str, found: IndicatorNames, problems: Problems) -> str:
    code = tree.code.text
    path = f"{parent}.{code}" if parent else code
    clauses = tree.clauses
    # Keeps the place: an indicator stands before the ones inside it.
    found.indicators[path] = symbol = _symbol(tree, path, parent)
    collect_lets((clause for clause in clauses if isinstance(clause, Let)), path, found, problems)
    children = _block((clause for clause in clauses if isinstance(clause, Indicator)), path, found, problems)
    has_marks = (
        tree.amount is not None
        or any(isinstance(clause, ScoreClause) for clause in clauses)
        or any(found.indicators[child].has_marks for child in children)
    )
    found.indicators[path] = changed(symbol, children=children, has_marks=has_marks)
    return path


def _symbol(tree: Indicator, path: str, parent: str) -> IndicatorSymbol:
    """Return what is known of an indicator before those inside it are."""
    return IndicatorSymbol(
        path=path,
        short=tree.code.text,
        parent=parent,
        span=tree.code.span,
        tree=tree,
        children=(),
        has_marks=False,
        measure=next((clause for clause in tree.clauses if isinstance(clause, Measure)), None),
        levels=_levels(tree.clauses),
        has_light=any(isinstance(clause, Lights | StatusWorst) for clause in tree.clauses),
    )


def _levels(clauses: Iterable[Clause]) -> tuple[str, ...]:
    for clause in clauses:
        if isinstance(clause, ScoreClause) and isinstance(clause.score, Judged):
            return tuple(level.name.value for level in clause.score.levels)
    return ()
