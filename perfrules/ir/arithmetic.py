"""One arithmetic operation of core operands: kinds checked, units converted, chains made flat.

Pure: what does not fit comes back as a `Misfit`. The one place where the language's rules for `+ - * /` are.
"""

from __future__ import annotations

from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, is_zero, literal_as_marks, scaled
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.lang.kinds import (
    Clash,
    Combined,
    Kind,
    Points,
    Quantity,
    add_kind,
    divide_kind,
    multiply_kind,
    subtract_kind,
)

FLAT: Final = frozenset({ArithOp.ADD, ArithOp.MULTIPLY})
SUMS: Final = frozenset({ArithOp.ADD, ArithOp.SUBTRACT})


def terms_as_marks(op: ArithOp, operands: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Read bare numbers that are added to marks, or subtracted from them, as points."""
    if op in SUMS and any(isinstance(operand.kind, Points) for operand in operands):
        return tuple(literal_as_marks(operand) or operand for operand in operands)
    return operands


def combine_two(op: ArithOp, left: Expr, right: Expr, origin: Origin) -> Expr | Misfit:
    """Add, subtract, multiply or divide."""
    found = _combined(op, left, right)
    if isinstance(found, Clash):
        return Misfit(found, left, right)
    left = scaled(left, found.left_factor, _kind_beside(left.kind, right.kind)) if found.left_factor != 1 else left
    right = scaled(right, found.right_factor, _kind_beside(right.kind, left.kind)) if found.right_factor != 1 else right
    if op in FLAT and isinstance(left, core.Arith) and left.op is op and left.origin.construct == "expression":
        return core.Arith(op, (*left.operands, right), kind=found.kind, origin=origin)
    return core.Arith(op, (left, right), kind=found.kind, origin=origin)


def _combined(op: ArithOp, left: Expr, right: Expr) -> Combined | Clash:
    if op is ArithOp.MULTIPLY:
        return multiply_kind(left.kind, right.kind)
    if op is ArithOp.DIVIDE:
        return divide_kind(left.kind, right.kind)
    combine_kinds = add_kind if op is ArithOp.ADD else subtract_kind
    return combine_kinds(left.kind, right.kind, left_is_zero=is_zero(left), right_is_zero=is_zero(right))


def _kind_beside(kind: Kind, other: Kind) -> Kind:
    """Return what an operand is once converted for its neighbour: in its unit where both measure one thing."""
    match kind, other:
        case Quantity(unit), Quantity(neighbour) if unit.dimensions == neighbour.dimensions:
            return other
    return kind
