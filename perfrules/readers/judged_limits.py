"""The limits of judged levels, where they are constants of the ruleset; the others depend on the data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.plan import Node, Plan
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact


@frozen
class MarkLimits:
    """Between which marks a level lies."""

    low: Exact
    high: Exact
    low_closed: bool
    high_closed: bool

    def __contains__(self, mark: Exact) -> bool:
        above = mark > self.low or (self.low_closed and mark == self.low)
        below = mark < self.high or (self.high_closed and mark == self.high)
        return above and below


def limits_of(plan: Plan) -> Mapping[tuple[str, str], MarkLimits]:
    """Return the constant limits by indicator and level."""
    nodes = {node.id: node for node in plan.nodes} if plan.judged else {}
    found = {
        (expr.code, level.name): MarkLimits(low, high, level.low_closed, level.high_closed)
        for node in nodes.values()
        for expr in everything(node.expr)
        if isinstance(expr, core.Judged)
        for level in expr.levels
        if (low := _constant(level.low, nodes)) is not None and (high := _constant(level.high, nodes)) is not None
    }
    return MappingProxyType(found)


def _constant(expr: Expr, nodes: Mapping[str, Node]) -> Exact | None:
    """Work out what needs no data: numbers, other nodes that are constant, and products, sums … of them."""
    match expr:
        case core.Const(value=Exact() as value):
            return value
        case core.NodeRef() if expr.id in nodes:
            return _constant(nodes[expr.id].expr, nodes)
        case core.Arith(op=op, operands=operands):
            values = [_constant(operand, nodes) for operand in operands]
            known = [value for value in values if value is not None]
            return _worked_out(op, known) if len(known) == len(values) else None
    return None


def _worked_out(op: ArithOp, values: list[Exact]) -> Exact | None:
    first, *rest = values
    match op:
        case ArithOp.ADD:
            return sum(rest, first)
        case ArithOp.NEGATE:
            return -first
        case ArithOp.SUBTRACT:
            return first - rest[0]
        case ArithOp.DIVIDE:
            return None if rest[0] == 0 else first / rest[0]
        case ArithOp.MULTIPLY:
            for value in rest:
                first *= value
            return first
    return None
