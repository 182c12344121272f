"""Statistics across entities. What this entity is known to be says nothing of the others.

So the parts are enclosed for any entity as declared, whatever the branch at hand implies; what is known of a statistic
before (of one cohort, or over all data) stands as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr, PercentileMethod, TiesRule
from perfrules.ir.walk import operands
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, hull, point, subtract
from perfrules.lang.states import State
from perfrules.prove.assume import assume
from perfrules.prove.enclosure import (
    BOTH,
    NO_STATES,
    NOTHING,
    UNKNOWN,
    Enclosure,
    exactly,
    hull_of,
    in_interval,
    truth_of,
)
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.lattice import WHOLE
from perfrules.prove.scene import Scene

OWN_PLACE: Final = frozenset({CohortOp.RANK, CohortOp.PERCENTILE_RANK, CohortOp.APPORTIONMENT})
"""The statistics that tell an entity its own place; who does not count has none."""
_ABSENT: Final = frozenset({State.MISSING, State.EXCLUDED})
_OF_NOBODY: Final[Mapping[CohortOp, Enclosure]] = {
    CohortOp.SUM: exactly(Exact(0)),
    CohortOp.COUNT: exactly(Exact(0)),
    CohortOp.COUNT_DISTINCT: exactly(Exact(0)),
    CohortOp.ANY: truth_of([False]),
    CohortOp.ALL: truth_of([True]),
}
_ZERO, _ONE = Exact(0), Exact(1)
_UNIT: Final = Interval(_ZERO, _ONE)


def cohort_aggregate(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a statistic of any cohort; one whose absent members are unanswered is reported elsewhere."""
    assert isinstance(expr, core.CohortAggregate)
    anyone = scene.assuming({}) if scene.assumed else scene
    parts = {id(part): anyone.enclose(part) for part in operands(expr)}
    known = scene.world.cohort.get(expr.id)
    if known is not None:
        return known
    value = value_of_those_asked(expr, anyone)
    others = [parts[id(part)] for part in (expr.where, *expr.groups, expr.pool) if part is not None]
    if any(each.reported for each in (value, *others)) or absent_states(expr, anyone):
        return UNKNOWN
    possible = [
        _values(expr, value, NOTHING if expr.pool is None else parts[id(expr.pool)]),
        Enclosure(states=_states(expr, value, others)),
    ]
    if may_be_empty(expr):
        possible.append(_OF_NOBODY.get(expr.op, NOTHING) if expr.empty is None else parts[id(expr.empty)])
    return hull_of(possible)


def value_of_those_asked(expr: core.CohortAggregate, anyone: Scene) -> Enclosure:
    """Enclose what those bring for whom the condition holds."""
    if expr.body is None:
        return truth_of([True])
    assert isinstance(expr.body, core.NodeRef)
    node = anyone.world.nodes.get(expr.body.id)
    if node is None or expr.where is None or not isinstance(node.expr, core.Select):
        return anyone.quietly(expr.body)
    [(holds, value)] = node.expr.cases
    inside = assume(anyone, holds, True)
    return NOTHING if inside is None else inside.quietly(value)


def absent_states(expr: core.CohortAggregate, anyone: Scene) -> frozenset[State]:
    """Return the states in which members can be although nothing says that they do not count then."""
    if expr.present:
        return NO_STATES
    found = value_of_those_asked(expr, anyone).states
    if expr.where is not None:
        found |= anyone.quietly(expr.where).states
    return found & _ABSENT


def may_be_empty(expr: core.CohortAggregate) -> bool:
    """Tell whether there can be too few members for a value: an entity counts itself where nothing is asked of it."""
    if expr.op in (CohortOp.RANK, CohortOp.PERCENTILE_RANK):
        return False
    trimming = expr.trimming
    return (
        expr.where is not None
        or expr.present
        or expr.op in (CohortOp.DEVIATION_SAMPLE, CohortOp.APPORTIONMENT)
        or (trimming is not None and trimming.at_least <= trimming.high + trimming.low)
    )


def _states(expr: core.CohortAggregate, value: Enclosure, others: Iterable[Enclosure]) -> frozenset[State]:
    """Return the states of the statistic: of its parts, but of its members' values where only those present count."""
    found = states_of(list(others)) | value.states
    if expr.op in OWN_PLACE:
        return found | ({State.EXCLUDED} if expr.where is not None else NO_STATES)
    return found if not expr.present else states_of(list(others)) | (value.states - _ABSENT)


def _values(expr: core.CohortAggregate, value: Enclosure, pool: Enclosure) -> Enclosure:
    """Enclose the statistic of one member or more whose values are all within *value*."""
    at_least_one = _ZERO if expr.where is not None or expr.present else _ONE
    match expr.op:
        case CohortOp.COUNT | CohortOp.COUNT_DISTINCT:
            return in_interval(Interval(at_least_one, None), WHOLE)
        case CohortOp.RANK:
            step = Exact(1, 2) if expr.ties is TiesRule.MEAN else WHOLE
            return in_interval(Interval(_ONE, None), step)
        case CohortOp.PERCENTILE_RANK:
            strictly, loosely = PercentileMethod.STRICTLY_BELOW, PercentileMethod.AT_OR_BELOW
            return in_interval(Interval(_ZERO, _ONE, expr.method is strictly, expr.method is loosely))
        case CohortOp.SHARE:
            return in_interval(_UNIT)
        case CohortOp.ANY | CohortOp.ALL:
            return truth_of(BOTH)
        case CohortOp.APPORTIONMENT:
            return NOTHING if pool.numbers is None else in_interval(hull(pool.numbers, point(_ZERO)), expr.step)
        case CohortOp.MINIMUM | CohortOp.MAXIMUM:
            return value.values_only()
        case CohortOp.PERCENTILE if expr.method is PercentileMethod.NEAREST_RANK:
            return value.values_only()
    return NOTHING if value.numbers is None else _of_numbers(expr, value, value.numbers)


def _of_numbers(expr: core.CohortAggregate, value: Enclosure, numbers: Interval) -> Enclosure:
    match expr.op:
        case CohortOp.SUM:
            return in_interval(_sum(expr, numbers), value.step)
        case CohortOp.DEVIATION_POPULATION | CohortOp.DEVIATION_SAMPLE:
            return in_interval(Interval(_ZERO, subtract(numbers, numbers).hi))
        case _:
            return in_interval(numbers)


def _sum(expr: core.CohortAggregate, numbers: Interval) -> Interval:
    """Bound the sum of any number of values: that of one alone, where all push it the same way."""
    some = expr.where is None and not expr.present
    low = high = None
    if numbers.lo is not None and numbers.lo >= 0:
        low = numbers.lo if some else _ZERO
    if numbers.hi is not None and numbers.hi <= 0:
        high = numbers.hi if some else _ZERO
    return Interval(low, high, numbers.lo_closed or not some, numbers.hi_closed or not some)
