"""Exact numbers as the cells of decimal columns, or of columns of numerators and denominators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.results import CellForm, RatioCells, ScaledCells, StoredCells
from perfrules.batch.slabs import words_for
from perfrules.tables.results.columns import ResultColumn
from perfrules.tables.results.doubles import doubles_of
from perfrules.tables.results.stored import Stored
from perfrules.tables.results.written import Decimals, Doubles, Ratios, Whole, Written

NumberCells: TypeAlias = ScaledCells | RatioCells
Valid: TypeAlias = NDArray[np.bool_] | None
"""Which cells hold a number; None: all do. What stands in the others may be anything."""


class NumbersTooLarge(Exception):  # noqa: N818 - named by what it is
    """Numbers that no declaration bounds have more digits than their column can hold: that headed *name*, in *rows*."""

    def __init__(self, name: str, rows: Sequence[int]) -> None:
        super().__init__(name, rows)
        self.name, self.rows = name, rows


class _TooLarge(Exception):  # noqa: N818 - named by what it is
    """Some numbers, at *rows*, have too many digits."""

    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__(rows)
        self.rows = rows


_INT64: Final = 2**63
_LOW_WORD: Final = 2**64 - 1
_PRECISION: Final = 38
"""Digits that a decimal128 holds."""
_LONGEST: Final = 10**_PRECISION


def asked_for(written: Written, out: NDArray[Any] | None) -> CellForm | None:
    """Return how the kernel may write numbers at once, into *out* where float64 are to lie there; None: in no form."""
    match written:
        case Doubles():
            return CellForm(None, lambda rows: np.empty(rows) if out is None else out)
        case Decimals(precision=precision, places=places, bounded=bounded) if bounded or precision == _PRECISION:
            return CellForm(10**places, words_for)
    return None


def as_asked(cells: StoredCells, valid: Valid) -> Stored:
    """Return the Arrow column of numbers that the kernel wrote at once."""
    if valid is not None:
        cells.cells[~valid] = 0
    return Stored(cells.cells, valid)


def stored_numbers(
    cells: NumberCells,
    column: ResultColumn,
    valid: Valid,
    aside: NDArray[np.bool_] | None = None,
    out: NDArray[Any] | None = None,
) -> tuple[Stored, ...]:
    """Return the Arrow columns (one, or numerators and denominators) of numbers; of rows put *aside* anything.

    *out* is where float64 may be written.

    Raises NumbersTooLarge where a number that no declaration bounds has more digits than its column can hold.
    """
    sure, written = valid, column.written
    if aside is not None and aside.any():
        sure = ~aside if valid is None else valid & ~aside
    try:
        if isinstance(written, Decimals):
            return (Stored(_decimals(cells, written, valid, sure), valid),)
        if isinstance(written, Doubles):
            return (Stored(doubles_of(cells, valid, out), valid),)
        assert isinstance(written, Ratios)
        return tuple(_whole(each, written.parts, sure) for each in _lowest_terms(cells, sure))
    except _TooLarge as found:
        raise NumbersTooLarge(column.name, found.rows) from None


def _decimals(cells: NumberCells, written: Decimals, valid: Valid, sure: Valid) -> NDArray[Any]:
    unscaled = _unscaled(cells, 10**written.places, written, sure)
    if unscaled.dtype == object:
        return _words(unscaled, 10**written.precision)
    words = words_for(len(unscaled))
    with np.errstate(invalid="ignore"):  # what is not valid may be NaN
        np.copyto(words[:, 0], unscaled, casting="unsafe")
    if valid is not None:
        words[~valid, 0] = 0
    if written.signed:
        np.right_shift(words[:, 0], 63, out=words[:, 1])
    else:
        words[:, 1] = 0
    return words


def _is_short(written: Decimals) -> bool:
    """Tell whether 64 bits surely hold the numbers: below 18 digits they do."""
    return written.bounded and written.precision == 18


def _unscaled(cells: NumberCells, scale: int, written: Decimals, valid: Valid) -> NDArray[Any]:
    """Return `number * scale`, whole: as whole float64 below 2**53 or int64 where that surely holds it, else as
    Python's integers.
    """
    if isinstance(cells, ScaledCells) and cells.raw.dtype != object:
        if cells.scale == scale:
            return cells.raw
        times, rest = divmod(scale, cells.scale)
        if rest == 0 and times < _INT64 and _is_short(written):
            return _as_int64(cells.raw, valid) * times
    top, below = _as_objects(cells, valid)
    scaled = top * scale
    whole: NDArray[Any] = scaled // below
    if not np.array_equal(whole * below, scaled):
        raise AssertionError("a number is no multiple of what its column is said to hold")
    return whole


def _lowest_terms(cells: NumberCells, valid: Valid) -> tuple[NDArray[Any], NDArray[Any]]:
    if isinstance(cells, RatioCells):
        return cells.numerators, cells.denominators
    if cells.raw.dtype == object or cells.scale >= _INT64:
        top, below = _as_objects(cells, valid)
        divisor = np.gcd(top, below)
    else:
        top = _as_int64(cells.raw, valid)
        below = np.full(len(top), cells.scale, np.int64)
        divisor = np.gcd(top, below)
    return top // divisor, below // divisor


def _whole(numbers: NDArray[Any], parts: Whole, valid: Valid) -> Stored:
    match parts:
        case Whole.INT64:
            held = numbers.astype(np.int64)
            return Stored(held if valid is None else np.where(valid, held, 0), valid)
        case Whole.DECIMAL:
            return Stored(_words(_objects(numbers, valid), _LONGEST), valid)
    texts = tuple(str(each) for each in _objects(numbers, valid).tolist())
    codes = np.arange(len(texts), dtype=np.int32)
    return Stored(codes if valid is None else np.where(valid, codes, np.int32(0)), valid, texts)


def _words(numbers: NDArray[Any], end: int) -> NDArray[Any]:
    """Return Python's integers as two words each, the lower one first; _TooLarge from *end* on."""
    words = np.zeros((len(numbers), 2), np.int64)
    too_large: list[int] = []
    for place, number in enumerate(numbers.tolist()):
        if not -end < number < end:
            too_large.append(place)
            continue
        low = number & _LOW_WORD
        words[place] = (low - 2 * _INT64 if low >= _INT64 else low, number >> 64)
    if too_large:
        raise _TooLarge(too_large)
    return words


def _as_int64(raw: NDArray[Any], valid: Valid) -> NDArray[np.int64]:
    with np.errstate(invalid="ignore"):
        whole = raw.astype(np.int64)
    if valid is not None:
        whole[~valid] = 0
    return whole


def _as_objects(cells: NumberCells, valid: Valid) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return numerators and denominators as Python's integers, 0/1 for what is not valid."""
    if isinstance(cells, RatioCells):
        return _objects(cells.numerators, valid), _objects(cells.denominators, valid, 1)
    below = np.full(len(cells.raw), cells.scale, object)
    return _objects(cells.raw, valid), below


def _objects(numbers: NDArray[Any], valid: Valid, otherwise: int = 0) -> NDArray[Any]:
    if numbers.dtype == object:
        held = numbers.copy() if valid is not None else numbers
    else:
        held = _as_int64(numbers, valid).astype(object)
    if valid is not None:
        held[~valid] = otherwise
    result: NDArray[Any] = held
    return result
