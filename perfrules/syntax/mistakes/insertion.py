"""Something small left out: a bracket, `->`, `:`, `=`, a comma or `at`."""

from __future__ import annotations

from typing import Final

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.syntax.mistakes.stumble import Stumble
from perfrules.syntax.token import Token
from perfrules.text import Span

_CLOSERS: Final = {"RPAR": ")", "RSQB": "]"}
_SIGNS: Final = {"ARROW": "->", "COLON": ":", "EQUAL": "=", "COMMA": ",", "AT": "at"}


def left_out(stumble: Stumble) -> Diagnostic | None:
    """Offer the one sign that would let the parse go on."""
    opener = _last_open(stumble)
    closers = _CLOSERS if opener is None or opener.type == "LPAR" else dict(reversed(_CLOSERS.items()))
    for kind, sign in closers.items():
        if opener is not None and kind in stumble.accepted and stumble.goes_on([kind]):
            return _unclosed(stumble, opener, sign)
    for kind, sign in _in_order(stumble):
        if kind in stumble.accepted and stumble.goes_on([kind]):
            fix = Fix("insert", [Edit(_behind(stumble), _spaced(sign))], args={"new": sign})
            args = {"found": stumble.found, "expected": (sign,)}
            return Diagnostic(Code.SYNTAX_ERROR, at=stumble.span, args=args, fix=fix)
    return None


def _in_order(stumble: Stumble) -> list[tuple[str, str]]:
    """Return the signs, the likeliest first: in brackets a comma, unless they are those of a definition; in a test
    `=`.
    """
    first = "EQUAL" if stumble.piece[0].type == "TEST" else "ARROW"
    if _last_open(stumble) is not None and stumble.piece[0].type != "DEFINE":
        first = "COMMA"
    return sorted(_SIGNS.items(), key=lambda sign: sign[0] != first)


def _unclosed(stumble: Stumble, opener: Token, closer: str) -> Diagnostic:
    fix = Fix("close", [Edit(_behind(stumble), closer)], args={"closer": closer})
    args = {"opener": opener.text, "closer": closer}
    return Diagnostic(Code.UNCLOSED_BLOCK, at=opener.span, args=args, fix=fix)


def _last_open(stumble: Stumble) -> Token | None:
    open_: list[Token] = []
    for token in stumble.piece[: stumble.place]:
        if token.type in ("LPAR", "LSQB"):
            open_.append(token)
        elif token.type in ("RPAR", "RSQB") and open_:
            open_.pop()
    return open_[-1] if open_ else None


def _behind(stumble: Stumble) -> Span:
    last = stumble.piece[stumble.place - 1]
    return Span(last.file, last.end, last.end)


def _spaced(sign: str) -> str:
    return sign if sign in (",", ":") else f" {sign}"
