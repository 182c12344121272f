"""What stands between two tokens of a line: a space or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.syntax.token import Token, kinds

_TIGHT_AFTER: Final = kinds("LPAR LSQB DOT")
_TIGHT_BEFORE: Final = kinds("RPAR RSQB DOT COMMA END")
_CALLED: Final = kinds(
    "NAME ROUND SUM COUNT COUNT_DISTINCT MEAN MIN MAX MEDIAN TRIMMED_MEAN SHARE ANY ALL "
    "STANDARD_DEVIATION_POPULATION STANDARD_DEVIATION_SAMPLE RANK PERCENTILE PERCENTILE_RANK PREVIOUS"
)
_COUNTED: Final = kinds("POINTS DECIMALS SIGNIFICANT_DIGITS")
_OPERANDS: Final = kinds(
    "NAME DIGITS PERCENTAGE QUOTED DAY RPAR RSQB FULL MEASURE TOTAL ROUNDED_TOTAL GRADE YES NO RATE LEVEL MARK PP "
    "POINTS COUNT LIGHT RED YELLOW BLUE GREEN"
)
_ALSO_BEGIN: Final = kinds("MEASURE TOTAL")


def gap(line: Sequence[Token], place: int, *, block: str, declares: bool, written: str) -> str:
    """Return what stands before the token at *place* of *line* (not the first), which is spelled *written*.

    *block* is the kind of token that began the statement whose block this is; *declares* whether a type stands behind
    the last colon.
    """
    before, after = line[place - 1].type, line[place].type
    if after == "COMMENT":
        return "  "
    if before in _TIGHT_AFTER or after in _TIGHT_BEFORE or (before == "LBRACE" and after == "RBRACE"):
        return ""
    if after == "COLON":
        return " " if declares else ""
    if after == "LPAR":
        return "" if before in _CALLED and not _grade_edge(line, place, block) else " "
    if before == "DIGITS" and (after == "PP" or (after in _COUNTED and not written.isascii())):
        return ""
    if before == "MINUS_SIGN" and _is_prefix(line, place - 1, block):
        return ""
    return "" if declares and _in_type(line, place) else " "


def _grade_edge(line: Sequence[Token], place: int, block: str) -> bool:
    """Tell whether the bracket is the edge of a grade (`良 (80, 90)`), not a call."""
    return block in ("GRADES", "GRADES_OF") and _first_of_statement(line, place - 1)


def _is_prefix(line: Sequence[Token], place: int, block: str) -> bool:
    """Tell whether the minus at *place* has nothing on its left."""
    if place == 0 or line[place - 1].type not in _OPERANDS:
        return True
    clause = line[place - 1].type in _ALSO_BEGIN and _first_of_statement(line, place - 1)
    return clause and block != "TALLY"


def _first_of_statement(line: Sequence[Token], place: int) -> bool:
    return place == 0 or line[place - 1].type in ("END", "LBRACE")


def _in_type(line: Sequence[Token], place: int) -> bool:
    """Tell whether the token is in or behind the slash of a type: `yes/no`, `: 万元/persons`."""
    slash = place if line[place].type == "SLASH" else place - 1
    if line[slash].type != "SLASH" or slash < 2:
        return False
    return line[slash - 2].type == "COLON"
