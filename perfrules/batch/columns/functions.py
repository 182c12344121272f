"""What instructions call besides numpy's own functions; each writes into its last argument."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from perfrules.batch.columns.code import Array, Function


def fill(value: Any, out: Array) -> None:
    """Put *value* everywhere."""
    out.fill(value)


def cast(x: Array, out: Array) -> None:
    """Convert whole numbers or truths; what is no number (where nothing matters) becomes anything."""
    np.copyto(out, x, casting="unsafe")


def clip(x: Array, low: float, high: float, out: Array) -> None:
    """Hold between two constants (faster than numpy's minimum with a scalar)."""
    np.clip(x, low, high, out=out)


def minimum(x: Array, y: Any, out: Array) -> None:
    """Take the lesser of two."""
    np.minimum(x, y, out=out)


def maximum(x: Array, y: Any, out: Array) -> None:
    """Take the greater of two."""
    np.maximum(x, y, out=out)


IN_PLACE: Final[frozenset[Function]] = frozenset({clip, minimum, maximum})
"""Those that may write where they read."""


def near_zero(x: Array, within: float, out: Array) -> None:
    """Tell where |x| is less than *within*."""
    size = np.abs(x)
    np.less(size, within, out=out)


def to_even(rounded_up: Array, x: Array, tie_at: float, out: Array) -> None:
    """Of halves rounded up, take the even neighbour of ties: those that lie *tie_at* or more above *x*."""
    half = np.multiply(rounded_up, 0.5)
    odd = np.not_equal(np.floor(half), half)
    odd &= np.subtract(rounded_up, x) >= tie_at
    np.subtract(rounded_up, odd, out=out)


def floor_divide(above: Array, below: Any, out: Array) -> None:
    """Divide int64, downward; where the divisor is 0 nothing matters."""
    np.floor_divide(above, below, out=out)
