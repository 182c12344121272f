"""Values held against the kinds that a signature states: converted where the language converts, refused elsewhere."""

from __future__ import annotations

from attrs import evolve

from perfrules.ir.conversion import in_kind, is_zero
from perfrules.ir.expressions import Expr
from perfrules.lang.kinds import Clash, Kind, Number, Percent, Quantity, Ratio, Reason, Unknown, is_numeric
from perfrules.plugins.signature import ANY_NUMBER, PLAIN, RATIO, is_dimension, unit_meant


def fitted(expr: Expr, kind: str, *, in_base_unit: bool = False) -> Expr | Clash:
    """Return *expr* as a value of *kind*, or why it is none.

    Of a dimension any unit will do, unless it is to be *in_base_unit*. A percentage is a ratio.
    """
    unit = unit_meant(kind)
    if isinstance(expr.kind, Unknown):
        return expr
    if kind == ANY_NUMBER:
        return expr if is_numeric(expr.kind) else Clash(Reason.NOT_A_NUMBER, expr.kind, Number())
    if kind == RATIO and isinstance(expr.kind, Percent):
        return evolve(expr, kind=Ratio())
    if unit is None:
        return in_kind(expr, PLAIN[kind])
    wanted: Kind = Quantity(unit)
    if is_dimension(kind) and not in_base_unit and _is_of(expr.kind, wanted) and not is_zero(expr):
        return expr
    return in_kind(expr, wanted)


def _is_of(kind: Kind, wanted: Kind) -> bool:
    match kind, wanted:
        case Quantity(unit), Quantity(base):
            return unit.dimensions == base.dimensions
    return False
