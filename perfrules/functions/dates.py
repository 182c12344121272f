"""`days(a, b)` is b − a; `workdays(a, b)` counts the workdays in (a, b] of the ruleset's calendar."""

from __future__ import annotations

from typing import Final

from perfrules.functions.signature import Expand, Function, wrong_kind
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Date, Quantity, Unknown
from perfrules.lang.units import BUILT_IN

_DAYS: Final = Quantity(BUILT_IN["days"])
_WORKDAYS: Final = Quantity(BUILT_IN["workdays"])


def _between(workdays: bool) -> Expand:
    def expand(values: tuple[Expr, ...], origin: Origin) -> Expr | Misfit:
        for value in values:
            if not isinstance(value.kind, Date | Unknown):
                return wrong_kind(value, Date())
        start, end = values
        return core.DateDifference(workdays, start, end, kind=_WORKDAYS if workdays else _DAYS, origin=origin)

    return expand


DAYS = Function(name="days", chinese="天数", least=2, most=2, expand=_between(workdays=False))
WORKDAYS = Function(
    name="workdays", chinese="工作日", least=2, most=2, expand=_between(workdays=True), needs_calendar=True
)
