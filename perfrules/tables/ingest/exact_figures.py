"""Chosen cells of numbers as exact numerators and denominators, at once where that is possible."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.ir.inputs import InputDeclaration
from perfrules.tables.ingest.cells import Decimals, Floats, Wholes
from perfrules.tables.ingest.figures import exact_at
from perfrules.tables.ingest.fit import divisor_of
from perfrules.tables.ingest.reading import Figures

_DECIMALS_TRIED: Final = (0, 1, 2, 3, 4, 6, 8)
_SURE: Final = 2**51
"""Below, a float64 that passes the check of `perfrules.tables.ingest.numbers` is that decimal."""


def exact_cells(
    figures: Figures, declaration: InputDeclaration, places: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return numerators and denominators (object arrays) of the cells at *places*; 0 over 1 where there is none."""
    found = _at_once(figures, places)
    if found is None:
        numbers = [exact_at(figures, place, declaration) for place in places.tolist()]
        return _objects([each.numerator for each in numbers]), _objects([each.denominator for each in numbers])
    wholes, scale = found
    return wholes.astype(object), np.full(len(places), scale * divisor_of(declaration), object)


def _at_once(figures: Figures, places: NDArray[Any]) -> tuple[NDArray[np.int64], int] | None:
    """Return whole numbers over one scale, if all cells have one that is tried."""
    match figures:
        case Wholes(values, _) if values.dtype.kind == "i":
            return values[places].astype(np.int64), 1
        case Decimals():
            low = figures.low[places]
            narrow = np.array_equal(low >> 63, figures.high[places])
            return (low, 10**figures.scale) if narrow else None
        case Floats(values, _) if values.dtype == np.float64:
            found = values[places]
            return _of_floats(np.where(np.isnan(found), 0.0, found))  # exact_at gives 0 for what is missing, too
    return None


def _of_floats(values: NDArray[Any]) -> tuple[NDArray[np.int64], int] | None:
    for decimals in _DECIMALS_TRIED:
        unit = np.float64(10**decimals)
        with np.errstate(all="ignore"):
            raw = np.rint(values * unit)
            if np.array_equal(raw / unit, values) and bool(np.all(np.abs(raw) < _SURE)):
                return raw.astype(np.int64), 10**decimals
    return None


def _objects(numbers: list[int]) -> NDArray[Any]:
    found = np.empty(len(numbers), object)
    found[:] = numbers
    return found
