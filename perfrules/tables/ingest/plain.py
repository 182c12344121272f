"""Which columns are plain: numbers and truths without gaps, of which nothing is known to lack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.plain import PlainCells, PlainForm, Reading
from perfrules.batch.source import NumberFacts
from perfrules.ir.inputs import InputDeclaration
from perfrules.tables.ingest.cells import Decimals, Floats, Wholes
from perfrules.tables.ingest.fit import Fit, known_fit
from perfrules.tables.ingest.numbers import MOST_EXACT_TENS, SURE
from perfrules.tables.ingest.reading import Read

_FORMS: Final[Mapping[object, PlainForm]] = {
    np.dtype(np.float64): PlainForm.FLOATS,
    np.dtype(np.int64): PlainForm.INT64,
    np.dtype(np.int32): PlainForm.INT32,
    np.dtype(np.bool_): PlainForm.TRUTHS,
}
_TRUTHS: Final = Reading(PlainForm.TRUTHS)
_MOST_FACTOR: Final = 2**53


def plain_cells(read: Read, declaration: InputDeclaration, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
    """Return a column that was *read* as it lies in memory; see `perfrules.batch.source.Block.plain`."""
    if read.missing is not None or read.refused is not None:
        return None
    if facts is None:
        return None if read.truths is None else _plain(read.truths, _TRUTHS)
    fit = known_fit(declaration, facts)
    if fit.low > fit.high:
        return None
    match read.figures:
        case Floats(values):
            return _plain(values, _of_floats(fit)) if dtype == "f8" else None
        case Wholes(values):
            form = _FORMS.get(values.dtype)
            return None if form is None else _plain(values, _of_wholes(form, fit, 10**fit.decimals))
        case Decimals() as cells if cells.scale <= fit.decimals:
            words = _words_of(cells)
            reading = _of_wholes(PlainForm.DECIMALS, fit, 10 ** (fit.decimals - cells.scale))
            return None if words is None or reading is None else PlainCells(words, reading)
    return None


def _plain(values: NDArray[Any], reading: Reading | None) -> PlainCells | None:
    if reading is None or _FORMS.get(values.dtype) is not reading.form or not values.flags.c_contiguous:
        return None
    return PlainCells(values, reading)


def _of_floats(fit: Fit) -> Reading | None:
    """Return how float64 are read: within what `perfrules.tables.ingest.numbers` says of them."""
    if fit.decimals > MOST_EXACT_TENS[8]:
        return None
    low, high = max(fit.low, -SURE[8]), min(fit.high, SURE[8])
    return Reading(PlainForm.FLOATS, 10**fit.decimals, low, high, fit.factor) if low <= high else None


def _of_wholes(form: PlainForm, fit: Fit, unit: int) -> Reading | None:
    """Return how whole numbers are read that are multiples of *unit* as the fit has them."""
    low, high = -(-fit.low // unit), fit.high // unit
    is_known = low <= high and low < 2**63 and high >= -(2**63) and unit * fit.factor <= _MOST_FACTOR
    return Reading(form, 1, low, high, unit * fit.factor) if is_known else None


def _words_of(cells: Decimals) -> NDArray[Any] | None:
    """Return the words of numbers as they lie in memory, low and high by turns; None where they lie otherwise."""
    low, high = cells.low, cells.high
    by_turns = low.strides == high.strides == (16,) and high.ctypes.data == low.ctypes.data + 8
    return np.lib.stride_tricks.as_strided(low, (2 * len(low),), (8,), writeable=False) if by_turns else None
