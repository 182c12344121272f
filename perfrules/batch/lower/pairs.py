"""What a value of the core becomes: a column of values and one of states."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import NO_STATE, Columns
from perfrules.batch.lowered import Shape
from perfrules.batch.tape import STATES, Do, Type, code_of_state
from perfrules.lang.states import State

_PUSHED_SO_FAR = 20
"""So deep a question about a state is asked of what the state is chosen from."""


@frozen
class Pair:
    """Values (None: never one) and states (None: always a value); where a state is, the value means nothing."""

    value: int | None
    state: int | None
    shape: Shape


TYPE_OF = {Shape.NUMBER: Type.NUMBER, Shape.DATE: Type.NUMBER, Shape.TRUTH: Type.TRUTH, Shape.TEXT: Type.CODE}


def value_of(c: Columns, pair: Pair) -> int:
    """Return the column of values, of what never has one any."""
    if pair.value is not None:
        return pair.value
    match TYPE_OF[pair.shape]:
        case Type.NUMBER:
            return c.number(0)
        case Type.TRUTH:
            return c.truth(False)
        case Type.CODE:
            return c.code(0)


def only_state(c: Columns, state: State, shape: Shape) -> Pair:
    """Return what is always in *state*."""
    return Pair(None, c.state(state), shape)


def with_state(c: Columns, pair: Pair, state: int | None) -> Pair:
    """Return the values with other states."""
    if state is None:
        return evolve(pair, state=None)
    possible = c.possible(state)
    if possible == frozenset((NO_STATE,)):
        return evolve(pair, state=None)
    never = possible is not None and NO_STATE not in possible
    if possible is not None and not never and len(possible) == 2 and c.op(state).do in (Do.WHERE, Do.STRONGEST):
        only = max(possible)
        state = truths.where(c, has_code(c, state, only), c.code(only), c.code(NO_STATE))
    return Pair(None if never else pair.value, state, pair.shape)


def states_of(c: Columns, pair: Pair) -> frozenset[State]:
    """Return the states that a pair may be in."""
    return frozenset() if pair.state is None else possible_states(c, pair.state)


def possible_states(c: Columns, state: int) -> frozenset[State]:
    """Return the states that a column of states may hold."""
    codes = c.possible(state)
    found = STATES if codes is None else [STATES[code] for code in codes]
    return frozenset(state for state in found if state is not None)


def is_in(c: Columns, pair: Pair, state: State) -> int:
    """Tell whether a pair is in *state*."""
    return c.truth(False) if pair.state is None else has_code(c, pair.state, code_of_state(state))


def is_decided(c: Columns, pair: Pair) -> int:
    """Tell whether a pair has a value."""
    return c.truth(True) if pair.state is None else has_code(c, pair.state, NO_STATE)


def is_undecided(c: Columns, pair: Pair) -> int:
    """Tell whether a pair is in a state."""
    return truths.negation(c, is_decided(c, pair))


def has_code(c: Columns, state: int, code: int, depth: int = 0) -> int:
    """Tell whether a column of states holds *code*, by what it is chosen from where that is simple."""
    found = c.asked.get((state, code))
    if found is None:
        found = c.asked[state, code] = _has_code(c, state, code, depth)
    return found


def _has_code(c: Columns, state: int, code: int, depth: int) -> int:
    possible = c.possible(state) or frozenset(range(len(STATES)))
    if code not in possible or len(possible) == 1:
        return c.truth(code in possible)
    if code == NO_STATE and len(possible) == 2:
        return truths.negation(c, has_code(c, state, max(possible), depth))
    op = c.op(state)

    def each(places: tuple[int, ...]) -> list[int]:
        return [has_code(c, place, code, depth + 1) for place in places]

    if depth < _PUSHED_SO_FAR:
        match op.do:
            case Do.WHERE if any(c.constant(place) is not None for place in op.operands[1:]):
                return truths.where(c, op.operands[0], *each(op.operands[1:]))
            case Do.STRONGEST if code == NO_STATE:
                return truths.all_of(c, each(op.operands))
            case Do.STRONGEST if code == max(possible):
                return truths.any_of(c, each(op.operands))
            case Do.SPREAD:
                return c.spread(each(op.operands)[0], str(op.table))
    return truths.same_code(c, state, c.code(code))


def joined(c: Columns, states: Iterable[int | None]) -> int | None:
    """Join columns of states; None where no state is possible."""
    found = dict.fromkeys(state for state in states if state is not None and c.constant(state) != NO_STATE)
    if len(found) <= 1:
        return next(iter(found), None)
    return c.add(Do.STRONGEST, *sorted(found), type=Type.CODE)


def state_where(c: Columns, condition: int, then: int | None, otherwise: int | None) -> int | None:
    """Choose between states."""
    if then is None and otherwise is None:
        return None
    nothing = c.code(NO_STATE)
    return truths.where(c, condition, nothing if then is None else then, nothing if otherwise is None else otherwise)


def pair_where(c: Columns, condition: int, then: Pair, otherwise: Pair) -> Pair:
    """Choose between pairs by a truth that is decided."""
    known = c.constant(condition)
    if known is not None:
        return then if known is True else otherwise
    if then.value is None or otherwise.value is None:
        value = otherwise.value if then.value is None else then.value
    else:
        value = truths.where(c, condition, then.value, otherwise.value)
    shape = then.shape if then.value is not None else otherwise.shape
    state = state_where(c, condition, then.state, otherwise.state)
    return with_state(c, Pair(value, None, shape), state)


def after_condition(c: Columns, condition: Pair, found: Pair) -> Pair:
    """Return *found*, but the state of *condition* where that is undecided."""
    if condition.state is None:
        return found
    return with_state(c, found, state_where(c, is_decided(c, condition), found.state, condition.state))


def select(c: Columns, condition: Pair, then: Pair, otherwise: Pair) -> Pair:
    """Choose between pairs by a condition that may be undecided."""
    return after_condition(c, condition, pair_where(c, value_of(c, condition), then, otherwise))
