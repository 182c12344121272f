"""Columns of exact numbers of all entities, in int64 where they fit, else in Python integers.

A number is `top / below`; *below* is one positive integer where all numbers have the same, else a column. They need
not be in lowest terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import lcm
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.lang.exact import Exact

Cells = NDArray[Any]

INT64_END: Final = 2**63


@frozen(eq=False)
class Figures:
    """Numbers; *tops* and *below* are int64 or object (Python integers)."""

    tops: Cells
    below: Cells | int = 1

    def __len__(self) -> int:
        return len(self.tops)

    @property
    def belows(self) -> Cells:
        """The denominators as a column."""
        if isinstance(self.below, int):
            kind = np.dtype(np.int64) if self.below < INT64_END else np.dtype(object)
            return np.full(len(self.tops), self.below, kind)
        return self.below

    def at(self, place: int) -> Exact:
        """Return one number."""
        return Exact(int(self.tops[place]), self.below if isinstance(self.below, int) else int(self.below[place]))

    def take(self, places: Cells) -> Figures:
        """Return the numbers at *places* (or where a mask is true)."""
        return Figures(self.tops[places], self.below if isinstance(self.below, int) else self.below[places])

    def fractions(self) -> list[Exact]:
        """Return the numbers one by one."""
        return [Exact(top, below) for top, below in zip(self.tops.tolist(), self.belows.tolist(), strict=True)]


def figures_of(numbers: Sequence[Exact]) -> Figures:
    """Return a column of these numbers, over one denominator where int64 allows it.

    >>> figures_of([Exact(1, 2), Exact(1, 4)])
    Figures(tops=array([2, 1]), below=4)
    """
    tops, below = _objects(each.numerator for each in numbers), _objects(each.denominator for each in numbers)
    return joined(Figures(compact(tops), compact(below)))


def joined(figures: Figures) -> Figures:
    """Return the same numbers over one denominator, if their common one is small enough for int64."""
    if isinstance(figures.below, int):
        return figures
    kinds = np.unique(figures.below).tolist()
    common = 1
    for each in kinds:
        common = lcm(common, each)
        if common >= INT64_END:
            return figures
    if not kinds or common * greatest(figures.tops) >= INT64_END:
        return figures if kinds else Figures(figures.tops, 1)
    return Figures(figures.tops * (common // figures.below), common)


def compact(cells: Cells) -> Cells:
    """Return whole numbers as int64 where all fit."""
    if cells.dtype == object:
        return cells if greatest(cells) >= INT64_END else cells.astype(np.int64)
    return cells if cells.dtype == np.int64 else cells.astype(np.int64)


def greatest(cells: Cells) -> int:
    """Return the greatest absolute value; 0 of none."""
    return max(abs(int(cells.max())), abs(int(cells.min()))) if len(cells) else 0


def times(cells: Cells, factor: Cells | int) -> Cells:
    """Multiply whole numbers, in Python integers where int64 may be too short."""
    most = abs(factor) if isinstance(factor, int) else greatest(factor)
    if cells.dtype != object and most < INT64_END and most * greatest(cells) < INT64_END:
        return cells * factor
    return as_objects(cells) * (factor if isinstance(factor, int) else as_objects(factor))


def plus(first: Cells, second: Cells) -> Cells:
    """Add whole numbers, in Python integers where int64 may be too short."""
    if greatest(first) + greatest(second) < INT64_END and first.dtype != object and second.dtype != object:
        return first + second
    return as_objects(first) + as_objects(second)


def as_objects(cells: Cells) -> Cells:
    """Return whole numbers as Python integers."""
    return cells if cells.dtype == object else cells.astype(object)


def either(where: Cells, first: Figures, second: Figures) -> Figures:
    """Return *first* where it is so, else *second*."""
    one, other = first.below, second.below
    if isinstance(one, int) and isinstance(other, int):
        common = lcm(one, other)
        tops = _chosen(where, times(first.tops, common // one), times(second.tops, common // other))
        return Figures(tops, common)
    return Figures(_chosen(where, first.tops, second.tops), _chosen(where, first.belows, second.belows))


def _chosen(where: Cells, first: Cells, second: Cells) -> Cells:
    if first.dtype != second.dtype:
        first, second = as_objects(first), as_objects(second)
    return np.where(where, first, second)


def _objects(numbers: Iterable[int]) -> Cells:
    listed = list(numbers)
    found = np.empty(len(listed), object)
    found[:] = listed
    return found
