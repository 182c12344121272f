"""Mistakes where a name is due: a code that needs brackets, a word of the language."""

from __future__ import annotations

from typing import Final

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.syntax.keywords import keywords
from perfrules.syntax.mistakes.characters import name_needs_brackets
from perfrules.syntax.mistakes.stumble import DECLARING, Stumble
from perfrules.syntax.statements import ONLY_BEGINS
from perfrules.syntax.token import Token, kinds
from perfrules.text import Span

_IN_CODES: Final = kinds("NAME DIGITS DAY MINUS_SIGN DOT LPAR RPAR SLASH")


def code_without_brackets(stumble: Stumble) -> Diagnostic | None:
    """Offer `【1.1】` for `1.1`, `A-1`, `（一）` where a name is due, and for `1.1.2` everywhere."""
    if stumble.token is None:
        return None
    first = last = stumble.place
    while first > 0 and _glued(stumble.piece[first - 1], stumble.piece[first]):
        first -= 1
    while last + 1 < len(stumble.piece) and _glued(stumble.piece[last], stumble.piece[last + 1]):
        last += 1
    run = stumble.piece[first : last + 1]
    declared = first > 0 and stumble.piece[first - 1].type in DECLARING - {"DOT"}
    if not declared and [token.type for token in run[:3]] != ["DIGITS", "DOT", "DIGITS"]:
        return None
    if any(token.type not in _IN_CODES and not _is_keyword(token) for token in run) or _is_keyword(run[0]):
        return None
    return name_needs_brackets("".join(token.text for token in run), Span(run[0].file, run[0].start, run[-1].end))


def _glued(left: Token, right: Token) -> bool:
    return left.end == right.start and left.type in _IN_CODES | set(keywords().by_terminal) and right.type in _IN_CODES


def _is_keyword(token: Token) -> bool:
    return token.type in keywords().by_terminal


def word_of_the_language(stumble: Stumble) -> Diagnostic | None:
    """Offer `【total】` where a word of the language stands for a name."""
    token = stumble.token
    if token is None or not _is_keyword(token) or "NAME" not in stumble.accepted:
        return None
    declares = stumble.before is not None and stumble.before.type in DECLARING
    if not declares and (token.type in ONLY_BEGINS or not stumble.goes_on(["NAME"], skip=1, at_least=1)):
        return None
    suggestion = f"【{token.text}】"
    fix = Fix("bracket", [Edit(token.span, suggestion)])
    return Diagnostic(Code.RESERVED_WORD, at=token.span, args={"name": token.text, "suggestion": suggestion}, fix=fix)


def bare_rounding_direction(stumble: Stumble) -> Diagnostic | None:
    """Refuse `up` and `down`, which say nothing about negative numbers or ties."""
    token = stumble.token
    if token is None or "HALF_UP" not in stumble.accepted or token.text not in _DIRECTIONS:
        return None
    return Diagnostic(Code.BARE_ROUNDING_DIRECTION, at=token.span, args={"direction": token.text})


_DIRECTIONS: Final = frozenset({"up", "down", "half", "向上", "向下", "进", "舍"})
