"""Statistics that all of a group share: one number of the numbers of those who count, for groups of at least one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from perfrules.batch.cohort.figures import Cells, Figures, as_objects, compact, figures_of, plus, times
from perfrules.batch.cohort.ordered import Ordered
from perfrules.batch.cohort.sums import squared, sums
from perfrules.ir.expressions import CohortAggregate, CohortOp, PercentileMethod
from perfrules.lang import irrational
from perfrules.lang.exact import Exact


def means(values: Figures, groups: Cells, counts: Cells) -> Figures:
    """Return the mean of each group; of one that has nobody anything."""
    return _divided(sums(values, groups, len(counts)), np.maximum(counts, 1))


def deviations(values: Figures, groups: Cells, counts: Cells, *, population: bool) -> Figures:
    """Return the standard deviation of each group, rounded to 34 digits; anything where it is not defined."""
    added = sums(values, groups, len(counts)).fractions()
    of_squares = sums(squared(values), groups, len(counts)).fractions()
    found = [
        _deviation(square - total * total / count, count if population else count - 1) if count else Exact(0)
        for total, square, count in zip(added, of_squares, counts.tolist(), strict=True)
    ]
    return figures_of(found)


def _deviation(squares: Exact, degrees: int) -> Exact:
    return irrational.sqrt(squares / degrees) if degrees else Exact(0)


def order_statistics(expr: CohortAggregate, values: Figures, ordered: Ordered, at: Sequence[Exact]) -> Figures:
    """Return a statistic of the sorted values of each group; *at* is the place of a percentile, by group."""
    last = ordered.counts - 1
    match expr.op:
        case CohortOp.MINIMUM:
            return _at(values, ordered, np.zeros_like(last))
        case CohortOp.MAXIMUM:
            return _at(values, ordered, last)
        case CohortOp.MEDIAN:
            return _between(_at(values, ordered, last // 2), _at(values, ordered, (last + 1) // 2), [Exact(1, 2)])
        case CohortOp.TRIMMED_MEAN:
            return trimmed_means(expr, values, ordered)[0]
    assert expr.op is CohortOp.PERCENTILE
    counts = ordered.counts.tolist()
    if expr.method is PercentileMethod.NEAREST_RANK:
        return _at(values, ordered, _whole(max(1, -(-p * n // 1)) - 1 for p, n in zip(at, counts, strict=True)))
    places = [p * max(n - 1, 0) for p, n in zip(at, counts, strict=True)]
    below = _whole(place // 1 for place in places)
    above = np.minimum(below + 1, np.maximum(last, 0))
    return _between(_at(values, ordered, below), _at(values, ordered, above), [place % 1 for place in places])


def trimmed_means(expr: CohortAggregate, values: Figures, ordered: Ordered) -> tuple[Figures, Cells]:
    """Return the mean of what trimming leaves of each group, and how many that are; anything where it is none."""
    first, end = np.zeros_like(ordered.counts), ordered.counts
    if expr.trimming is not None:
        trims = ordered.counts >= expr.trimming.at_least
        first = np.where(trims, expr.trimming.low, 0)
        end = np.maximum(first, np.where(trims, ordered.counts - expr.trimming.high, ordered.counts))
    ranks = np.arange(len(ordered.order)) - ordered.group_starts
    stays = (ranks >= first[ordered.groups]) & (ranks < end[ordered.groups])
    kept = values.take(ordered.order[stays])
    left = end - first
    return means(kept, ordered.groups[stays], left), left


def _at(values: Figures, ordered: Ordered, ranks: Cells) -> Figures:
    """Return the number that each group has at a rank from 0 on; of a group without any, anything."""
    if not len(ordered.order):
        return Figures(np.zeros(len(ranks), np.int64))
    places = np.minimum(ordered.starts + np.maximum(ranks, 0), len(ordered.order) - 1)
    return values.take(ordered.order[places])


def _between(low: Figures, high: Figures, shares: Sequence[Exact]) -> Figures:
    """Go from one number to the next by a share of their distance (one share for all, or each its own)."""
    share = figures_of(shares if len(shares) == len(low) else list(shares) * len(low))
    first, second = _times(low, Figures(plus(share.belows, -share.tops), share.below)), _times(high, share)
    if isinstance(first.below, int) and first.below == second.below:
        return Figures(plus(first.tops, second.tops), first.below)
    return figures_of([one + other for one, other in zip(first.fractions(), second.fractions(), strict=True)])


def _times(first: Figures, second: Figures) -> Figures:
    if isinstance(first.below, int) and isinstance(second.below, int):
        return Figures(times(first.tops, second.tops), first.below * second.below)
    return Figures(times(first.tops, second.tops), times(first.belows, second.belows))


def _divided(figures: Figures, by: Cells) -> Figures:
    if len(by) == 1:
        return Figures(figures.tops, figures.belows.tolist()[0] * int(by[0]))
    return Figures(figures.tops, compact(as_objects(figures.belows) * as_objects(by)))


def _whole(numbers: Iterable[Any]) -> Cells:
    return np.array([int(each) for each in numbers], np.int64)
