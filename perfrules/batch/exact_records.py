"""From the records of entities to the entities: sums, extremes and statistics by entity, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.rationals import Cells, Numbers, from_fractions
from perfrules.batch.tape import Statistic
from perfrules.evaluate.means import median
from perfrules.evaluate.numeric_statistics import statistic_of
from perfrules.ir.expressions import AggregateOp, CompareOp
from perfrules.lang.exact import Exact

V = TypeVar("V")


@frozen(eq=False)
class Records:
    """Which records are whose: *counts* by entity, and where each entity's begin, with the end of the last."""

    counts: NDArray[Any]
    starts: NDArray[Any]

    @staticmethod
    def of(counts: NDArray[Any]) -> Records:
        """Return the records of entities that have so many each."""
        whole = np.asarray(counts, dtype=np.int64)
        return Records(whole, np.concatenate((np.zeros(1, np.int64), np.cumsum(whole))))

    @property
    def number(self) -> int:
        """Return how many records there are."""
        return int(self.starts[-1])

    def spread(self, cells: Cells) -> Cells:
        """Return each record's entity's cell."""
        return np.repeat(cells, self.counts)

    def counted(self, truths: Cells) -> NDArray[Any]:
        """Return for how many records of each entity it is true."""
        return self._sums(truths.astype(np.int64))

    def sums(self, numerators: Cells) -> Cells:
        """Return the sum of each entity's Python integers."""
        return self._sums(numerators)

    def greatest(self, codes: Cells) -> Cells:
        """Return the greatest code of each entity, 0 without records."""
        return np.array([max(each, default=0) for each in self.by_entity(codes.tolist())], dtype=np.int64)

    def by_entity(self, cells: list[V]) -> list[list[V]]:
        """Return the cells of each entity's records."""
        return [cells[start:end] for start, end in pairwise(self.starts.tolist())]

    def _sums(self, cells: Cells) -> Cells:
        found = np.zeros(len(self.counts), dtype=cells.dtype)
        present = self.counts > 0
        if present.any():
            found[present] = np.add.reduceat(cells, self.starts[:-1][present])
        return found


def totals(numbers: Numbers, records: Records) -> Numbers:
    """Return the sums by entity."""
    if isinstance(numbers.denominators, int):
        return Numbers(records.sums(numbers.numerators), numbers.denominators)
    return from_fractions([sum(each, Exact(0)) for each in records.by_entity(numbers.fractions())])


def least_of(numbers: Numbers, taken: Cells, records: Records, wanted: CompareOp) -> Numbers:
    """Return the least (LESS) or greatest of those that are taken, by entity."""
    choose = min if wanted is CompareOp.LESS else max
    chosen = _taken(numbers.fractions(), taken, records)
    return from_fractions([choose(each) if each else Exact(0) for each in chosen])


def statistic_of_each(statistic: Statistic, values: Sequence[Any], taken: Cells, records: Records) -> Numbers:
    """Return the statistic of those that are taken, by entity: of numbers, or of codes for COUNT_DISTINCT."""
    return from_fractions([_statistic(statistic, each) for each in _taken(list(values), taken, records)])


def _taken(cells: list[V], taken: Cells, records: Records) -> list[list[V]]:
    pairs = list(zip(cells, taken.tolist(), strict=True))
    return [[cell for cell, is_taken in each if is_taken] for each in records.by_entity(pairs)]


def _statistic(statistic: Statistic, values: Sequence[Any]) -> Exact:
    match statistic.op:
        case AggregateOp.COUNT_DISTINCT:
            return Exact(len(set(values)))
        case AggregateOp.DEVIATION_POPULATION | AggregateOp.DEVIATION_SAMPLE:
            return _variance(values, len(values) - (statistic.op is AggregateOp.DEVIATION_SAMPLE))
        case AggregateOp.MEDIAN:
            return median(values) if values else Exact(0)
        case _:
            found = statistic_of(statistic.op, values, statistic.trimming) if values else None
            return Exact(0) if found is None else found


def _variance(values: Sequence[Exact], degrees: int) -> Exact:
    if degrees < 1:
        return Exact(0)
    mean = sum(values, Exact(0)) / len(values)
    return sum(((value - mean) ** 2 for value in values), Exact(0)) / degrees
