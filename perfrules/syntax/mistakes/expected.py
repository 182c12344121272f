"""What would fit, in at most a few words."""

from __future__ import annotations

from typing import Final

from perfrules.diagnostics.arguments import Word
from perfrules.syntax.formatting.spelling import SIGNS
from perfrules.syntax.keywords import keywords
from perfrules.syntax.mistakes.stumble import Stumble
from perfrules.syntax.token import kinds

MOST: Final = 4
"""How many things a message names."""

_EXPRESSION: Final = kinds(
    "DIGITS PERCENTAGE QUOTED DAY NAME YES NO FULL MEASURE TOTAL ROUNDED_TOTAL GRADE LPAR MINUS_SIGN NOT IF ROUND SUM "
    "COUNT COUNT_DISTINCT MEAN MIN MAX MEDIAN TRIMMED_MEAN SHARE ANY ALL STANDARD_DEVIATION_POPULATION "
    "STANDARD_DEVIATION_SAMPLE RANK PERCENTILE PERCENTILE_RANK PREVIOUS CASES RED YELLOW BLUE GREEN"
)
_CONTINUES: Final = kinds(
    "PLUS_SIGN MINUS_SIGN TIMES SLASH OF CARET AND OR EQUAL UNEQUAL LESS_SIGN AT_MOST_SIGN GREATER_SIGN AT_LEAST_SIGN "
    "IN IS DOT LPAR PP POINTS"
)
_STATEMENTS: Final = kinds("MEASURE SCORE VETO ROUND LET INDICATOR NOTE")
_SHAPES: Final = {
    "NAME": Word("name"),
    "DIGITS": Word("number"),
    "PERCENTAGE": Word("number"),
    "QUOTED": Word("text"),
    "DAY": Word("date"),
    "END": Word("end-of-line"),
    "$END": Word("end-of-line"),
}


def expected(stumble: Stumble) -> tuple[str, ...]:
    """Return what would fit: a few words, an expression, a clause; nothing if there are too many."""
    kinds_ = set(stumble.accepted) - {"COMMA"} or {"COMMA"}
    listed: list[str] = []
    if stumble.begins_statement and len(kinds_ & _STATEMENTS) > 1:
        return (Word("clause" if "SCORE" in kinds_ else "statement"),)
    if {"NUMBER", "PERCENT_SIGN"} <= kinds_:
        return (Word("a-unit"), *(_shown(kind, stumble) for kind in ("NUMBER", "PERCENT_SIGN", "ONE_OF")))
    if {"DIGITS", "LPAR", "MINUS_SIGN", "NAME"} <= kinds_:
        listed.append(Word("expression"))
        kinds_ -= _EXPRESSION
    elif "PLUS_SIGN" in kinds_:
        kinds_ -= _CONTINUES
    words = dict.fromkeys([*listed, *(_shown(kind, stumble) for kind in sorted(kinds_))])
    return tuple(words)[:MOST] if len(words) <= 2 * MOST else tuple(listed)


def _shown(kind: str, stumble: Stumble) -> str:
    if kind in _SHAPES:
        return _SHAPES[kind]
    keyword = keywords().by_terminal.get(kind)
    return SIGNS[kind] if keyword is None else keyword.spelling(stumble.language)
