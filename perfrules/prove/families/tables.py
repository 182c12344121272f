"""Aggregates of tables: over records that are known, or over any number of records as declared."""

from collections.abc import Mapping
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, subtract
from perfrules.lang.states import State
from perfrules.prove.assume import assume
from perfrules.prove.enclosure import (
    BOTH,
    NOTHING,
    UNKNOWN,
    Enclosure,
    exactly,
    hull_of,
    in_interval,
    in_states,
    truth_of,
)
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.families.known_records import Seen, of_known
from perfrules.prove.lattice import WHOLE
from perfrules.prove.scene import Scene

NOTHING_LEFT: Final[Mapping[AggregateOp, Enclosure]] = {
    AggregateOp.SUM: exactly(Exact(0)),
    AggregateOp.COUNT: exactly(Exact(0)),
    AggregateOp.COUNT_DISTINCT: exactly(Exact(0)),
    AggregateOp.ANY: truth_of([False]),
    AggregateOp.ALL: truth_of([True]),
}
_COUNT: Final = Interval(Exact(0), None)
_SHARE: Final = Interval(Exact(0), Exact(1))


def table_aggregate(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose one value from the records of a table."""
    assert isinstance(expr, core.TableAggregate)
    table = scene.enclose(expr.table)
    found = Enclosure(states=table.states)
    if table.records is None:
        return UNKNOWN if table.reported else found
    declared, known = table.records.fields, table.records.known
    if known is None:
        return hull_of([found, _of_declared(expr, scene, declared)])
    seen = [_look_at(expr, scene, fields) for fields in known]
    quorum = expr.quorum or 0
    parts = [found]
    if sum(_is_certain(expr, each) for each in seen) < quorum:
        parts.append(_of_declared(expr, scene, declared) if scene.world.eventual else in_states([State.PENDING]))
    if sum(each.is_possible or bool(each.taken.states) for each in seen) >= quorum:
        parts.append(_of_these(expr, scene, seen, declared))
    return hull_of(parts)


def _of_declared(expr: core.TableAggregate, scene: Scene, fields: Mapping[str, Enclosure]) -> Enclosure:
    """Enclose it over any number of records as declared; with a quorum, over so many at least."""
    seen = _look_at(expr, scene, fields)
    parts = [of_any_number(expr.op, seen.body), _open(expr, [seen])]
    quorum = expr.quorum or 0
    if expr.op is AggregateOp.COUNT and quorum:
        parts[0] = in_interval(Interval(Exact(quorum), None), WHOLE)
    if quorum < _fewest(expr):
        parts.append(_when_empty(expr, scene, fields))
    if quorum and not scene.world.eventual:
        parts.append(in_states([State.PENDING]))
    return hull_of(parts)


def _of_these(
    expr: core.TableAggregate, scene: Scene, seen: list[Seen], declared: Mapping[str, Enclosure]
) -> Enclosure:
    """Enclose it over records that are known."""
    values = of_known(expr, seen) if any(each.is_possible for each in seen) else NOTHING
    parts = [values, _open(expr, seen)]
    if expr.op in (AggregateOp.ANY, AggregateOp.ALL) and any(each.taken.states for each in seen):
        parts.append(NOTHING_LEFT[expr.op])  # a record that may count, and would not decide, decides nothing
    if max(expr.quorum or 0, sum(_is_certain(expr, each) for each in seen)) < _fewest(expr):
        parts.append(_when_empty(expr, scene, declared))
    return hull_of(parts)


def _open(expr: core.TableAggregate, seen: list[Seen]) -> Enclosure:
    states = states_of([each.taken for each in seen] + [each.body for each in seen])
    return Enclosure(states=states - ({State.MISSING} if expr.skipping_missing else set()))


def of_any_number(op: AggregateOp, body: Enclosure) -> Enclosure:
    """Enclose an aggregate over one record or more whose bodies are all within *body*."""
    match op:
        case AggregateOp.COUNT | AggregateOp.COUNT_DISTINCT:
            return in_interval(_COUNT, WHOLE)
        case AggregateOp.ANY | AggregateOp.ALL:
            return truth_of(BOTH)
        case AggregateOp.SHARE:
            return in_interval(_SHARE)
    if op in (AggregateOp.MINIMUM, AggregateOp.MAXIMUM):
        return body.values_only()
    if body.numbers is None:
        return NOTHING
    match op:
        case AggregateOp.SUM:
            low = Exact(0) if body.numbers.lo is not None and body.numbers.lo >= 0 else None
            high = Exact(0) if body.numbers.hi is not None and body.numbers.hi <= 0 else None
            return in_interval(Interval(low, high), body.step)
        case AggregateOp.DEVIATION_POPULATION | AggregateOp.DEVIATION_SAMPLE:
            return in_interval(_spread(body.numbers))
        case _:
            return in_interval(body.numbers)


def _look_at(expr: core.TableAggregate, scene: Scene, fields: Mapping[str, Enclosure]) -> Seen:
    inside: Scene | None = scene.about_record(expr.variable, fields)
    assert inside is not None
    taken = truth_of([True])
    if expr.where is not None:
        taken = inside.enclose(expr.where)
        # The body of ANY and ALL is also looked at where the condition is undecided.
        logical = expr.op in (AggregateOp.ANY, AggregateOp.ALL)
        inside = inside if logical and taken.states else assume(inside, expr.where, True)
    if inside is None or expr.body is None:
        return Seen(taken, NOTHING)
    return Seen(taken, inside.enclose(expr.body))


def _is_certain(expr: core.TableAggregate, each: Seen) -> bool:
    return each.is_certain and not (expr.skipping_missing and State.MISSING in each.body.states)


def _fewest(expr: core.TableAggregate) -> int:
    """Return how many records surely leave something to make a value of."""
    few = 2 if expr.op is AggregateOp.DEVIATION_SAMPLE else 1
    return few if expr.trimming is None else max(few, expr.trimming.high + expr.trimming.low + 1)


def _when_empty(expr: core.TableAggregate, scene: Scene, declared: Mapping[str, Enclosure]) -> Enclosure:
    """Enclose what stands for no records; where it waits for records, they will be as declared."""
    if scene.world.eventual and isinstance(expr.empty, core.StateConst) and expr.empty.state is State.PENDING:
        to_come = _look_at(expr, scene, declared)
        return hull_of([of_any_number(expr.op, to_come.body), _open(expr, [to_come])])
    if expr.empty is not None:
        return scene.enclose(expr.empty)
    return NOTHING_LEFT.get(expr.op, NOTHING)


def _spread(numbers: Interval) -> Interval:
    width = subtract(numbers, numbers)
    return Interval(Exact(0), width.hi)
