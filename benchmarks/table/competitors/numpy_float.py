"""Numpy float64 over whole arrays, as an analyst writes it; rounds half up by floor(100 y + 0.5) / 100."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.table.numbers import Array
from benchmarks.table.rubric import BANDS, BELOW_POINT, CURVE, GREAT, LINES, OVER_POINT, SMALL, Kind, Leaf, Rubric


def half_up(y: Array) -> Array:
    """Round to two decimals."""
    return np.floor(y * 100 + 0.5) / 100


def leaf_score(leaf: Leaf, x: Mapping[str, Array]) -> Array:
    """Return the score of one leaf, not yet rounded."""
    full = leaf.full / 100
    first, *others = (x[column.name] for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return full * np.minimum(first / others[0], 1)
        case Kind.BANDS:
            rate = first / others[0]
            return np.select([rate >= edge / 100 for edge, _ in BANDS], [full * share / 100 for _, share in BANDS], 0)
        case Kind.CURVE:
            return np.interp(first, [edge for edge, _ in CURVE], [full * share / 100 for _, share in CURVE])
        case Kind.STARTED:
            over = np.ceil(np.maximum(first / others[0] - 1, 0) * 100)
            return np.maximum(full - over * OVER_POINT / 100, 0)
        case Kind.BELOW:
            below = np.maximum(1 - first / others[0], 0) * 100
            return np.maximum(full - below * BELOW_POINT / 100, 0)
        case Kind.TALLY:
            return np.maximum(full - first * SMALL / 100 - others[0] * GREAT / 100, 0)
        case Kind.CHECKS:
            return full / 3 * (first.astype(int) + others[0] + others[1])


def score(of: Rubric, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Return the totals and the places of the grades, the lowest 0."""
    scores = {leaf.code: half_up(leaf_score(leaf, x)) for leaf in of.leaves}
    for node in (*of.groups, *of.parts):
        scores[node.code] = sum(scores[part.code] for part in node.parts)
    total = half_up(sum(scores[part.code] for part in of.parts))
    return total, np.digitize(total, [line * of.full / 10_000 for line in LINES])
