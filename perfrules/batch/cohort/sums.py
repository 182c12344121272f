"""Exact sums by group."""

from __future__ import annotations

from typing import Final

import numpy as np

from perfrules.batch.cohort.figures import INT64_END, Cells, Figures, as_objects, compact, figures_of, greatest
from perfrules.batch.cohort.keys import dense
from perfrules.lang.exact import Exact

_ZERO: Final = Exact(0)


def whole_sums(cells: Cells, groups: Cells, number: int) -> Cells:
    """Add whole numbers by group; int64 where no sum of some of them can be too long for it."""
    if cells.dtype == object or greatest(cells) * len(cells) >= INT64_END:
        found = np.full(number, 0, object)
        np.add.at(found, groups, as_objects(cells))
        return found
    if number == 1:
        return np.array([int(cells.sum())])
    sums = np.zeros(number, np.int64)
    np.add.at(sums, groups, cells)
    return sums


def sums(figures: Figures, groups: Cells, number: int) -> Figures:
    """Add by group."""
    if isinstance(figures.below, int):
        return Figures(whole_sums(figures.tops, groups, number), figures.below)
    kinds, codes = np.unique(figures.below, return_inverse=True)
    pairs, used = dense(groups * len(kinds) + codes)
    by_pair = whole_sums(figures.tops, pairs, used)
    of_pair = np.zeros(used, np.int64)
    of_pair[pairs] = groups * len(kinds) + codes
    parts: list[list[Exact]] = [[] for _ in range(number)]
    for top, pair in zip(by_pair.tolist(), of_pair.tolist(), strict=True):
        parts[pair // len(kinds)].append(Exact(top, int(kinds[pair % len(kinds)])))
    return figures_of([_added(each) for each in parts])


def squared(figures: Figures) -> Figures:
    """Return the squares."""
    tops = figures.tops if greatest(figures.tops) ** 2 < INT64_END else as_objects(figures.tops)
    below = figures.below
    if isinstance(below, int):
        return Figures(tops * tops, below * below)
    below = below if greatest(below) ** 2 < INT64_END else as_objects(below)
    return Figures(compact(tops * tops), compact(below * below))


def _added(parts: list[Exact]) -> Exact:
    """Add two and two, so that long denominators meet as late as possible."""
    while len(parts) > 1:
        parts = [sum(parts[place : place + 2], _ZERO) for place in range(0, len(parts), 2)]
    return parts[0] if parts else _ZERO
