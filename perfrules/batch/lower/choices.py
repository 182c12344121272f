"""Logic, cases, recoveries, questions about states and dated values as columns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import assert_never

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import NO_STATE, Columns, Unsupported
from perfrules.batch.lower.lowering import Lowered, Lowering
from perfrules.batch.lower.pairs import (
    Pair,
    is_decided,
    is_in,
    is_undecided,
    joined,
    only_state,
    pair_where,
    select,
    state_where,
    states_of,
    value_of,
    with_state,
)
from perfrules.batch.lowered import Shape
from perfrules.batch.tape import code_of_state
from perfrules.ir.expressions import Dated, IsState, Logic, LogicOp, Recover, Select
from perfrules.lang.states import State


def logic(c: Columns, expr: Logic, parts: Sequence[Pair]) -> Pair:
    """Lower three-valued logic."""
    match expr.op:
        case LogicOp.NOT:
            return negation(c, parts[0])
        case LogicOp.AND:
            return conjunction(c, parts)
        case LogicOp.OR:
            return disjunction(c, parts)
        case _:
            assert_never(expr.op)


def negation(c: Columns, pair: Pair) -> Pair:
    """Return whether a condition does not hold."""
    return pair if pair.value is None else Pair(truths.negation(c, pair.value), pair.state, Shape.TRUTH)


def conjunction(c: Columns, parts: Sequence[Pair]) -> Pair:
    """Return whether all hold: no undecided one matters where another is false."""
    none_fails = truths.all_of(c, [truths.any_of(c, (value_of(c, part), is_undecided(c, part))) for part in parts])
    state = joined(c, [part.state for part in parts])
    open_ = None if state is None else state_where(c, none_fails, state, None)
    return with_state(c, Pair(none_fails, None, Shape.TRUTH), open_)


def disjunction(c: Columns, parts: Sequence[Pair]) -> Pair:
    """Return whether any holds: no undecided one matters where another is true."""
    any_holds = truths.any_of(c, [surely_true(c, part) for part in parts])
    state = joined(c, [part.state for part in parts])
    open_ = None if state is None else state_where(c, any_holds, None, state)
    return with_state(c, Pair(any_holds, None, Shape.TRUTH), open_)


def surely_true(c: Columns, part: Pair) -> int:
    """Tell whether a condition is decided and holds."""
    return truths.all_of(c, (value_of(c, part), is_decided(c, part)))


def surely_false(c: Columns, part: Pair) -> int:
    """Tell whether a condition is decided and does not hold."""
    return truths.all_of(c, (truths.negation(c, value_of(c, part)), is_decided(c, part)))


def cases(lowering: Lowering, expr: Select) -> Lowered:
    """Lower ordered cases; what only later ones ask is asked where no earlier one holds."""
    c = lowering.columns
    found: list[tuple[Pair, Pair]] = []
    with ExitStack() as earlier:
        for when, then in expr.cases:
            condition = yield when
            holds = value_of(c, condition)
            if c.constant(is_decided(c, condition)) is True and c.constant(holds) is False:
                continue
            with lowering.where(holds):
                found.append((condition, (yield then)))
            earlier.enter_context(lowering.where(holds, holds=False))
        result = yield expr.otherwise
    for condition, value in reversed(found):
        result = select(c, condition, value, result)
    return result


def recover(lowering: Lowering, expr: Recover) -> Lowered:
    """Lower the replacement of a state, where the operand can be in it."""
    c = lowering.columns
    operand = yield expr.operand
    if expr.state not in states_of(c, operand):
        return operand
    replaced = is_in(c, operand, expr.state)
    with lowering.where(replaced):
        replacement = yield expr.replacement
    others = states_of(c, operand) - {expr.state}
    if not others:
        kept = Pair(operand.value, None, operand.shape)
        return replacement if operand.value is None else pair_where(c, replaced, replacement, kept)
    result = pair_where(c, replaced, Pair(replacement.value, None, replacement.shape), operand)
    state = state_where(c, replaced, replacement.state, operand.state)
    if state is not None:
        codes = {code_of_state(state) for state in others | states_of(c, replacement)}
        c.narrow(state, frozenset((NO_STATE, *codes)))
    return with_state(c, result, state)


def is_state(c: Columns, expr: IsState, operand: Pair) -> Pair:
    """Lower the question for a state; what is pending may yet come to be in another."""
    asked = Pair(is_in(c, operand, expr.state), None, Shape.TRUTH)
    if expr.state is State.PENDING or State.PENDING not in states_of(c, operand):
        return asked
    return pair_where(c, is_in(c, operand, State.PENDING), only_state(c, State.PENDING, Shape.TRUTH), asked)


def dated(lowering: Lowering, expr: Dated) -> Lowered:
    """Lower the entry of the as-of date, which is known now."""
    as_of = lowering.asked.as_of or lowering.plan.as_of_default
    begun = [entry for entry in expr.entries if as_of is not None and entry[0] <= as_of]
    if not begun:
        raise Unsupported("no entry of a dated value has begun")
    return (yield max(begun, key=lambda entry: entry[0])[1])
