"""Powers: exact where the exponent is a whole number as written, else correctly rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, IrrationalFunction, Origin
from perfrules.lang import kinds
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Clash, Kind, Reason, is_dimensionless
from perfrules.lang.units import power_of_unit
from perfrules.model.clashes import clash_diagnostic
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def power(lowering: Lowering, tree: ast.Binary) -> Expr:
    """Lower `x ^ y`. Units can only be raised to a whole number; marks not at all."""
    base = lowering.lower(tree.left, None)
    exponent = lowering.lower(tree.right, None)
    origin = Origin("expression", "^", tree.span)
    whole = _whole(exponent)
    kind = _power_kind(base.kind, whole)
    if isinstance(exponent.kind, kinds.Unknown) or isinstance(base.kind, kinds.Unknown):
        kind = kinds.Unknown()
    elif kind is None or not (is_dimensionless(exponent.kind) or isinstance(exponent.kind, kinds.Percent)):
        clash = Clash(Reason.KINDS_DIFFER, base.kind, exponent.kind)
        return lowering.broken(clash_diagnostic(clash, "^", (base, exponent), tree.span), tree.span)
    if whole is not None:
        return core.Arith(ArithOp.POWER, (base, exponent), kind=kind, origin=origin)
    return core.Irrational(IrrationalFunction.POWER, (base, exponent), kind=kind, origin=origin)


def _whole(exponent: Expr) -> int | None:
    if isinstance(exponent, core.Const) and isinstance(exponent.value, Exact) and exponent.value.denominator == 1:
        return exponent.value.numerator
    return None


def _power_kind(base: Kind, whole: int | None) -> Kind | None:
    match base:
        case kinds.Number() | kinds.Ratio():
            return base
        case kinds.Percent():
            return kinds.Ratio()
        case kinds.Quantity(unit) if whole:
            return kinds.Quantity(power_of_unit(unit, whole))
        case _:
            return None
