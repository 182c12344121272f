"""Columns for each class of expression: which module lowers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from perfrules.batch.lower import numbers
from perfrules.batch.lower.amounts import put_negative_amounts_aside
from perfrules.batch.lower.choices import cases, dated, is_state, logic, recover
from perfrules.batch.lower.columns import Columns, Unsupported
from perfrules.batch.lower.combining import combine
from perfrules.batch.lower.comparing import compare
from perfrules.batch.lower.curves import line, parts
from perfrules.batch.lower.dates import days_between
from perfrules.batch.lower.lowering import Lowered, Lowering
from perfrules.batch.lower.marks import demote, judged, ledger, worst_light
from perfrules.batch.lower.pairs import Pair, is_decided, joined, only_state, value_of, with_state
from perfrules.batch.lower.reading import across_entities, constant, data_input, record_field, shape_of
from perfrules.batch.lower.steps import step_table
from perfrules.batch.lower.tables import table_aggregate
from perfrules.batch.lower.truths import all_of
from perfrules.batch.lowered import Shape
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.walk import operands
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Table, Unknown

_Numeric: TypeAlias = core.Arith | core.Parts | core.Lines | core.Clamp | core.Round | core.Irrational


def construct(lowering: Lowering, expr: Expr) -> Lowered:
    """Lower one expression; its operands are asked for by yielding them."""
    match expr:
        case core.Select():
            return (yield from cases(lowering, expr))
        case core.Recover():
            return (yield from recover(lowering, expr))
        case core.Steps():
            return (yield from step_table(lowering, expr))
        case core.Dated():
            return (yield from dated(lowering, expr))
        case core.TableAggregate():
            return (yield from table_aggregate(lowering, expr))
        case core.CohortAggregate():
            return across_entities(lowering, expr)
        case core.Const() | core.StateConst() | core.Input() | core.FieldOf() | core.NodeRef():
            return _leaf(lowering, expr)
        case core.Computed():
            raise Unsupported(f"{expr.function.name} is a plug-in's function")
        case core.Broken():
            raise Unsupported("an expression is broken")
    found: list[Pair] = []
    for operand in operands(expr):
        found.append((yield operand))
    if isinstance(expr, core.Ledger):
        yield from put_negative_amounts_aside(lowering, expr)
    return _of_operands(lowering, expr, found)


def _leaf(lowering: Lowering, expr: core.Const | core.StateConst | core.Input | core.FieldOf | core.NodeRef) -> Pair:
    match expr:
        case core.Const():
            return constant(lowering, expr.value)
        case core.StateConst():
            kind = Shape.NUMBER if isinstance(expr.kind, Unknown | Table) else shape_of(expr.kind)
            return only_state(lowering.columns, expr.state, kind)
        case core.Input():
            return data_input(lowering, expr)
        case core.FieldOf():
            return record_field(lowering, expr)
        case core.NodeRef():
            if expr.id not in lowering.nodes:
                raise Unsupported(f"{expr.id} has no columns")
            return lowering.nodes[expr.id]


def _of_operands(lowering: Lowering, expr: Expr, found: Sequence[Pair]) -> Pair:
    c = lowering.columns
    match expr:
        case core.Logic():
            return logic(c, expr, found)
        case core.IsState():
            return is_state(c, expr, found[0])
        case core.Compare():
            return compare(c, expr.op, found[0], found[1])
        case core.Ledger():
            return ledger(c, expr, found)
        case core.Judged():
            return judged(lowering, expr, found)
        case core.Overridable():
            return found[0]
        case core.Combine():
            return combine(lowering, expr, found)
        case core.Demote():
            return demote(lowering, expr, found)
        case core.WorstLight():
            return worst_light(lowering, found)
        case core.DateDifference():
            with lowering.where(all_of(c, [is_decided(c, pair) for pair in found])):
                days = days_between(lowering, expr.workdays, *(value_of(c, pair) for pair in found))
            return with_state(c, Pair(days, None, Shape.NUMBER), joined(c, [pair.state for pair in found]))
        case core.Arith() | core.Parts() | core.Lines() | core.Clamp() | core.Round() | core.Irrational():
            value = _number(c, expr, [value_of(c, pair) for pair in found])
            return with_state(c, Pair(value, None, Shape.NUMBER), joined(c, [pair.state for pair in found]))
        case _:
            raise AssertionError(expr)


def _number(c: Columns, expr: _Numeric, values: list[int]) -> int:
    match expr:
        case core.Arith():
            return _arithmetic(c, expr.op, values)
        case core.Parts():
            return parts(c, expr.rule, values[0], values[1])
        case core.Lines():
            return line(c, values[0], list(zip(values[1::2], values[2::2], strict=True)))
        case core.Clamp():
            floor = values[1] if expr.floor is not None else None
            return numbers.held(c, values[0], floor, values[-1] if expr.ceiling is not None else None)
        case core.Round():
            return numbers.rounded(c, values[0], expr.rounding)
        case core.Irrational():
            return numbers.irrational(c, expr.function, values)
        case _:
            assert_never(expr)


def _arithmetic(c: Columns, op: ArithOp, values: list[int]) -> int:
    match op:
        case ArithOp.ADD:
            return numbers.total(c, values)
        case ArithOp.SUBTRACT:
            return numbers.difference(c, values[0], values[1])
        case ArithOp.MULTIPLY:
            return numbers.product(c, values)
        case ArithOp.DIVIDE:
            return numbers.quotient(c, values[0], values[1])
        case ArithOp.NEGATE:
            return numbers.negated(c, values[0])
        case ArithOp.ABSOLUTE:
            return numbers.absolute(c, values[0])
        case ArithOp.MINIMUM:
            return numbers.least(c, values)
        case ArithOp.MAXIMUM:
            return numbers.greatest(c, values)
        case ArithOp.POWER:
            return _power(c, values[0], numbers.number_at(c, values[1]))
        case _:
            assert_never(op)


def _power(c: Columns, base: int, exponent: Exact | None) -> int:
    if exponent is None or exponent.denominator != 1:
        raise Unsupported("an exponent is no constant whole number")
    return numbers.power(c, base, exponent.numerator)
