"""Exact numbers as the float64 nearest to each, for callers who ask for floats."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nextafter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.results import RatioCells, ScaledCells
from perfrules.lang.exact import Exact

_EXACT: Final = 2**53


def doubles_of(
    cells: ScaledCells | RatioCells, valid: NDArray[np.bool_] | None, out: NDArray[Any] | None = None
) -> NDArray[Any]:
    """Return (in *out*) the nearest float64 of each cell, 0 of those that are not valid.

    Where numerator and denominator are whole numbers below 2**53, they are floats without error, and the quotient of
    two floats is the float nearest to that of the numbers; so it is of Python's integers of any size.

    >>> doubles_of(ScaledCells(np.array([5995.0]), 100), None).tolist()
    [59.95]
    """
    above, below = (
        (cells.raw, cells.scale) if isinstance(cells, ScaledCells) else (cells.numerators, cells.denominators)
    )
    out = np.empty(len(above)) if out is None else out
    if _are_small(above, valid) and _are_small(np.asarray(below), valid):
        with np.errstate(all="ignore"):  # what is not valid may be anything
            np.divide(above, below, out=out, casting="unsafe")
            np.add(out, 0.0, out=out)  # zero has no sign
        if valid is not None:
            out[~valid] = 0
        return out
    out[:] = 0
    rows = range(len(above)) if valid is None else np.flatnonzero(valid).tolist()
    for row in rows:
        out[row] = _quotient(int(above[row]), int(below if isinstance(below, int) else below[row]))
    return out


def next_double(end: Exact, outward: Callable[[Exact], int]) -> Exact | None:
    """Return the first float64 from *end* on in the direction in which *outward* rounds; None where there is none.

    >>> from math import ceil
    >>> next_double(Exact(1, 4), ceil), next_double(Exact(1, 3), ceil) > Exact(1, 3)
    (Fraction(1, 4), True)
    """
    near = _quotient(end.numerator, end.denominator)
    if abs(near) == inf:
        return None
    up = outward(Exact(1, 2)) == 1
    if (Exact(near) < end) if up else (Exact(near) > end):
        near = nextafter(near, inf if up else -inf)
    return Exact(near) if abs(near) < inf else None


def _are_small(numbers: NDArray[Any], valid: NDArray[np.bool_] | None) -> bool:
    if numbers.dtype == object:
        return False
    if numbers.dtype == np.float64:
        return True  # whole numbers in float64 are below 2**53
    if numbers.ndim == 0:
        return abs(int(numbers)) <= _EXACT
    where: Any = True if valid is None else valid
    return bool(numbers.max(initial=0, where=where) <= _EXACT and numbers.min(initial=0, where=where) >= -_EXACT)


def _quotient(above: int, below: int) -> float:
    try:
        return above / below
    except OverflowError:
        return inf if above > 0 else -inf
