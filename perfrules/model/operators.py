"""Signs, logic and chains of operations, which become one operation of many operands so that depth stays small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, LogicOp, Origin
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Number, Ratio, YesNo
from perfrules.model import arithmetic, comparisons, powers
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.expressions import BinaryOperator

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

_LOGIC: Final = {BinaryOperator.AND: LogicOp.AND, BinaryOperator.OR: LogicOp.OR}
_ARITHMETIC: Final = {
    BinaryOperator.PLUS: ArithOp.ADD,
    BinaryOperator.MINUS: ArithOp.SUBTRACT,
    BinaryOperator.TIMES: ArithOp.MULTIPLY,
    BinaryOperator.OF: ArithOp.MULTIPLY,
    BinaryOperator.DIVIDED_BY: ArithOp.DIVIDE,
}
_NUMBERS: Final = (ast.Number, ast.Quantity)
_TERMS: Final = frozenset({BinaryOperator.PLUS, BinaryOperator.MINUS})
_FACTORS: Final = frozenset({BinaryOperator.TIMES, BinaryOperator.OF, BinaryOperator.DIVIDED_BY})


def unary(lowering: Lowering, tree: ast.Unary, hint: Kind | None) -> Expr:
    """Lower a sign or a negation."""
    if tree.operator is ast.UnaryOperator.NOT:
        condition = lowering.condition(tree.operand)
        return core.Logic(LogicOp.NOT, (condition,), kind=YesNo(), origin=Origin("expression", "not", tree.span))
    operand = lowering.lower(tree.operand, hint)
    if isinstance(operand, core.Const) and isinstance(operand.value, Exact) and isinstance(tree.operand, _NUMBERS):
        return evolve(operand, value=-operand.value, origin=Origin("literal", span=tree.span))
    return arithmetic.combine(lowering, ArithOp.NEGATE, (operand,), Origin("expression", "-", tree.span))


def binary(lowering: Lowering, tree: ast.Binary, hint: Kind | None) -> Expr:
    """Lower an operation; the chain of operations of one precedence is walked, not recursed into."""
    operator = tree.operator
    if operator in _LOGIC:
        return _logic(lowering, tree)
    if operator is BinaryOperator.POWER:
        return powers.power(lowering, tree)
    if operator not in _ARITHMETIC:
        return comparisons.comparison(lowering, tree)
    family = _TERMS if operator in _TERMS else _FACTORS
    links = _chain(tree, family)
    # A product of marks is marks by its parts; only the terms of a sum are marks by themselves.
    inner = hint if family is _TERMS else None
    first = lowering.lower(links[0].left, inner)
    chained = [
        arithmetic.Link(_ARITHMETIC[link.operator], lowering.lower(link.right, inner), link.span) for link in links
    ]
    found = arithmetic.chain(lowering, first, chained)
    if operator is BinaryOperator.OF and isinstance(chained[-1].operand.kind, Number | Ratio):
        return evolve(found, kind=chained[-1].operand.kind)  # 20% of 50 is 10, a number like 50
    return found


def _chain(tree: ast.Binary, family: frozenset[BinaryOperator]) -> list[ast.Binary]:
    """List the operations of a left-associative chain, the innermost first."""
    links = [tree]
    while isinstance(links[-1].left, ast.Binary) and links[-1].left.operator in family:
        links.append(links[-1].left)
    return links[::-1]


def _logic(lowering: Lowering, tree: ast.Binary) -> Expr:
    links = _chain(tree, frozenset({tree.operator}))
    parts = [links[0].left, *(link.right for link in links)]
    conditions = tuple(lowering.condition(part) for part in parts)
    op = _LOGIC[tree.operator]
    return core.Logic(op, conditions, kind=YesNo(), origin=Origin("expression", op.value, tree.span))
