"""Exact by hand, row by row: Python's Fraction, the formulas as they are written in the rubric."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from benchmarks.table.rubric import BANDS, BELOW_POINT, CURVE, GREAT, OVER_POINT, SMALL, Kind, Leaf, Rubric

Row = Mapping[str, Fraction]


def half_up(y: Fraction) -> Fraction:
    """Round to two decimals."""
    return Fraction(math.floor(y * 100 + Fraction(1, 2)), 100)


def leaf_score(leaf: Leaf, row: Row) -> Fraction:
    """Return the score of one leaf, not yet rounded."""
    full = Fraction(leaf.full, 100)
    first, *others = (row[column.name] for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return full * min(first / others[0], 1)
        case Kind.BANDS:
            return next(
                (full * share / 100 for edge, share in BANDS if first / others[0] >= Fraction(edge, 100)), full * 0
            )
        case Kind.CURVE:
            return curve(first, [(edge, full * share / 100) for edge, share in CURVE])
        case Kind.STARTED:
            over = math.ceil(max(first / others[0] - 1, 0) * 100)
            return max(full - over * Fraction(OVER_POINT, 100), Fraction(0))
        case Kind.BELOW:
            return max(full - max(1 - first / others[0], 0) * BELOW_POINT, Fraction(0))
        case Kind.TALLY:
            return max(full - first * Fraction(SMALL, 100) - others[0] * Fraction(GREAT, 100), Fraction(0))
        case Kind.CHECKS:
            return full / 3 * (first + others[0] + others[1])


def curve(x: Fraction, points: Sequence[tuple[int, Fraction]]) -> Fraction:
    """Return the height of the piecewise straight line at *x*."""
    for (left, low), (right, high) in pairwise(points):
        if x < right:
            return low + (high - low) * max(x - left, Fraction(0)) / (right - left)
    return points[-1][1]


def score(of: Rubric, rows: Sequence[Row]) -> tuple[list[Fraction], list[int]]:
    """Return the totals and the places of the grades, the lowest 0."""
    totals = [sum((half_up(leaf_score(leaf, row)) for leaf in of.leaves), Fraction(0)) for row in rows]
    return totals, [sum(total * 100 >= line for line in of.lines) for total in totals]
