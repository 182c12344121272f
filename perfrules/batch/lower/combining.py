"""Children combined to a parent, as columns: which of them are left, and what their marks and sizes come to.

Without a member that can be excluded all is plain; what an exclusion changes is asked only of those that can be.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import NO_STATE, Columns
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.means import mean
from perfrules.batch.lower.members import Child, Children
from perfrules.batch.lower.pairs import (
    Pair,
    is_in,
    joined,
    only_state,
    pair_where,
    state_where,
    value_of,
    with_state,
)
from perfrules.batch.lower.shares import shared_sum
from perfrules.batch.lowered import Shape
from perfrules.batch.tape import Do, Type, code_of_state
from perfrules.ir.expressions import Combine, CombineOp
from perfrules.lang.states import State


def combine(lowering: Lowering, expr: Combine, parts: Sequence[Pair]) -> Pair:
    """Combine the members' values; a state where any that matters is in one."""
    c = lowering.columns
    children, bonuses, sizes = _read(c, expr, parts)
    extra = [_bonus(c, pair) for pair in bonuses]
    if expr.op is CombineOp.FIRST_AVAILABLE:
        combined = _first_available(c, [child.pair for child in children])
    else:
        decisive = joined(c, [_decisive_state(c, child) for child in children])
        value = _combined(lowering, expr, Children(tuple(children))) if children else c.number(0)
        combined = with_state(c, Pair(value, None, Shape.NUMBER), decisive)
    total = numbers.total(c, [value_of(c, combined), *(value_of(c, pair) for pair in extra)])
    states = [combined.state, *(pair.state for pair in extra), *(size.state for size in sizes)]
    result = with_state(c, Pair(total, None, Shape.NUMBER), joined(c, states))
    if not children:
        return result
    none_left = truths.all_of(c, [truths.negation(c, child.left) for child in children])
    return pair_where(c, none_left, only_state(c, State.EXCLUDED, Shape.NUMBER), result)


def _read(c: Columns, expr: Combine, parts: Sequence[Pair]) -> tuple[list[Child], list[Pair], list[Pair]]:
    """Return the children, the bonuses, and all weights and full marks."""
    remaining = iter(parts)
    children: list[Child] = []
    bonuses: list[Pair] = []
    sizes: list[Pair] = []
    for member in expr.members:
        pair = next(remaining)
        weight = None if member.weight is None else next(remaining)
        full = None if member.full is None else next(remaining)
        sizes += [size for size in (weight, full) if size is not None]
        if member.bonus:
            bonuses.append(pair)
            continue
        children.append(
            Child(
                member.code,
                pair,
                c.number(1) if weight is None else value_of(c, weight),
                c.number(0) if full is None else value_of(c, full),
                truths.negation(c, is_in(c, pair, State.EXCLUDED)),
            )
        )
    return children, bonuses, sizes


def _bonus(c: Columns, pair: Pair) -> Pair:
    """Return a bonus, 0 where it is excluded."""
    excluded = is_in(c, pair, State.EXCLUDED)
    return pair_where(c, excluded, Pair(c.number(0), None, Shape.NUMBER), _without_exclusion(c, pair))


def _decisive_state(c: Columns, child: Child) -> int | None:
    """Return the state of a child, none where it is excluded."""
    return _without_exclusion(c, child.pair).state


def _without_exclusion(c: Columns, pair: Pair) -> Pair:
    if pair.state is None or c.constant(is_in(c, pair, State.EXCLUDED)) is False:
        return pair
    possible = c.possible(pair.state)
    excluded = is_in(c, pair, State.EXCLUDED)
    codes = None if possible is None else possible - {code_of_state(State.EXCLUDED)}
    state = None if codes is not None and codes <= {NO_STATE} else state_where(c, excluded, None, pair.state)
    if state is not None and codes is not None:
        c.narrow(state, codes | {NO_STATE})
    return Pair(pair.value, state, pair.shape)


def _first_available(c: Columns, pairs: Sequence[Pair]) -> Pair:
    """Return the first value that is there; the state of all where none is."""
    state = joined(c, [pair.state for pair in pairs])
    result = with_state(c, Pair(c.number(0), None, Shape.NUMBER), state)
    for pair in reversed(pairs):
        absent = truths.any_of(c, (is_in(c, pair, State.EXCLUDED), is_in(c, pair, State.MISSING)))
        if c.constant(absent) is False:
            result = pair
            continue
        refused = state_where(c, is_in(c, pair, State.REFUSED), c.state(State.REFUSED), None)
        stopped = state_where(c, is_in(c, pair, State.PENDING), c.state(State.PENDING), refused)
        available = with_state(c, Pair(value_of(c, pair), None, Shape.NUMBER), stopped)
        result = pair_where(c, absent, result, available)
    return result


def _combined(lowering: Lowering, expr: Combine, children: Children) -> int:
    c = lowering.columns
    match expr.op:
        case CombineOp.SUM:
            return shared_sum(c, expr, children)
        case CombineOp.WEIGHTED_MEAN | CombineOp.GEOMETRIC_MEAN | CombineOp.HARMONIC_MEAN:
            return mean(lowering, expr, children)
        case CombineOp.BEST:
            return numbers.greatest(c, _of_those_left(c, children))
        case CombineOp.WORST:
            return numbers.least(c, _of_those_left(c, children))
        case _:
            return _median(c, children)


def _of_those_left(c: Columns, children: Children) -> list[int]:
    """Return the marks, of excluded children the marks of one that is left."""
    marks = [(value_of(c, child.pair), child.left) for child in children.all]
    surely = next((value for value, left in marks if c.constant(left) is True), None)
    stand_in = marks[-1][0] if surely is None else surely
    if surely is None:
        for value, left in reversed(marks[:-1]):
            stand_in = truths.where(c, left, value, stand_in)
    return [truths.where(c, left, value, stand_in) for value, left in marks]


def _median(c: Columns, children: Children) -> int:
    marks = [(value_of(c, child.pair), child.left) for child in children.all]
    return c.add(Do.MEDIAN, *(place for each in marks for place in each), type=Type.NUMBER)
