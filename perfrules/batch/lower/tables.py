"""Aggregates over the records of a table as columns: which records count, what they leave open, the answer for none.

The tape knows no laziness, so a record that the core would not look at has cells all the same; here they are kept from
mattering. The first of these decides: the table's own state, PENDING below the quorum, the states of records, the
answer for no records.
"""

from __future__ import annotations

from typing import Final

from perfrules.batch.lower import record_statistics as statistics
from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import NO_STATE, Columns, Unsupported
from perfrules.batch.lower.lowering import Lowered, Lowering
from perfrules.batch.lower.pairs import (
    Pair,
    has_code,
    is_decided,
    is_in,
    is_undecided,
    joined,
    only_state,
    pair_where,
    possible_states,
    state_where,
    value_of,
    with_state,
)
from perfrules.batch.lower.reading import table_states
from perfrules.batch.lower.record_statistics import Kept
from perfrules.batch.lowered import Shape
from perfrules.batch.tape import code_of_state
from perfrules.ir.expressions import AggregateOp, CompareOp, Input, TableAggregate
from perfrules.lang.states import State

LOGICAL: Final = (AggregateOp.ANY, AggregateOp.ALL)
_DATES_STAY: Final = (AggregateOp.MINIMUM, AggregateOp.MAXIMUM)


def table_aggregate(lowering: Lowering, expr: TableAggregate) -> Lowered:
    """Lower an aggregate whose condition and body speak of no record but its own."""
    c = lowering.columns
    if not isinstance(expr.table, Input):
        raise Unsupported("records that are not those of a table of the data")
    table, always = expr.table.name, Pair(c.truth(True), None, Shape.TRUTH)
    with lowering.about(expr.variable, table):
        taken = always if expr.where is None else (yield expr.where)
        with lowering.where(_looked_at(c, expr, taken)):
            body = always if expr.body is None else (yield expr.body)
    left = Kept(table, _left(c, expr, taken, body))
    if expr.op in LOGICAL:
        found, open_ = _three_valued(c, expr, left, taken, body)
    else:
        found, open_ = _of_values(c, expr, left, taken, body)
    if expr.empty is not None:
        nothing = statistics.too_few(c, expr, statistics.count(c, left))
        with lowering.where(nothing):
            found = pair_where(c, nothing, (yield expr.empty), found)
    found = _unless_open(c, open_, found)
    if expr.quorum:
        found = _of_a_quorum(c, expr, left, taken, found)
    return _unless_open(c, table_states(lowering, table), found)


def _looked_at(c: Columns, expr: TableAggregate, taken: Pair) -> int:
    """Tell for which records the core looks at the body."""
    return _may_be_taken(c, taken) if expr.op in LOGICAL else _is_taken(c, taken)


def _is_taken(c: Columns, taken: Pair) -> int:
    return truths.all_of(c, (value_of(c, taken), is_decided(c, taken)))


def _may_be_taken(c: Columns, taken: Pair) -> int:
    return truths.any_of(c, (value_of(c, taken), is_undecided(c, taken)))


def _left(c: Columns, expr: TableAggregate, taken: Pair, body: Pair) -> int:
    """Tell which records are not left out: by their condition, or as missing."""
    if not expr.skipping_missing:
        return _may_be_taken(c, taken)
    not_missing = truths.negation(c, is_in(c, body, State.MISSING))
    known = truths.negation(c, is_in(c, taken, State.MISSING))
    if expr.op in LOGICAL:
        return truths.all_of(c, (_may_be_taken(c, taken), known, not_missing))
    surely = truths.all_of(c, (_is_taken(c, taken), not_missing))
    return truths.any_of(c, (surely, truths.all_of(c, (is_undecided(c, taken), known))))


def _of_values(c: Columns, expr: TableAggregate, left: Kept, taken: Pair, body: Pair) -> tuple[Pair, int | None]:
    """Return the value of the records left, and the states in which they leave it."""
    bodies = state_where(c, value_of(c, taken), _skipping(c, expr, body.state), None)
    open_ = state_where(c, is_decided(c, taken), bodies, _skipping(c, expr, taken.state))
    kept = left if expr.skipping_missing else Kept(left.table, value_of(c, taken))
    value = statistics.value(c, expr, kept, value_of(c, body))
    shape = body.shape if expr.op in _DATES_STAY else Shape.NUMBER
    return Pair(value, None, shape), statistics.strongest(c, left.table, open_)


def _three_valued(c: Columns, expr: TableAggregate, left: Kept, taken: Pair, body: Pair) -> tuple[Pair, int | None]:
    """Any: one record is taken and holds. All: none is taken and fails. Else what is open decides."""
    any_ = expr.op is AggregateOp.ANY
    holds = value_of(c, body)
    decisive = holds if any_ else truths.negation(c, holds)
    deciding = truths.all_of(c, (left.mask, _is_taken(c, taken), is_decided(c, body), decisive))
    decided = statistics.any_record(c, Kept(left.table, deciding))
    states = joined(c, (_skipping(c, expr, taken.state), _skipping(c, expr, body.state)))
    matters = truths.all_of(c, (left.mask, truths.any_of(c, (decisive, is_undecided(c, body)))))
    open_ = statistics.strongest(c, left.table, state_where(c, matters, states, None))
    value = decided if any_ else truths.negation(c, decided)
    return Pair(value, None, Shape.TRUTH), state_where(c, decided, None, open_)


def _of_a_quorum(c: Columns, expr: TableAggregate, left: Kept, taken: Pair, found: Pair) -> Pair:
    """Return PENDING for too few records; what is open where they may be too few and the bodies alone would decide."""
    quorum = c.number(expr.quorum or 0)
    open_ = _skipping(c, expr, taken.state)
    if expr.op in LOGICAL and open_ is not None:
        sure = Kept(left.table, truths.all_of(c, (left.mask, _is_taken(c, taken))))
        unsure = truths.compared(c, CompareOp.LESS, statistics.count(c, sure), quorum)
        state = statistics.strongest(c, left.table, state_where(c, left.mask, open_, None))
        found = pair_where(c, unsure, Pair(None, state, found.shape), found)
    short = truths.compared(c, CompareOp.LESS, statistics.count(c, left), quorum)
    return pair_where(c, short, only_state(c, State.PENDING, found.shape), found)


def _skipping(c: Columns, expr: TableAggregate, state: int | None) -> int | None:
    """Return the states of records without those that are left out as missing; None where no other is possible."""
    if state is None or not expr.skipping_missing:
        return state
    others = possible_states(c, state) - {State.MISSING}
    return state_where(c, has_code(c, state, code_of_state(State.MISSING)), None, state) if others else None


def _unless_open(c: Columns, state: int | None, found: Pair) -> Pair:
    """Return *found*, but the state where there is one."""
    if state is None:
        return found
    return with_state(c, found, state_where(c, has_code(c, state, NO_STATE), found.state, state))
