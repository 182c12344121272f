"""Marks as columns: ledgers, marks a person gave, vetoes of the grade, lights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.choices import surely_true
from perfrules.batch.lower.columns import Columns, Unsupported
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.pairs import (
    Pair,
    is_decided,
    is_in,
    is_undecided,
    joined,
    only_state,
    pair_where,
    state_where,
    value_of,
    with_state,
)
from perfrules.batch.lower.reading import judged_column
from perfrules.batch.lowered import Shape
from perfrules.batch.tape import Do, Type
from perfrules.ir.expressions import CompareOp, Demote, Judged, Ledger
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

MILDEST_FIRST: Final = ("green", "blue", "yellow", "red")
"""In this order the codes of lights grow, so that the greatest is the most severe."""


def ledger(c: Columns, expr: Ledger, parts: Sequence[Pair]) -> Pair:
    """Add up, unless a condition makes the sum 0 or may yet; then hold it."""
    base, *rest = parts
    count = len(expr.lines)
    lines, zeroed, limits = rest[:count], rest[count : count + len(expr.zeroed)], rest[count + len(expr.zeroed) :]
    signed = [(Exact(line.sign), value_of(c, part)) for line, part in zip(expr.lines, lines, strict=True)]
    added = numbers.weighted(c, [(Exact(1), value_of(c, base)), *signed])
    state = joined(c, [part.state for part in (base, *lines, *zeroed)])
    summed = with_state(c, Pair(added, None, Shape.NUMBER), state)
    waits = truths.any_of(c, [is_in(c, part, State.PENDING) for part in zeroed])
    summed = pair_where(c, waits, only_state(c, State.PENDING, Shape.NUMBER), summed)
    zero = truths.any_of(c, [surely_true(c, part) for part in zeroed])
    summed = pair_where(c, zero, Pair(c.number(0), None, Shape.NUMBER), summed)
    floor = None if expr.floor is None else value_of(c, limits[0])
    ceiling = None if expr.ceiling is None else value_of(c, limits[-1])
    held = Pair(numbers.held(c, value_of(c, summed), floor, ceiling), None, Shape.NUMBER)
    return with_state(c, held, joined(c, [summed.state, *(limit.state for limit in limits)]))


def judged(lowering: Lowering, expr: Judged, parts: Sequence[Pair]) -> Pair:
    """Lower the mark that was given; without one, the only mark its level allows."""
    c = lowering.columns
    mark = judged_column(lowering, f"{expr.code}.mark", Shape.NUMBER)
    if mark.state is None:
        return mark
    level = judged_column(lowering, f"{expr.code}.level", Shape.TEXT)
    pending = only_state(c, State.PENDING, Shape.NUMBER)
    by_level = [_only_mark(c, low, high) for low, high in zip(parts[::2], parts[1::2], strict=True)]
    result = by_level[-1] if by_level else pending
    for name, only in reversed(list(zip(expr.levels[:-1], by_level[:-1], strict=True))):
        result = pair_where(c, truths.same_code(c, value_of(c, level), lowering.text(name.name)), only, result)
    result = pair_where(c, is_decided(c, level), result, pending)
    return pair_where(c, is_decided(c, mark), Pair(mark.value, None, Shape.NUMBER), result)


def _only_mark(c: Columns, low: Pair, high: Pair) -> Pair:
    one = truths.compared(c, CompareOp.EQUAL, value_of(c, low), value_of(c, high))
    found = pair_where(c, one, Pair(low.value, None, low.shape), only_state(c, State.PENDING, Shape.NUMBER))
    state = joined(c, (low.state, high.state))
    if state is None:
        return found
    return pair_where(c, _has_value(c, state), found, Pair(None, state, Shape.NUMBER))


def _has_value(c: Columns, state: int) -> int:
    return is_decided(c, Pair(None, state, Shape.NUMBER))


def demote(lowering: Lowering, expr: Demote, parts: Sequence[Pair]) -> Pair:
    """Lower the grade after vetoes: the severest outcome of those that hold."""
    c = lowering.columns
    grade, *conditions = parts
    codes = [c.constant(lowering.text(name)) for name in expr.order]
    if codes != sorted(codes, key=int):  # type: ignore[arg-type]  # codes are whole numbers
        raise Unsupported("grades are in two orders")
    held = [surely_true(c, condition) for condition in conditions]
    best, worst = lowering.text(expr.order[0]), lowering.text(expr.order[-1])
    outcomes = [
        _severest(c, (lowering.text(veto.grade), _text_of(c, grade))) if veto.at_most else lowering.text(veto.grade)
        for veto in expr.vetoes
    ]
    applied = [truths.where(c, holds, outcome, best) for holds, outcome in zip(held, outcomes, strict=True)]
    any_holds = truths.any_of(c, held)
    reached = truths.where(c, any_holds, _severest(c, applied), _text_of(c, grade)) if applied else _text_of(c, grade)
    undecided = joined(c, [part.state for part in parts])
    if undecided is None:
        return Pair(reached, None, Shape.TEXT)
    milder = [
        is_undecided(c, condition)
        for veto, condition in zip(expr.vetoes, conditions, strict=True)
        if not veto.at_most and veto.grade != expr.order[-1]
    ]
    stays = truths.any_of(c, (any_holds, truths.negation(c, truths.any_of(c, milder))))
    stays = truths.all_of(c, (is_decided(c, grade), truths.same_code(c, reached, worst), stays))
    return with_state(c, Pair(reached, None, Shape.TEXT), state_where(c, stays, None, undecided))


def _text_of(c: Columns, pair: Pair) -> int:
    """Return the column of texts, of what never has one any: a state that is written has the shape of no text."""
    return c.code(0) if pair.value is None else pair.value


def _severest(c: Columns, codes: Sequence[int]) -> int:
    found = sorted(set(codes))
    return found[0] if len(found) == 1 else c.add(Do.STRONGEST, *found, type=Type.CODE)


def worst_light(lowering: Lowering, parts: Sequence[Pair]) -> Pair:
    """Lower the most severe light that is lit; while one is pending, only red is certain."""
    c = lowering.columns
    mildest, *_, red = (lowering.text(light) for light in MILDEST_FIRST)
    lit = [is_decided(c, part) for part in parts]
    shown = [truths.where(c, is_lit, _text_of(c, part), mildest) for is_lit, part in zip(lit, parts, strict=True)]
    if not shown:
        return only_state(c, State.EXCLUDED, Shape.TEXT)
    severest = _severest(c, shown)
    found = Pair(severest, None, Shape.TEXT)
    result = pair_where(c, truths.any_of(c, lit), found, only_state(c, State.EXCLUDED, Shape.TEXT))
    waits = truths.any_of(c, [is_in(c, part, State.PENDING) for part in parts])
    is_red = truths.same_code(c, severest, red)
    open_ = truths.all_of(c, (waits, truths.negation(c, is_red)))
    return pair_where(c, open_, only_state(c, State.PENDING, Shape.TEXT), result)
