"""Sums, differences, products and quotients of lowered operands: kinds checked, units converted, chains made flat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.conversion import Misfit, is_zero, literal_as_marks, scaled, unify
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
from perfrules.model.clashes import clash_diagnostic
from perfrules.model.literals import numeric
from perfrules.text import Span

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

MAX_CHAIN: Final = 50
"""Differences and quotients in one chain; each nests one level deeper, so a longer sum is written as one addition."""

_SYMBOLS: Final = {
    ArithOp.ADD: "+",
    ArithOp.SUBTRACT: "-",
    ArithOp.MULTIPLY: "*",
    ArithOp.DIVIDE: "/",
    ArithOp.NEGATE: "-",
    ArithOp.MINIMUM: "min",
    ArithOp.MAXIMUM: "max",
    ArithOp.ABSOLUTE: "abs",
}
_FLAT: Final = frozenset({ArithOp.ADD, ArithOp.MULTIPLY})
_SUMS: Final = frozenset({ArithOp.ADD, ArithOp.SUBTRACT})


@frozen
class Link:
    """One more operation of a chain; *span* covers the chain so far."""

    op: ArithOp
    operand: Expr
    span: Span


def chain(lowering: Lowering, first: Expr, links: Sequence[Link]) -> Expr:
    """Combine from left to right."""
    if sum(link.op not in _FLAT for link in links) > MAX_CHAIN:
        links = _as_additions(links)
    if sum(link.op not in _FLAT for link in links) > MAX_CHAIN:
        span = links[-1].span
        return lowering.broken(Diagnostic(Code.NESTING_TOO_DEEP, span, args={"limit": MAX_CHAIN}), span)
    operands = [first, *(link.operand for link in links)]
    if links[0].op in _SUMS and any(isinstance(operand.kind, Points) for operand in operands):
        operands = [literal_as_marks(operand) or operand for operand in operands]
    result = operands[0]
    for link, operand in zip(links, operands[1:], strict=True):
        result = _two(lowering, link.op, (result, operand), Origin("expression", _SYMBOLS[link.op], link.span))
    return result


def combine(lowering: Lowering, op: ArithOp, operands: tuple[Expr, ...], origin: Origin) -> Expr:
    """Make one operation of lowered operands."""
    symbol = _SYMBOLS[op]
    if op in (ArithOp.NEGATE, ArithOp.ABSOLUTE):
        operand = numeric(lowering, operands[0], symbol)
        return core.Arith(op, (operand,), kind=operand.kind, origin=origin)
    if op in (ArithOp.MINIMUM, ArithOp.MAXIMUM):
        found = unify(tuple(numeric(lowering, operand, symbol) for operand in operands))
        if isinstance(found, Misfit):
            return lowering.misfit(found, symbol, origin.span)
        return core.Arith(op, found.operands, kind=found.kind, origin=origin)
    if op in _SUMS and any(isinstance(operand.kind, Points) for operand in operands):
        operands = tuple(literal_as_marks(operand) or operand for operand in operands)
    result = operands[0]
    for operand in operands[1:]:
        result = _two(lowering, op, (result, operand), origin)
    return result


def _as_additions(links: Sequence[Link]) -> list[Link]:
    return [
        Link(ArithOp.ADD, _negated(link.operand), link.span) if link.op is ArithOp.SUBTRACT else link for link in links
    ]


def _negated(operand: Expr) -> Expr:
    return core.Arith(ArithOp.NEGATE, (operand,), kind=operand.kind, origin=evolve(operand.origin, role="-"))


def _two(lowering: Lowering, op: ArithOp, operands: tuple[Expr, Expr], origin: Origin) -> Expr:
    left, right = operands
    found = _combined(op, left, right)
    if isinstance(found, Clash):
        return lowering.broken(clash_diagnostic(found, _SYMBOLS[op], operands, origin.span), origin.span)
    left = scaled(left, found.left_factor, _kind_beside(left.kind, right.kind)) if found.left_factor != 1 else left
    right = scaled(right, found.right_factor, _kind_beside(right.kind, left.kind)) if found.right_factor != 1 else right
    if op in _FLAT and isinstance(left, core.Arith) and left.op is op and left.origin.construct == "expression":
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
