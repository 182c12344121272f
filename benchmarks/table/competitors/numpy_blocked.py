"""Numpy float64 by an expert: blocks that stay in the cache, no new arrays, hundredths summed as whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from benchmarks.table.numbers import Array
from benchmarks.table.rubric import BANDS, BELOW_POINT, CURVE, GREAT, OVER_POINT, SMALL, Kind, Leaf, Rubric

BLOCK = 32_768


def add_leaf(leaf: Leaf, x: list[Array], y: Array, t: Array, flags: Array) -> None:
    """Leave the hundredths of the leaf in *y*, rounded; *t* and *flags* are scratch."""
    match leaf.kind:
        case Kind.RATE:
            np.divide(x[0], x[1], out=y)
            np.minimum(y, 1, out=y)
            y *= leaf.full
            y += 0.5
            np.floor(y, out=y)
        case Kind.BANDS:
            np.divide(x[0], x[1], out=t)
            y.fill(0)
            for (edge, share), (_, lower) in pairwise((*BANDS, (0, 0))):
                np.greater_equal(t, edge / 100, out=flags)
                y += np.multiply(flags, leaf.full * (share - lower) / 100, out=x[2])
            np.rint(y, out=y)
        case Kind.CURVE:
            y.fill(0.5)
            for (low, least), (high, most) in pairwise(CURVE):
                np.clip(x[0], low, high, out=t)
                t -= low
                t *= leaf.full * (most - least) / (100 * (high - low))
                y += t
            np.floor(y, out=y)
        case Kind.STARTED:
            np.divide(x[0], x[1], out=y)
            y -= 1
            y *= 100
            np.ceil(y, out=y)
            np.clip(y, 0, leaf.full / OVER_POINT, out=y)
            y *= -OVER_POINT
            y += leaf.full
        case Kind.BELOW:
            np.divide(x[0], x[1], out=y)
            np.minimum(y, 1, out=y)
            y *= 100 * BELOW_POINT
            y += leaf.full - 100 * BELOW_POINT + 0.5
            np.floor(y, out=y)
            np.maximum(y, 0, out=y)
        case Kind.TALLY:
            np.multiply(x[0], -SMALL, out=y)
            y -= np.multiply(x[1], GREAT, out=t)
            y += leaf.full
            np.maximum(y, 0, out=y)
        case Kind.CHECKS:
            np.add(x[0], x[1], out=y, dtype=float)
            y += x[2]
            y *= leaf.full // 3


def score(of: Rubric, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Return the totals and the places of the grades, the lowest 0."""
    rows = len(next(iter(x.values())))
    total, grades = np.zeros(rows), np.empty(rows, np.int8)
    y, t, scratch, flags = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK, bool)
    inputs = [(leaf, [x[column.name] for column in leaf.inputs]) for leaf in of.leaves]
    for start in range(0, rows, BLOCK):
        some = slice(start, min(start + BLOCK, rows))
        size = some.stop - start
        sums = total[some]
        for leaf, columns in inputs:
            here = [column[some] for column in columns] + [scratch[:size]]
            add_leaf(leaf, here, y[:size], t[:size], flags[:size])
            sums += y[:size]
        grades[some] = 0
        for line in of.lines:
            grades[some] += sums >= line
        sums /= 100
    return total, grades
