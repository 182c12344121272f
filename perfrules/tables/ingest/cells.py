"""The cells of one column of one block, as the few forms in which tables hold them; no declaration is looked at yet.

Numbers, truths and days lie in numpy arrays, mostly views of the caller's own memory; everything else is a code into a
list of distinct things. *nulls* are the cells in which nothing stands (None: there are none); what the arrays hold
there means nothing. NaN is nothing, too, but is only looked for where a column does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Mask: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]


@frozen(eq=False)
class Floats:
    """Numbers as float64 or float32: each stands for its shortest decimal; NaN is nothing."""

    values: NDArray[Any]
    nulls: Mask | None = None

    def __len__(self) -> int:
        return len(self.values)


@frozen(eq=False)
class Wholes:
    """Whole numbers of any integer type."""

    values: NDArray[Any]
    nulls: Mask | None = None

    def __len__(self) -> int:
        return len(self.values)


@frozen(eq=False)
class Decimals:
    """Numbers of 128 bits over 10**scale: their low and high words (int64; the low one holds 64 bits without sign)."""

    low: NDArray[Any]
    high: NDArray[Any]
    scale: int
    nulls: Mask | None = None

    def __len__(self) -> int:
        return len(self.low)


@frozen(eq=False)
class Truths:
    """True or false."""

    values: NDArray[Any]
    nulls: Mask | None = None

    def __len__(self) -> int:
        return len(self.values)


@frozen(eq=False)
class Days:
    """Dates as ordinals (int64); *odd* are moments that are more than a day, or days outside the calendar."""

    ordinals: NDArray[Any]
    nulls: Mask | None = None
    odd: Mask | None = None

    def __len__(self) -> int:
        return len(self.ordinals)


@frozen(eq=False)
class Coded:
    """Anything, by its place in *words*; -1 where nothing stands."""

    codes: NDArray[Any]
    words: tuple[object, ...]

    def __len__(self) -> int:
        return len(self.codes)


@frozen(eq=False)
class Lists:
    """Records of each row, and their fields by heading; *odd* are rows whose cell is no list of records."""

    counts: NDArray[Any]
    fields: Mapping[str, Cells]
    nulls: Mask | None = None
    odd: Mask | None = None

    def __len__(self) -> int:
        return len(self.counts)


Cells: TypeAlias = Floats | Wholes | Decimals | Truths | Days | Coded | Lists


def taken(cells: Cells, places: Places) -> Cells:
    """Return the cells at *places*, in that order; lists of records cannot be taken."""
    match cells:
        case Floats(values, nulls):
            return Floats(values[places], _at(nulls, places))
        case Wholes(values, nulls):
            return Wholes(values[places], _at(nulls, places))
        case Truths(values, nulls):
            return Truths(values[places], _at(nulls, places))
        case Decimals(low, high, scale, nulls):
            return Decimals(low[places], high[places], scale, _at(nulls, places))
        case Days(ordinals, nulls, odd):
            return Days(ordinals[places], _at(nulls, places), _at(odd, places))
        case Coded(codes, words):
            return Coded(codes[places], words)
    raise TypeError("lists of records lie in rows, not in records")


def nothing(rows: int) -> Coded:
    """Return a column in which nothing stands."""
    return Coded(np.full(rows, -1, np.int32), ())


def same(word: object, rows: int) -> Coded:
    """Return a column in which the same stands everywhere."""
    return Coded(np.zeros(rows, np.int32), (word,))


def absent(cells: Cells) -> Mask | None:
    """Return where nothing stands; None: nowhere."""
    match cells:
        case Floats(values, nulls):
            lacking = np.isnan(values)
            found = lacking if nulls is None else lacking | nulls
        case Coded(codes, _):
            found = codes < 0
        case _:
            return cells.nulls
    return found if found.any() else None


def either(first: Mask | None, second: Mask | None) -> Mask | None:
    """Return where one of two holds; None: nowhere."""
    if first is None or second is None:
        return second if first is None else first
    return first | second


def _at(mask: Mask | None, places: Places) -> Mask | None:
    return None if mask is None else mask[places]
