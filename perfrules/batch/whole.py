"""Rounding of columns of exact numbers, in integers."""

from __future__ import annotations

import numpy as np

from perfrules.batch.rationals import Cells, Numbers, from_fractions
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact, step_at


def rounded(numbers: Numbers, rounding: Rounding) -> Numbers:
    """Return *numbers* rounded."""
    if isinstance(rounding.target, Significant):
        return from_fractions([round_exact(value, rounding) for value in numbers.fractions()])
    step = step_at(Exact(0), rounding.target)
    steps = to_whole(numbers.numerators * step.denominator, numbers.of_each() * step.numerator, rounding.mode)
    return Numbers(steps * step.numerator, step.denominator)


def to_whole(n: Cells, d: Cells, mode: Mode) -> Cells:
    """Return n / d as whole numbers, for positive *d*.

    >>> to_whole(np.array([5, -5, 3], object), np.array([2, 2, 2], object), Mode.HALF_UP).tolist()
    [3, -3, 2]
    """
    whole: Cells
    match mode:
        case Mode.FLOOR:
            whole = n // d
        case Mode.CEILING:
            whole = -(-n // d)
        case Mode.TRUNCATE:
            whole = np.sign(n) * (abs(n) // d)
        case Mode.HALF_UP:
            whole = np.sign(n) * ((2 * abs(n) + d) // (2 * d))
        case Mode.HALF_DOWN:
            whole = np.sign(n) * -((d - 2 * abs(n)) // (2 * d))
        case Mode.HALF_EVEN:
            below = n // d
            past = 2 * (n - below * d) - d
            up = (past > 0) | ((past == 0) & (below % 2 == 1))
            whole = below + up.astype(np.int64).astype(object)
    return whole
