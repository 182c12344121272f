"""A pool divided in proportion to weights, in multiples of a step, by largest remainder, group by group."""

from __future__ import annotations

from math import lcm

import numpy as np

from perfrules.batch.cohort.figures import Cells, Figures, as_objects, compact, times
from perfrules.batch.cohort.keys import keys_of
from perfrules.batch.cohort.sums import whole_sums
from perfrules.lang.exact import Exact


def parts(pools: list[int], weights: Figures, groups: Cells, names: Cells, step: Exact) -> Figures:
    """Return the part of each member; *pools*, by group, count steps. *names* are the members' places in the order of
    names. No weight is negative, those of a group are not all zero; where they are, its parts are anything.
    """
    whole = _whole(weights, groups, len(pools))
    totals = as_objects(whole_sums(whole, groups, len(pools)))
    of_all = compact(np.where((totals == 0).astype(bool), 1, totals))[groups]
    products = times(whole, _column(pools)[groups])
    if products.dtype != of_all.dtype:
        products, of_all = as_objects(products), as_objects(of_all)
    seats, remainders = products // of_all, products % of_all
    left = [
        pool - int(given) for pool, given in zip(pools, whole_sums(seats, groups, len(pools)).tolist(), strict=True)
    ]
    order = np.lexsort((names, -keys_of(Figures(remainders)), groups))
    counts = np.bincount(groups, minlength=len(pools))
    ranks = np.arange(len(order)) - (np.cumsum(counts) - counts)[groups[order]]
    served = np.empty(len(order), bool)
    served[order] = ranks < np.array([min(max(each, 0), len(order)) for each in left], np.int64)[groups[order]]
    return Figures(times(compact(seats + served.astype(np.int64)), step.numerator), step.denominator)


def _whole(weights: Figures, groups: Cells, number: int) -> Cells:
    """Return whole numbers in the proportion of the weights of each group."""
    if isinstance(weights.below, int):
        return weights.tops
    common = [1] * number
    for group, below in zip(groups.tolist(), weights.below.tolist(), strict=True):
        common[group] = lcm(common[group], below)
    factors = as_objects(_column(common))[groups] // as_objects(weights.below)
    return compact(as_objects(weights.tops) * factors)


def _column(numbers: list[int]) -> Cells:
    found = np.empty(len(numbers), object)
    found[:] = numbers
    return compact(found)
