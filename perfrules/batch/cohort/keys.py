"""Whole numbers in int64 that are in the order of exact numbers, and equal exactly where they are equal."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import INT64_END, Cells, Figures, as_objects, greatest

_LIMB: Final = 62
_HALF: Final = 31


def keys_of(figures: Figures) -> Cells:
    """Return a key for each number, as int64.

    Over one denominator the numerators are keys. Else let all denominators be below 2**b: two different numbers are
    more than 2**-2b apart, so that multiplied by 2**2b and rounded down they still differ, in the same order.

    >>> keys_of(Figures(np.array([1, 2, 2]), np.array([3, 6, 5]))).tolist()
    [21, 21, 25]
    """
    if isinstance(figures.below, int):
        return figures.tops if figures.tops.dtype != object else _ranked(figures.tops)
    bits = greatest(figures.below).bit_length()
    if bits <= _HALF and figures.tops.dtype != object:
        whole, part = np.divmod(figures.tops, figures.below)
        scaled = _fraction(part, figures.below, bits)
        if (greatest(whole) + 1) << 2 * bits < INT64_END:
            return (whole << 2 * bits) + scaled
        return _in_order([scaled, whole])
    return _ranked((as_objects(figures.tops) * 2 ** (2 * bits)) // as_objects(figures.below))


def _fraction(part: Cells, below: Cells, bits: int) -> Cells:
    """Return part / below in units of 2**-2b, rounded down, in two steps that stay within int64."""
    first, rest = np.divmod(part << bits, below)
    found: Cells = (first << bits) + (rest << bits) // below
    return found


def _ranked(numbers: Cells) -> Cells:
    """Return Python integers of any length as their places among the different ones."""
    if not len(numbers):
        return np.zeros(0, np.int64)
    left = numbers - int(numbers.min())
    limbs: list[Cells] = []
    while greatest(left):
        limbs.append((left % 2**_LIMB).astype(np.int64))
        left = left // 2**_LIMB
    return _in_order(limbs) if limbs else np.zeros(len(numbers), np.int64)


def _in_order(limbs: list[Cells]) -> Cells:
    """Return the places of what *limbs* make together (the last counts most) among the different ones."""
    order = np.lexsort(limbs)
    changes: NDArray[Any] = np.zeros(len(order), bool)
    for limb in limbs:
        in_order = limb[order]
        changes[1:] |= in_order[1:] != in_order[:-1]
    found = np.empty(len(order), np.int64)
    found[order] = np.cumsum(changes)
    return found


def dense(keys: Cells) -> tuple[Cells, int]:
    """Return codes from 0 on, without a gap and in the order of *keys*, and how many there are.

    >>> dense(np.array([7, 3, 7]))
    (array([1, 0, 1]), 2)
    """
    if not len(keys):
        return np.zeros(0, np.int64), 0
    low, high = int(keys.min()), int(keys.max())
    if high - low < 4 * len(keys):
        occurs = np.zeros(high - low + 1, bool)
        occurs[keys - low] = True
        codes = np.cumsum(occurs) - 1
        return codes[keys - low], int(codes[-1]) + 1
    kinds, codes = np.unique(keys, return_inverse=True)
    return codes, len(kinds)
