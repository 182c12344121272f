"""Any cells by their distinct values, for columns that no array can be taken from as they stand."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.readers.python_values import Foreign
from perfrules.tables.ingest.cells import Cells, Coded, Days, Decimals, Floats, Lists, Mask, Truths, Wholes, either

_EXACT: Final = Context(prec=80)
_LIST: Final = Foreign("[…]")
_MOMENT: Final = Foreign("…")


def distinct_of(cells: Cells) -> Coded:
    """Return *cells* as codes of what the reader of single cells takes; a list or an odd moment as what it refuses.

    >>> distinct_of(Wholes(np.array([7, 3, 7]))).codes.tolist()
    [1, 0, 1]
    """
    match cells:
        case Coded():
            return cells
        case Floats(values, nulls) | Wholes(values, nulls) | Truths(values, nulls):
            return Coded(*_coded(values, nulls))
        case Days(ordinals, nulls, odd):
            codes, words = _coded(ordinals, either(nulls, odd))
            return _with_word(Coded(codes, tuple(map(date.fromordinal, words))), odd, _MOMENT)
        case Decimals():
            return _of_decimals(cells)
        case Lists(counts, _, nulls, _):
            lists = np.ones(len(counts), bool) if nulls is None else ~nulls
            return _with_word(Coded(np.full(len(counts), -1), ()), lists, _LIST)


def number_at(cells: Decimals, place: int) -> int:
    """Return one number of 128 bits, without its scale."""
    return (int(cells.high[place]) << 64) + (int(cells.low[place]) & (2**64 - 1))


def _coded(values: NDArray[Any], nulls: Mask | None) -> tuple[NDArray[Any], tuple[Any, ...]]:
    kept = values if nulls is None else values[~nulls]
    words, inverse = np.unique(kept, return_inverse=True)
    codes = np.full(len(values), -1)
    codes[slice(None) if nulls is None else ~nulls] = inverse
    return codes, tuple(words) if words.dtype == np.float32 else tuple(words.tolist())


def _of_decimals(cells: Decimals) -> Coded:
    places: dict[int, int] = {}
    codes = np.full(len(cells.low), -1)
    for row in range(len(codes)):
        if cells.nulls is None or not cells.nulls[row]:
            codes[row] = places.setdefault(number_at(cells, row), len(places))
    return Coded(codes, tuple(Decimal(number).scaleb(-cells.scale, _EXACT) for number in places))


def _with_word(coded: Coded, where: Mask | None, word: object) -> Coded:
    if where is None:
        return coded
    return Coded(np.where(where, len(coded.words), coded.codes), (*coded.words, word))
