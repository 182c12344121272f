"""Why a piece could not be read: the most telling explanation first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.syntax.driver import Unexpected
from perfrules.syntax.mistakes.expected import expected
from perfrules.syntax.mistakes.insertion import left_out
from perfrules.syntax.mistakes.names import (
    bare_rounding_direction,
    code_without_brackets,
    word_of_the_language,
)
from perfrules.syntax.mistakes.overlays import expectation_left_out, indicator_replaced
from perfrules.syntax.mistakes.places import wrong_place
from perfrules.syntax.mistakes.spelling import nearly_a_word
from perfrules.syntax.mistakes.stumble import DECLARING, Stumble
from perfrules.syntax.parse_table import ParseTable
from perfrules.syntax.token import Token

Explanation = Callable[[Stumble], Diagnostic | None]

_EXPLANATIONS: Final[tuple[Explanation, ...]] = (
    bare_rounding_direction,
    code_without_brackets,
    wrong_place,
    expectation_left_out,
    indicator_replaced,
    nearly_a_word,
    left_out,
    word_of_the_language,
)


def explain(
    table: ParseTable, stopped: Unexpected, piece: Sequence[Token], start: str, *, briefly: bool = False
) -> Diagnostic:
    """Return what is wrong with *piece*, whose parse as *start* has *stopped*; *briefly*, only where."""
    found = Stumble(piece, stopped.place, start, table, stopped.states)
    if briefly:
        return Diagnostic(Code.SYNTAX_ERROR, at=found.span, args={"found": found.found, "expected": ()})
    named = found.before is not None and found.before.type in DECLARING
    order = (code_without_brackets, word_of_the_language, *_EXPLANATIONS) if named else _EXPLANATIONS
    for explanation in order:
        diagnostic = explanation(found)
        if diagnostic is not None:
            return diagnostic
    return Diagnostic(Code.SYNTAX_ERROR, at=found.span, args={"found": found.found, "expected": expected(found)})
