"""`otherwise` stands once, and last: what follows it could never be reached."""

from collections.abc import Sequence

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.methods.lowers import Lowers
from perfrules.methods.misplaced import HELD_ABOVE, unreachable
from perfrules.text import Span


def after_otherwise(entries: Sequence[tuple[bool, Span]], lowering: Lowers) -> None:
    """Report every entry after the first `otherwise`; an entry is (whether it is one, its place)."""
    hiding = next((span for is_otherwise, span in entries if is_otherwise), None)
    if hiding is None:
        return
    for is_otherwise, span in entries[[span for _, span in entries].index(hiding) + 1 :]:
        if is_otherwise:
            lowering.report(
                Diagnostic(
                    Code.TWICE_STATED,
                    at=span,
                    args={"clause": "otherwise"},
                    others=[Labelled(hiding, "first-stated-here")],
                )
            )
        else:
            lowering.report(unreachable(span, HELD_ABOVE, [Labelled(hiding, "hidden-by")]))
