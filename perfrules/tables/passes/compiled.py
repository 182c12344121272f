"""Loops over cells that numba compiles for this machine; imported only where there are cells enough to pay for that.

Each computes what `perfrules.tables.ingest.numbers` and `perfrules.tables.results.number_cells` compute in several
passes over arrays, by the same operations of float64 to nearest (nothing is fused or reordered: `fastmath` is off), and
does not look for which cells do not fit: it tells only whether all do.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit, types

_READ: Final = {kind: types.Array(kind, 1, "C", readonly=True) for kind in (types.float64, types.int64, types.int32)}
_FLOATS: Final = types.float64[::1]
_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "cache": True, "error_model": "numpy"}


@njit(types.boolean(_READ[types.float64], types.float64, types.float64, types.float64, _FLOATS), **_OPTIONS)
def floats(values: Any, unit: float, low: float, high: float, out: Any) -> bool:
    """Write the whole numbers that *values* are of 1/*unit*; tell whether all are, from *low* to *high*."""
    unfit = False
    for place in range(len(values)):
        raw = np.rint(values[place] * unit)
        out[place] = raw
        unfit |= not ((raw / unit == values[place]) & (raw >= low) & (raw <= high))
    return not unfit


@njit(
    [
        types.boolean(_READ[kind], types.int64, types.int64, types.float64, _FLOATS)
        for kind in (types.int64, types.int32)
    ],
    **_OPTIONS,
)
def wholes(values: Any, low: int, high: int, times: float, out: Any) -> bool:
    """Write *times* whole numbers; tell whether all are from *low* to *high*."""
    unfit = False
    for place in range(len(values)):
        out[place] = values[place] * times
        unfit |= (values[place] < low) | (values[place] > high)
    return not unfit


@njit(types.boolean(_READ[types.int64], types.int64, types.int64, types.float64, _FLOATS), **_OPTIONS)
def decimals(words: Any, low: int, high: int, times: float, out: Any) -> bool:
    """Write *times* numbers of 128 bits (the lower word first); tell whether all are from *low* to *high*."""
    unfit = False
    for place in range(len(out)):
        number = words[2 * place]
        out[place] = number * times
        unfit |= (words[2 * place + 1] != number >> 63) | (number < low) | (number > high)
    return not unfit


@njit(types.void(types.Array(types.float64, 1, "C", readonly=True), types.int64, types.int64[::1]), **_OPTIONS)
def words(raw: Any, times: int, out: Any) -> None:
    """Write *times* whole numbers as numbers of 128 bits, the lower word first."""
    for place in range(len(raw)):
        number = np.int64(raw[place]) * times
        out[2 * place] = number
        out[2 * place + 1] = number >> 63
