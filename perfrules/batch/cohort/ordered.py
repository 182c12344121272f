"""Members sorted by group, then by what they bring: who stands where, and who stands equal."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import Cells

_PACKED_END: Final = 2**62


@frozen(eq=False, slots=False)
class Ordered:
    """Members in order: *order* has their places, *starts* and *counts* tell of each group where it begins and how many
    it has; *changes* is true where a group or another value begins.
    """

    order: Cells
    groups: Cells
    starts: Cells
    counts: Cells
    changes: NDArray[Any]

    @cached_property
    def run_starts(self) -> Cells:
        """For each in order, where those begin that equal it."""
        begins = np.flatnonzero(self.changes)
        return begins[self._runs]

    @cached_property
    def run_ends(self) -> Cells:
        """For each in order, where those end that equal it (the place after the last)."""
        ends = np.append(np.flatnonzero(self.changes)[1:], len(self.order))
        return ends[self._runs]

    @cached_property
    def _runs(self) -> Cells:
        return np.cumsum(self.changes) - 1

    @cached_property
    def group_starts(self) -> Cells:
        """For each in order, where its group begins."""
        return self.starts[self.groups]

    @cached_property
    def group_counts(self) -> Cells:
        """For each in order, how many its group has."""
        return self.counts[self.groups]

    @property
    def kinds(self) -> Cells:
        """How many different values each group has."""
        return np.bincount(self.groups[self.changes], minlength=len(self.starts))

    def back(self, in_order: Cells) -> Cells:
        """Return cells that are in order in the order of the members."""
        found = np.empty(len(in_order), in_order.dtype)
        found[self.order] = in_order
        return found


def in_order(groups: Cells, number: int, keys: Cells) -> Ordered:
    """Sort members by *groups* (codes below *number*), then by *keys*, both int64.

    One column of integers sorts several times faster than two, so both are packed into one where they fit.
    """
    low, high = (int(keys.min()), int(keys.max())) if len(keys) else (0, 0)
    span = high - low + 1
    changes: NDArray[Any] = np.zeros(len(keys), bool)
    changes[:1] = True
    if number * span < _PACKED_END:
        packed = groups * span + (keys - low)
        order = np.argsort(packed)
        packed = packed[order]
        changes[1:] = packed[1:] != packed[:-1]
    else:
        order = np.lexsort((keys, groups))
        for each in (groups, keys):
            sorted_ = each[order]
            changes[1:] |= sorted_[1:] != sorted_[:-1]
    counts = np.bincount(groups, minlength=number)
    return Ordered(order, groups[order], np.cumsum(counts) - counts, counts, changes)
