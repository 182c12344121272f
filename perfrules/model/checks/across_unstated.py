"""ties-unanswered, empty-unanswered, and parts of a statistic across entities that it needs or has no use for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.methods.misplaced import misplaced, unstated
from perfrules.syntax.ast.across import Across, AcrossFunction, PercentileMethod

_F = AcrossFunction
_DEFINED_WHEN_EMPTY: Final = frozenset(
    {_F.SUM, _F.COUNT, _F.COUNT_DISTINCT, _F.ANY, _F.ALL, _F.RANK, _F.PERCENTILE_RANK}
)
"""Those that have a value where nobody counts, or are never asked for it then."""
_METHODS: Final = {
    _F.PERCENTILE: (PercentileMethod.NEAREST_RANK, PercentileMethod.INTERPOLATED),
    _F.PERCENTILE_RANK: (PercentileMethod.STRICTLY_BELOW, PercentileMethod.AT_OR_BELOW, PercentileMethod.MIDPOINT),
}


def across_unstated(tree: Across) -> Iterator[Diagnostic]:
    """Report what a statistic leaves open, and what it says without need."""
    yield from _ties(tree)
    yield from _needed(tree)
    yield from _misplaced(tree)
    if tree.empty is None and _may_be_empty(tree):
        args = {"aggregate": tree.function.value, "over": "entities"}
        yield Diagnostic(Code.EMPTY_UNANSWERED, tree.span, args=args)


def _ties(tree: Across) -> Iterator[Diagnostic]:
    if tree.function is _F.RANK and (tree.first is None or tree.ties is None):
        missing = [("which-is-first", "highest first")] if tree.first is None else []
        missing += [("what-ties-share", "ties share best")] if tree.ties is None else []
        what = "order-and-ties" if len(missing) == 2 else missing[0][0]
        yield _unanswered(tree, what, ", ".join(answer for _, answer in missing))
    if tree.function is _F.APPORTIONMENT and not tree.ties_by_entity:
        yield _unanswered(tree, "who-is-served-first", "ties by entity")


def _unanswered(tree: Across, what: str, answer: str) -> Diagnostic:
    args = {"aggregate": _name(tree), "what": Word(what), "answer": answer}
    return Diagnostic(Code.TIES_UNANSWERED, tree.span, args=args)


def _needed(tree: Across) -> Iterator[Diagnostic]:
    """Report a place, method, step or order of trimming that is not said."""
    if tree.function is _F.PERCENTILE and tree.at is None:
        yield unstated("at", _name(tree), "at 75%", tree.span)
    if tree.function in _METHODS and tree.method is None:
        methods = tuple(method.value for method in _METHODS[tree.function])
        yield unstated(methods[0], _name(tree), methods, tree.span)
    if tree.function is _F.APPORTIONMENT and tree.step is None:
        yield unstated("largest remainder", _name(tree), "to 2 decimals largest remainder", tree.span)
    if tree.function is _F.TRIMMED_MEAN and tree.trim is None:
        yield unstated("drop", _name(tree), "drop 1 high 1 low when at least 5", tree.span)


def _misplaced(tree: Across) -> Iterator[Diagnostic]:
    of = tree.function
    written = (
        ("drop", tree.trim is not None, of is _F.TRIMMED_MEAN, ("trimmed mean",)),
        ("ties share", tree.ties is not None, of is _F.RANK, ("rank",)),
        (tree.first.value if tree.first else "", tree.first is not None, of is _F.RANK, ("rank",)),
        ("at", tree.at is not None, of is _F.PERCENTILE, ("percentile",)),
        (*_method(tree), ("percentile", "percentile rank")),
        ("largest remainder", tree.step is not None, of is _F.APPORTIONMENT, ("share",)),
        ("ties by entity", tree.ties_by_entity, of is _F.APPORTIONMENT, ("share",)),
    )
    for clause, is_written, belongs, places in written:
        if is_written and not belongs:
            yield misplaced(clause, _name(tree), places, tree.span)


def _method(tree: Across) -> tuple[str, bool, bool]:
    method = tree.method
    return method.value if method else "", method is not None, method in _METHODS.get(tree.function, ())


def _name(tree: Across) -> str:
    return "share" if tree.function is _F.APPORTIONMENT else tree.function.value


def _may_be_empty(tree: Across) -> bool:
    """Tell whether there may be too few for a value; an entity counts itself where nothing is asked of it.

    Whether weights can all be zero is left to proof.
    """
    if tree.function in _DEFINED_WHEN_EMPTY or tree.function is _F.APPORTIONMENT:
        return False
    if tree.where is not None or tree.present or tree.function is _F.STANDARD_DEVIATION_SAMPLE:
        return True
    return tree.trim is not None and tree.trim.at_least <= tree.trim.high + tree.trim.low
