"""Exact by hand: int64 hundredths and `//`, in blocks; each formula turned into whole numbers by who writes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from benchmarks.table.numbers import Array
from benchmarks.table.rubric import BANDS, BELOW_POINT, CURVE, GREAT, OVER_POINT, SMALL, Kind, Leaf, Rubric

BLOCK = 32_768


def half_up(top: Array, bottom: Array | int) -> Array:
    """Return top / bottom to the nearest whole number, ties up; *top* is spent."""
    top *= 2
    top += bottom
    top //= 2 * bottom
    return top


def hundredths(leaf: Leaf, x: list[Array]) -> Array:
    """Return the score of one leaf in hundredths, rounded; money is in hundredths, percentages in tenths."""
    match leaf.kind:
        case Kind.RATE:
            return half_up(np.minimum(x[0], x[1]) * leaf.full, x[1])
        case Kind.BANDS:
            done, y = x[0] * 100, np.zeros(len(x[0]), np.int64)
            for (edge, share), (_, lower) in pairwise((*BANDS, (0, 0))):
                y += (done >= x[1] * edge) * (leaf.full * (share - lower) // 100)
            return y
        case Kind.CURVE:
            y, width = np.zeros(len(x[0]), np.int64), math.lcm(*(high - low for (low, _), (high, _) in pairwise(CURVE)))
            for (low, least), (high, most) in pairwise(CURVE):
                slope = leaf.full * (most - least) * (width // (high - low))
                y += (np.clip(x[0], low * 10, high * 10) - low * 10) * slope
            return half_up(y, 100 * width * 10)
        case Kind.STARTED:
            started = -((x[1] - x[0]) * 100 // x[1])
            return np.maximum(leaf.full - np.maximum(started, 0) * OVER_POINT, 0)
        case Kind.BELOW:
            short = np.maximum(x[1] - x[0], 0) * (100 * BELOW_POINT)
            return half_up(np.maximum(leaf.full * x[1] - short, 0), x[1])
        case Kind.TALLY:
            return np.maximum(leaf.full - x[0] * SMALL - x[1] * GREAT, 0)
        case Kind.CHECKS:
            return (x[0].astype(np.int64) + x[1] + x[2]) * (leaf.full // 3)


def score(of: Rubric, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Return the totals in hundredths and the places of the grades, the lowest 0."""
    rows = len(next(iter(x.values())))
    total, grades = np.zeros(rows, np.int64), np.empty(rows, np.int8)
    inputs = [(leaf, [x[column.name] for column in leaf.inputs]) for leaf in of.leaves]
    for start in range(0, rows, BLOCK):
        some = slice(start, start + BLOCK)
        for leaf, columns in inputs:
            total[some] += hundredths(leaf, [column[some] for column in columns])
        grades[some] = np.digitize(total[some], of.lines)
    return total, grades
