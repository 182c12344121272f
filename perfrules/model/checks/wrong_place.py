"""wrong-place: each clause stands where it means something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.methods.misplaced import misplaced
from perfrules.model.block import Block, all_blocks
from perfrules.model.clause_words import clause_word
from perfrules.syntax.ast import clauses, declarations
from perfrules.syntax.ast.tree import Tree

_OF_PARENTS: Final = (clauses.Combine, clauses.ExcludedShare, clauses.WeightsRelative, clauses.StatusWorst)
_OF_MARKS: Final = (clauses.Missing, clauses.Combine, clauses.ExcludedShare)
_OF_TOTALS: Final = (declarations.Total, declarations.Grades)
_OF_RULESETS: Final = frozenset({clauses.RoundSubject.LEAVES, clauses.RoundSubject.LEVELS, clauses.RoundSubject.TOTAL})

_MARKED_RULESET: Final = Word("marked-ruleset")
_MARKED_INDICATOR: Final = Word("marked-indicator")


def wrong_place(root: Block) -> Iterable[Diagnostic]:
    """Report every clause of the ruleset and its indicators that stands where it means nothing."""
    for block in all_blocks(root):
        for clause in block.clauses:
            places = _belongs_elsewhere(clause, block)
            if places:
                yield misplaced(_word(clause, block), _inside(block, places), places, clause.span)


def _belongs_elsewhere(clause: Tree, block: Block) -> tuple[str, ...]:
    """Return where *clause* belongs instead; nothing where it is right."""
    match clause:
        case clauses.ScoreClause() if block.marked:
            return (Word("childless-indicator"),)
        case clauses.Round(subject=subject) if bool(block.path) == (subject in _OF_RULESETS):
            return (Word("the-ruleset") if block.path else Word("an-indicator"),)
        case clauses.Round(subject=clauses.RoundSubject.MEASURE) if block.first(clauses.Measure) is None:
            return (Word("measuring-indicator"),)
        case clauses.Scale() | clauses.WeightsRelative() if not _weights_below(block):
            return (Word("weighted-indicator"),)
        case clauses.Applies(otherwise=otherwise) if block.path and not block.has_marks and _has_a_value(block):
            return () if otherwise is clauses.Fallback.EXCLUDED else (_MARKED_INDICATOR,)
    if not block.path and not block.has_marks and isinstance(clause, (*_OF_TOTALS, *_OF_MARKS, clauses.Applies)):
        return (_MARKED_RULESET,)
    if isinstance(clause, _OF_PARENTS) and not block.children:
        return (Word("parent-indicator"),)
    if isinstance(clause, (*_OF_MARKS, clauses.Applies)) and not block.has_marks:
        return (_MARKED_INDICATOR,)
    return ()


def _has_a_value(block: Block) -> bool:
    """Tell whether the block or one below it measures something or shows a light, which can be left out."""
    kinds = (clauses.Measure, clauses.Lights)
    return any(each.first(kind) is not None for each in all_blocks(block) for kind in kinds)


def _word(clause: Tree, block: Block) -> str:
    """Name a clause; where only what it says stands in for marks is wrong, that."""
    if isinstance(clause, clauses.Applies) and not block.has_marks and _has_a_value(block):
        return f"otherwise {clause.otherwise}" if isinstance(clause.otherwise, clauses.Fallback) else "otherwise"
    return clause_word(clause)


def _inside(block: Block, places: tuple[str, ...]) -> str:
    """Name what the clause stands in, by what makes it wrong there."""
    if _MARKED_RULESET in places:
        return Word("unmarked-ruleset")
    return block.name if block.path else Word("the-ruleset")


def _weights_below(block: Block) -> bool:
    """Tell whether any indicator below has a weight; of the nearest ones first."""
    return any(
        below.amount is not None and below.amount.style is clauses.AmountStyle.WEIGHT
        for below in all_blocks(block)
        if below is not block
    )
