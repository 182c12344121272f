"""Mistakes in what changes a base: no word of what is expected to stand there, or one word too many."""

from __future__ import annotations

from perfrules.diagnostics import Argument, Code, Diagnostic, Edit, Fix
from perfrules.syntax.keywords import keywords
from perfrules.syntax.mistakes.stumble import Stumble
from perfrules.syntax.token import kinds
from perfrules.text import Span

_BEHIND = kinds("LBRACE EQUAL END RBRACE")


def expectation_left_out(stumble: Stumble) -> Diagnostic | None:
    """Ask for `was` where a replacement or a changed amount does not say what it expects to find."""
    if "WAS" not in stumble.accepted or (stumble.token is not None and stumble.token.type not in _BEHIND):
        return None
    was = keywords().by_terminal["WAS"].spelling(stumble.language)
    args: dict[str, Argument] = {"found": stumble.found, "expected": (was,)}
    return Diagnostic(Code.SYNTAX_ERROR, at=stumble.span, args=args)


def indicator_replaced(stumble: Stumble) -> Diagnostic | None:
    """Offer `replace A1` for `replace indicator A1`: an indicator is named by its code alone."""
    token, before = stumble.token, stumble.before
    if token is None or before is None or before.type not in ("REPLACE", "SET", "REMOVE") or token.type != "INDICATOR":
        return None
    following = stumble.piece[stumble.place + 1 : stumble.place + 2]
    with_gap = Span(token.file, token.start, following[0].start if following else token.end)
    fix = Fix("remove", [Edit(with_gap, "")], args={"old": token.text})
    args: dict[str, Argument] = {"found": token.text, "expected": ()}
    return Diagnostic(Code.SYNTAX_ERROR, at=token.span, args=args, fix=fix)
