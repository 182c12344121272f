"""Line ends to statement ends: where one statement stops and the next begins.

A statement ends at the end of its line or at `;`, except inside any bracket (all kinds counted alike, since `[0, 30)`
mixes them) and after an operator, a comma, `->` or `{`; a line that begins with `->`, an operator or `{` continues the
one before. Inside the braces of `cases { … }` statements end as in any block, also where brackets stand around it.
A line that begins with `-` or a comparison does not: curve points and band edges begin so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.syntax.token import Token, kinds

CONTINUE_AFTER: Final = kinds(
    "COMMA COLON ARROW PLUS_SIGN MINUS_SIGN TIMES SLASH CARET DOT EQUAL UNEQUAL LESS_SIGN AT_MOST_SIGN "
    "GREATER_SIGN AT_LEAST_SIGN OF AND OR NOT IN IF THEN ELSE WHEN UNLESS WHERE END LBRACE LPAR LSQB EXTENDS WAS"
)
CONTINUE_BEFORE: Final = kinds(
    "ARROW PLUS_SIGN TIMES SLASH CARET COMMA OF AND OR THEN ELSE LBRACE RBRACE END EXTENDS WAS TAGS"
)
_BRACKETS: Final = {"LPAR": 1, "LSQB": 1, "RPAR": -1, "RSQB": -1}
_NOT_PLAIN: Final = frozenset({*_BRACKETS, "LBRACE", "RBRACE", "END", "NEWLINE", "COMMENT"})
"""Behind or before any other kind nothing changes within a line."""
# These only begin statements: a bracket left open or an operator without its right side ends before one of them.
ONLY_BEGINS: Final = kinds(
    "AUTHORITY EFFECTIVE ENTITY INPUT TABLE PARAM SCHEDULE HOLIDAYS LET INDICATOR GRADES_OF GRADES OUTPUT "
    "TEST GIVEN EXPECT SCORE COMBINE APPLIES_WHEN VETO LIGHTS EVIDENCE NOTE CITE WEIGHTS_RELATIVE SCALE "
    "EXCLUDED_SHARE DEFINE USE SLOT FILL CHECK RESULTS INDICATORS_FROM"
)


def end_statements(tokens: Sequence[Token]) -> list[Token]:
    """Drop comments and line ends, and put an END between statements: none after `{`, before `}`, or twice in a row."""
    kept: list[Token] = []
    depth = 0
    outer: list[int] = []
    line_end: Token | None = None
    before = "END"
    for token in tokens:
        kind = token.type
        if line_end is None and kind not in _NOT_PLAIN:
            kept.append(token)
            before = kind
            continue
        if kind == "NEWLINE":
            line_end = line_end or token
            continue
        if kind == "COMMENT":
            continue
        if line_end is not None:
            if kind in ONLY_BEGINS:
                depth = 0
            if depth == 0 and _ends_between(before, kind):
                kept.append(Token("END", "", line_end.file, line_end.start))
            line_end = None
        if kind == "LBRACE":
            outer.append(depth if before == "CASES" else 0)
        depth, before = _keep(kept, token, depth)
        if kind == "RBRACE" and outer:
            depth = outer.pop()
    while kept and kept[-1].type == "END":
        kept.pop()
    return kept


def _ends_between(before: str, kind: str) -> bool:
    """Tell whether a statement ends with the line, between a token and the one that begins the next line."""
    if kind in ONLY_BEGINS:
        return before not in ("END", "LBRACE")
    return before not in CONTINUE_AFTER and kind not in CONTINUE_BEFORE


def _keep(kept: list[Token], token: Token, depth: int) -> tuple[int, str]:
    """Append *token* unless it is an END too many; return the depth of brackets and the kind of the last token."""
    kind = token.type
    if kind == "END":
        if kept and kept[-1].type not in ("END", "LBRACE"):
            kept.append(token)
        return depth, "END"
    if kind == "RBRACE" and kept and kept[-1].type == "END":
        kept.pop()
    kept.append(token)
    if kind in _BRACKETS:
        return max(0, depth + _BRACKETS[kind]), kind
    return (0 if kind in ("LBRACE", "RBRACE") else depth), kind
