"""The time limit of a decision: how long, after what, and what happens otherwise; facts for the caller."""

from __future__ import annotations

from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Deadline
from perfrules.lang.kinds import Clash, Number, Quantity, Reason, Unknown
from perfrules.lang.units import BUILT_IN
from perfrules.methods.wording import expression_as_written
from perfrules.model import dispatch
from perfrules.model.clashes import clash_diagnostic
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast.declarations import Deadline as WrittenDeadline

_OF_TIME: Final = frozenset({(("day", 1),), (("workday", 1),), (("month", 1),)})


def deadline_of(written: WrittenDeadline, lowering: Lowering) -> Deadline:
    """Return a deadline; its length must be a time, `30 days` and not `30`."""
    length = dispatch.lower(lowering, written.length, None)
    if not _is_time(length):
        reason = Reason.UNIT_WITH_NUMBER if isinstance(length.kind, Number) else Reason.UNITS_DIFFER
        clash = Clash(reason, length.kind, _days(written))
        lowering.report(clash_diagnostic(clash, "within", (length, None), length.origin.span))
    return Deadline(
        length=length if isinstance(length, core.Const) else None,
        written=expression_as_written(written.length),
        event=written.event.text,
        otherwise=written.otherwise.text,
    )


def _days(written: WrittenDeadline) -> Quantity:
    """Return the unit to offer, in the script in which the author names the event."""
    return Quantity(BUILT_IN["days" if written.event.text.isascii() else "天"])


def _is_time(length: Expr) -> bool:
    if isinstance(length.kind, Quantity):
        return length.kind.unit.dimensions in _OF_TIME
    return isinstance(length.kind, Unknown)
