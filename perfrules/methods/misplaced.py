"""The two reports every construct may need: something stands where it does not belong, or is not there."""

from perfrules.diagnostics import Code, Diagnostic
from perfrules.text import Span


def misplaced(clause: str, inside: str, places: tuple[str, ...], at: Span) -> Diagnostic:
    """Report that *clause* does not belong *inside* what it stands in, but in one of *places*."""
    return Diagnostic(Code.WRONG_PLACE, at=at, args={"clause": clause, "inside": inside, "places": places})


def unstated(clause: str, owner: str, suggestion: str | tuple[str, ...], at: Span) -> Diagnostic:
    """Report that *owner* lacks *clause*, which *suggestion*, or one of several, would be."""
    return Diagnostic(Code.MISSING_CLAUSE, at=at, args={"clause": clause, "owner": owner, "suggestion": suggestion})
