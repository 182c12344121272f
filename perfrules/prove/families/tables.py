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
    known = table.records.known
    seen = [_look_at(expr, scene, fields) for fields in ([table.records.fields] if known is None else known)]
    states = states_of([each.taken for each in seen] + [each.body for each in seen])
    if known is None:
        values = of_any_number(expr.op, seen[0].body)
    else:
        values = of_known(expr, seen) if any(each.is_possible for each in seen) else NOTHING
    parts = [found, values, Enclosure(states=states - ({State.MISSING} if expr.skipping_missing else set()))]
    if known is None or _may_be_empty(expr, seen):
        parts.append(_when_empty(expr, scene))
    return hull_of(parts)


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


def _may_be_empty(expr: core.TableAggregate, seen: list[Seen]) -> bool:
    skips = expr.skipping_missing
    few = 2 if expr.op is AggregateOp.DEVIATION_SAMPLE else 1
    if expr.trimming is not None:
        few = max(few, expr.trimming.high + expr.trimming.low + 1)
    certain = sum(each.is_certain and not (skips and State.MISSING in each.body.states) for each in seen)
    return certain < few


def _when_empty(expr: core.TableAggregate, scene: Scene) -> Enclosure:
    if expr.empty is not None:
        return scene.enclose(expr.empty)
    return NOTHING_LEFT.get(expr.op, NOTHING)


def _spread(numbers: Interval) -> Interval:
    width = subtract(numbers, numbers)
    return Interval(Exact(0), width.hi)
