"""A statistic of all entities: what each is told, its group's value or its own place in it.

The same as `perfrules.evaluate.cohort.facts`, in columns; only groups whose statistic is open, or whose pool cannot be
divided, are left to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.cohort import divided, of_groups, places
from perfrules.batch.cohort.figures import Cells, Figures, either
from perfrules.batch.cohort.keys import keys_of
from perfrules.batch.cohort.logic import decided
from perfrules.batch.cohort.members import PENDING, REFUSED, Mask, Members, Part, Standing, standing
from perfrules.batch.cohort.ordered import Ordered, in_order
from perfrules.batch.cohort.sums import sums, whole_sums
from perfrules.evaluate.cohort.members import LOGICAL
from perfrules.evaluate.cohort.statistics import OF_EACH
from perfrules.ir.expressions import CohortAggregate, CohortOp
from perfrules.lang.exact import Exact


@frozen(eq=False)
class Statistic:
    """What each entity is told: numbers or truths (None: nobody has a value), and codes of states.

    *open* tells of each group whether it is left to `perfrules.evaluate.cohort.facts`; its cells mean nothing.
    *of_groups* has the numbers by group, where each entity is told that of its group or none.
    """

    standing: Standing
    values: Figures | Cells | None
    states: NDArray[Any]
    open: Mask
    of_groups: Figures | None = None


@frozen(eq=False)
class _Told:
    """What each entity is told where its statistic is in no state: a value, or with a state why not."""

    values: Figures | Cells
    states: NDArray[Any]
    of_groups: Figures | None = None


def statistic(expr: CohortAggregate, members: Members) -> Statistic:
    """Make the statistic of every group, and say to every entity what it is."""
    asked = standing(expr, members)
    if not asked.number:
        return Statistic(asked, None, asked.group_states, np.zeros(0, bool))
    truths, states = decided(asked) if expr.op in LOGICAL else (None, asked.strongest(asked.state))
    group = np.maximum(asked.groups, 0)
    open_ = states == PENDING
    if expr.op is CohortOp.APPORTIONMENT:
        open_ |= (states == 0) & ~_can_be_divided(asked)
    if expr.op in OF_EACH:
        told = _places(asked, group)
        in_group = np.where(asked.asked & ~asked.absent, states[group], 0)
    else:
        told = _Told(truths[group], np.zeros(members.rows, np.uint8)) if truths is not None else _shared(asked, group)
        in_group = states[group]
    own = np.where(in_group > 0, in_group, told.states)
    all_states = np.where(asked.groups < 0, asked.group_states, own).astype(np.uint8)
    return Statistic(asked, told.values, all_states, open_, told.of_groups)


# --- what all of a group share


def _shared(asked: Standing, group: Cells) -> _Told:
    """Tell everyone the value of its group; where it has none, what each is told instead."""
    values, defined = _of_groups(asked)
    common = values.take(group)
    if bool(defined.all()):
        return _Told(common, np.zeros(len(group), np.uint8), values)
    return _or_empty(asked, common, defined[group])


def _or_empty(asked: Standing, values: Figures, defined: Mask) -> _Told:
    """Tell *values* where they are defined, else what is said to be told of nobody."""
    empty = asked.members.empty or Part(None)
    instead = empty.values if isinstance(empty.values, Figures) else Figures(np.zeros(len(defined), np.int64))
    states = np.zeros(len(defined), np.uint8) if empty.states is None else empty.states.copy()
    states[asked.members.refused] = REFUSED
    return _Told(either(defined, values, instead), np.where(defined, 0, states).astype(np.uint8))


def _of_groups(asked: Standing) -> tuple[Figures, Mask]:
    """Return the value of each group, and of which groups there is one."""
    expr, counts, groups, body = asked.expr, asked.counts, asked.counted_groups, asked.members.body
    somebody = counts > 0
    if expr.op is CohortOp.COUNT:
        return Figures(counts), somebody | True
    assert body is not None
    match expr.op:
        case CohortOp.SUM:
            return sums(body.figures.take(asked.places), groups, asked.number), somebody | True
        case CohortOp.COUNT_DISTINCT:
            return Figures(_ordered(asked).kinds), somebody | True
        case CohortOp.SHARE:
            holding = whole_sums(body.truths(asked.members.rows)[asked.places].astype(np.int64), groups, asked.number)
            return Figures(holding, np.maximum(counts, 1)), somebody
        case CohortOp.MEAN:
            return of_groups.means(body.figures.take(asked.places), groups, counts), somebody
        case CohortOp.DEVIATION_POPULATION | CohortOp.DEVIATION_SAMPLE:
            population = expr.op is CohortOp.DEVIATION_POPULATION
            found = of_groups.deviations(body.figures.take(asked.places), groups, counts, population=population)
            return found, counts > (0 if population else 1)
    return _of_ordered(asked, body.figures.take(asked.places), somebody)


def _of_ordered(asked: Standing, values: Figures, somebody: Mask) -> tuple[Figures, Mask]:
    ordered = _ordered(asked)
    if asked.expr.op is CohortOp.TRIMMED_MEAN:
        found, left = of_groups.trimmed_means(asked.expr, values, ordered)
        return found, left > 0
    at = [] if asked.members.at is None else _of_first(asked, asked.members.at.figures)
    return of_groups.order_statistics(asked.expr, values, ordered, at), somebody


def _ordered(asked: Standing) -> Ordered:
    """Sort those who count by group, then by what they bring."""
    assert asked.members.body is not None
    values = asked.members.body.values
    if isinstance(values, Figures):
        keys = keys_of(values.take(asked.places))
    else:
        keys = np.zeros(len(asked.places), np.int64) if values is None else values[asked.places].astype(np.int64)
    return in_order(asked.counted_groups, asked.number, keys)


def _of_first(asked: Standing, figures: Figures) -> list[Exact]:
    """Return by group the number of the first who counts; 0 where nobody does."""
    first = _first(asked)
    return [figures.at(place) if place >= 0 else Exact(0) for place in first.tolist()]


def _first(asked: Standing) -> Cells:
    """Return by group the place of the first who counts, -1 where nobody does."""
    found = np.full(asked.number, -1, np.int64)
    found[asked.counted_groups[::-1]] = asked.places[::-1]
    return found


# --- the place of each in its group


def _places(asked: Standing, group: Cells) -> _Told:
    """Tell everyone who counts its place, and all others why they have none."""
    states = np.where(asked.counted, 0, asked.own_state).astype(np.uint8)
    found = _placed(asked)
    everywhere = np.zeros(len(group), np.int64)
    everywhere[asked.places] = np.arange(len(asked.places))
    values = found.take(everywhere) if len(found) else Figures(everywhere)
    if asked.expr.op is not CohortOp.APPORTIONMENT:
        return _Told(values, states)
    told = _or_empty(asked, values, _has_weight(asked)[group])
    return _Told(told.values, np.where(asked.counted, told.states, states).astype(np.uint8))


def _placed(asked: Standing) -> Figures:
    """Return the place of each of those who count, in their order."""
    expr = asked.expr
    match expr.op:
        case CohortOp.RANK:
            assert expr.ties is not None
            return places.ranks(_ordered(asked), expr.ties, highest_first=expr.highest_first)
        case CohortOp.PERCENTILE_RANK:
            return places.percentile_ranks(_ordered(asked), expr.method)
    assert asked.members.body is not None
    assert asked.members.pool is not None
    assert expr.step is not None
    pools = [pool // expr.step for pool in _of_first(asked, asked.members.pool.figures)]
    names = asked.members.in_order()[asked.places]
    weights = asked.members.body.figures.take(asked.places)
    return divided.parts(pools, weights, asked.counted_groups, names, expr.step)


def _has_weight(asked: Standing) -> Mask:
    assert asked.members.body is not None
    weighty = asked.members.body.figures.take(asked.places).tops != 0
    found = np.zeros(asked.number, bool)
    found[asked.counted_groups[weighty.astype(bool)]] = True
    return found


def _can_be_divided(asked: Standing) -> Mask:
    """Tell of each group whether its pool is one number, a multiple of the step, and no weight is below zero."""
    pool, body, step = asked.members.pool, asked.members.body, asked.expr.step
    assert pool is not None
    assert body is not None
    assert step is not None
    found: Mask = np.ones(asked.number, bool)
    if not isinstance(pool.values, Figures):
        found[asked.counted_groups] = False
        return found
    found[asked.counted_groups[(body.figures.take(asked.places).tops < 0).astype(bool)]] = False
    first = _first(asked)
    keys, groups = keys_of(pool.values), asked.counted_groups
    differs = keys[asked.places] != keys[first[groups]]
    if pool.states is not None:
        differs |= pool.states[asked.places] > 0
    found[groups[differs]] = False
    for group in np.flatnonzero(found & (first >= 0)).tolist():
        found[group] = (pool.values.at(int(first[group])) / step).denominator == 1
    return found
