"""One value for each entity from the records of a block: sums, extremes, order statistics and variances, in numpy.

A column of records has a cell per record, the records of the first entity first; a column of entities has a cell per
entity, also where an entity has no records. Numbers are raw whole numbers over a scale that only the caller knows, as
float64, int64 or object (Python integers), and results have the dtype of what they are made of unless said otherwise.

What makes float64 and int64 exact is the caller's: of the records that count, the absolute raw numbers of one entity
add up to less than 2**53 or 2**63 (for `medians`: any two of them do), so that every sum of some of them is exact, in
any order. An entity for which that does not hold, or whose cells are no whole numbers at all (infinities, NaN), gets
a value that means nothing; no other entity is affected by it, which is why no sum here is a difference of running
sums. Where a result is not defined (the least of none), the cell holds 0.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.ir.expressions import Trimming

_INT64_END: Final = 2**63


@frozen(eq=False)
class Segments:
    """Which records belong to which entity.

    *counts* and *starts* are int64, per entity: how many records, and the place of the first. *filled* are the places
    of the entities that have records (None: all have), *owners* the place of the entity of each record.
    """

    counts: NDArray[Any]
    starts: NDArray[Any]
    filled: NDArray[Any] | None
    records: int

    @property
    def owners(self) -> NDArray[Any]:
        """Return the place of the entity of each record, as int64."""
        return np.repeat(np.arange(len(self.counts), dtype=np.int64), self.counts)

    def kept(self, mask: NDArray[Any]) -> Segments:
        """Return the segments of the records whose cell of *mask* is true."""
        return segments_of(counted(mask, self))


def segments_of(counts: NDArray[Any]) -> Segments:
    """Lay out records by how many each entity has (int64).

    >>> segments_of(np.array([2, 0, 1])).starts.tolist()
    [0, 2, 2]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    filled = None if bool(np.all(counts)) else np.flatnonzero(counts)
    return Segments(counts, ends - counts, filled, int(ends[-1]) if len(ends) else 0)


def spread(cells: NDArray[Any], segments: Segments) -> NDArray[Any]:
    """Give each record the cell of its entity (of any dtype)."""
    return np.repeat(cells, segments.counts)


def totals(raw: NDArray[Any], segments: Segments) -> NDArray[Any]:
    """Add by entity; 0 for none."""
    return _reduced(np.add, raw, segments)


def counted(mask: NDArray[Any], segments: Segments) -> NDArray[Any]:
    """Count by entity the records for which *mask* (bool) is true, as int64."""
    return _reduced(np.add, mask, segments, np.dtype(np.int64))


def least(raw: NDArray[Any], mask: NDArray[Any] | None, segments: Segments) -> NDArray[Any]:
    """Return by entity the least of the records for which *mask* is true (None: of all)."""
    return _reduced(np.minimum, *_taken(raw, mask, segments))


def greatest(raw: NDArray[Any], mask: NDArray[Any] | None, segments: Segments) -> NDArray[Any]:
    """Return by entity the greatest of the records for which *mask* is true (None: of all)."""
    return _reduced(np.maximum, *_taken(raw, mask, segments))


def any_of(mask: NDArray[Any], segments: Segments) -> NDArray[Any]:
    """Tell by entity whether *mask* is true for any record, as bool."""
    return _reduced(np.logical_or, mask, segments)


def strongest(codes: NDArray[Any], segments: Segments) -> NDArray[Any]:
    """Return by entity the greatest code (unsigned: of states); 0 for none."""
    return _reduced(np.maximum, codes, segments)


def medians(raw: NDArray[Any], mask: NDArray[Any] | None, segments: Segments) -> NDArray[Any]:
    """Return by entity twice the median of the records for which *mask* is true: raw numbers over twice the scale."""
    taken, inner = _taken(raw, mask, segments)
    filled = np.flatnonzero(inner.counts)
    starts, counts = inner.starts[filled], inner.counts[filled]
    ordered = _ordered(taken, inner)
    result = _zeros(len(inner.counts), raw.dtype)
    result[filled] = ordered[starts + (counts - 1) // 2] + ordered[starts + counts // 2]
    return result


def trimmed_means(
    raw: NDArray[Any], mask: NDArray[Any] | None, segments: Segments, trimming: Trimming | None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return by entity the sum of what trimming leaves, and of how many (int64; the mean is not defined for 0)."""
    taken, inner = _taken(raw, mask, segments)
    if trimming is None:
        return totals(taken, inner), inner.counts
    trims = inner.counts >= trimming.at_least
    first = np.where(trims, trimming.low, 0)
    end = np.where(trims, inner.counts - trimming.high, inner.counts)
    ranks = np.arange(inner.records, dtype=np.int64) - spread(inner.starts, inner)
    stays = (ranks >= spread(first, inner)) & (ranks < spread(end, inner))
    left, outer = _taken(_ordered(taken, inner), stays, inner)
    return totals(left, outer).astype(raw.dtype, copy=False), outer.counts


def distinct(cells: NDArray[Any], mask: NDArray[Any] | None, segments: Segments) -> NDArray[Any]:
    """Count by entity the different numbers or codes among the records for which *mask* is true, as int64."""
    taken, inner = _taken(cells, mask, segments)
    if not inner.records:
        return np.zeros(len(inner.counts), dtype=np.int64)
    ordered = _ordered(taken, inner)
    new = np.empty(inner.records, dtype=np.bool_)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    new[inner.starts if inner.filled is None else inner.starts[inner.filled]] = True
    return counted(new, inner)


def variances(
    raw: NDArray[Any], mask: NDArray[Any] | None, segments: Segments, *, population: bool, limit: int | None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return by entity the numerator and denominator of the variance, over the square of the scale.

    They are n·Σx² − (Σx)² and n², of a sample n·(n − 1): not defined where that is 0. No raw number is above *limit* in
    absolute value (None: not known): if n·Σx² is then surely below 2**63, both are int64, else both are object.
    """
    taken, inner = _taken(raw, mask, segments)
    most = int(inner.counts.max(initial=0))
    small = limit is not None and (most * limit) ** 2 < _INT64_END
    numbers = _whole(taken) if small else _objects(taken)
    counts = inner.counts if small else inner.counts.astype(object)
    sums = totals(numbers, inner)
    numerators = counts * totals(numbers * numbers, inner) - sums * sums
    return numerators, counts * (counts if population else counts - 1)


def _taken(cells: NDArray[Any], mask: NDArray[Any] | None, segments: Segments) -> tuple[NDArray[Any], Segments]:
    """Leave only the records for which *mask* is true."""
    return (cells, segments) if mask is None else (np.compress(mask, cells), segments.kept(mask))


def _reduced(
    operation: np.ufunc, cells: NDArray[Any], segments: Segments, dtype: np.dtype[Any] | None = None
) -> NDArray[Any]:
    """Apply *operation* within each segment; 0 for the empty ones, which `reduceat` alone would get wrong."""
    kind = dtype or cells.dtype
    if segments.filled is None:
        found: NDArray[Any] = operation.reduceat(cells, segments.starts, dtype=kind)
        return found
    result = _zeros(len(segments.counts), kind)
    result[segments.filled] = operation.reduceat(cells, segments.starts[segments.filled], dtype=kind)
    return result


def _zeros(size: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return zeros; in an object column Python's."""
    return np.full(size, 0, dtype=dtype)


def _ordered(cells: NDArray[Any], segments: Segments) -> NDArray[Any]:
    """Sort within each entity; whole numbers in floats come back as int64.

    Entity and number are packed into one integer where they fit, since sorting one column of integers is ten times
    faster than sorting by two.
    """
    if not segments.records:
        return cells
    owners = segments.owners
    if cells.dtype == object:
        return cells[np.lexsort((cells, owners))]
    whole = _whole(cells)
    low, high = int(whole.min()), int(whole.max())
    span = high - low + 1
    if len(segments.counts) * span >= _INT64_END:
        return whole[np.lexsort((whole, owners))]
    base = owners * span
    packed: NDArray[Any] = whole - low
    packed += base
    packed.sort()
    packed -= base
    packed += low
    return packed


def _whole(cells: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers or codes as int64; what is no whole number becomes any."""
    with np.errstate(invalid="ignore"):
        return cells.astype(np.int64)


def _objects(cells: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers as Python integers."""
    return cells if cells.dtype == object else _whole(cells).astype(object)
