"""The place of each member among those of its group: ranks and percentile ranks."""

from __future__ import annotations

import numpy as np

from perfrules.batch.cohort.figures import Cells, Figures
from perfrules.batch.cohort.ordered import Ordered
from perfrules.ir.expressions import PercentileMethod, TiesRule


def ranks(ordered: Ordered, ties: TiesRule, *, highest_first: bool) -> Figures:
    """Return the rank of each member, in the order of the members."""
    if ties is TiesRule.DENSE:
        return Figures(ordered.back(_dense(ordered, highest_first=highest_first)))
    if highest_first:
        ends = ordered.group_starts + ordered.group_counts
        best, worst = ends - ordered.run_ends + 1, ends - ordered.run_starts
    else:
        best, worst = ordered.run_starts - ordered.group_starts + 1, ordered.run_ends - ordered.group_starts
    match ties:
        case TiesRule.BEST:
            return Figures(ordered.back(best))
        case TiesRule.WORST:
            return Figures(ordered.back(worst))
    return Figures(ordered.back(best + worst), 2)


def percentile_ranks(ordered: Ordered, method: PercentileMethod | None) -> Figures:
    """Return which share of its group lies below each member, in the order of the members."""
    strictly, at_or_below = ordered.run_starts - ordered.group_starts, ordered.run_ends - ordered.group_starts
    counts = ordered.group_counts
    match method:
        case PercentileMethod.STRICTLY_BELOW:
            tops = strictly
        case PercentileMethod.AT_OR_BELOW:
            tops = at_or_below
        case _:
            tops, counts = strictly + at_or_below, 2 * counts
    if len(ordered.counts) == 1 and len(counts):
        return Figures(ordered.back(tops), int(counts[0]))
    return Figures(ordered.back(tops), ordered.back(counts))


def _dense(ordered: Ordered, *, highest_first: bool) -> Cells:
    """Count the different values from the top or from the bottom of the group."""
    numbers = np.cumsum(ordered.changes)
    kinds = ordered.kinds
    before = np.cumsum(kinds) - kinds
    from_bottom: Cells = numbers - before[ordered.groups]
    from_top: Cells = kinds[ordered.groups] - from_bottom + 1
    return from_top if highest_first else from_bottom
