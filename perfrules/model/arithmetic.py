"""Sums, differences, products and quotients of lowered operands; what does not fit is reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.arithmetic import FLAT, combine_two, terms_as_marks
from perfrules.ir.conversion import Misfit, unify
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.model.literals import numeric
from perfrules.syntax.limits import nesting_too_deep
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


@frozen
class Link:
    """One more operation of a chain; *span* covers the chain so far."""

    op: ArithOp
    operand: Expr
    span: Span


def chain(lowering: Lowering, first: Expr, links: Sequence[Link]) -> Expr:
    """Combine from left to right."""
    if sum(link.op not in FLAT for link in links) > MAX_CHAIN:
        links = _as_additions(links)
    if sum(link.op not in FLAT for link in links) > MAX_CHAIN:
        span = links[-1].span
        return lowering.broken(nesting_too_deep("blocks-and-brackets", MAX_CHAIN, span), span)
    operands = terms_as_marks(links[0].op, (first, *(link.operand for link in links)))
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
    operands = terms_as_marks(op, operands)
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
    found = combine_two(op, left, right, origin)
    return lowering.misfit(found, _SYMBOLS[op], origin.span) if isinstance(found, Misfit) else found
