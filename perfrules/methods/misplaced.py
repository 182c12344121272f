"""The reports every construct may need: something stands where it does not belong, is not there, or never counts."""

from collections.abc import Sequence
from typing import Final

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.text import Span

HELD_ABOVE: Final = Word("held-above")


def misplaced(clause: str, inside: str, places: tuple[str, ...], at: Span) -> Diagnostic:
    """Report that *clause* does not belong *inside* what it stands in, but in one of *places*."""
    return Diagnostic(Code.WRONG_PLACE, at=at, args={"clause": clause, "inside": inside, "places": places})


def unstated(clause: str, owner: str, suggestion: str | tuple[str, ...], at: Span) -> Diagnostic:
    """Report that *owner* lacks *clause*, which *suggestion*, or one of several, would be."""
    return Diagnostic(Code.MISSING_CLAUSE, at=at, args={"clause": clause, "owner": owner, "suggestion": suggestion})


def unreachable(at: Span | None, reason: Word, others: Sequence[Labelled] = ()) -> Diagnostic:
    """Report a case that is never reached, for a *reason*; what other cases hold above can be moved above them."""
    advice = Word("remove-or-move-up" if reason == HELD_ABOVE else "remove-or-correct")
    return Diagnostic(Code.UNREACHABLE_CASE, at=at, args={"reason": reason, "advice": advice}, others=others)
