"""Values of entities from columns of records are what plain loops over the records give."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median, pvariance, variance
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from perfrules.batch import segments
from perfrules.ir.expressions import Trimming

DTYPES = {"float64": 2**48, "int64": 2**58, "object": 2**90}
"""How large the numbers of a column are: sums of eight, and of two, stay exact."""


@frozen(eq=False)
class Table:
    """The records of some entities, once as lists, once as columns."""

    counts: list[int]
    numbers: list[int]
    mask: list[bool]
    dtype: str

    @property
    def raw(self) -> NDArray[Any]:
        return np.array(self.numbers, dtype=self.dtype)

    @property
    def marked(self) -> NDArray[Any]:
        return np.array(self.mask, dtype=np.bool_)

    @property
    def segments(self) -> segments.Segments:
        return segments.segments_of(np.array(self.counts, dtype=np.int64))

    def per_entity(self, *, masked: bool) -> list[list[int]]:
        """List the numbers of each entity, or those for which the mask is true."""
        found, start = [], 0
        for count in self.counts:
            places = range(start, start + count)
            found.append([self.numbers[place] for place in places if self.mask[place] or not masked])
            start += count
        return found


@st.composite
def tables(draw: st.DrawFn, dtypes: Sequence[str] = tuple(DTYPES), most: int | None = None) -> Table:
    dtype = draw(st.sampled_from(dtypes))
    limit = DTYPES[dtype] if most is None else most
    counts = draw(st.lists(st.integers(0, 8), max_size=6))
    number = st.one_of(st.integers(-3, 3), st.integers(-limit, limit))
    numbers = draw(st.lists(number, min_size=sum(counts), max_size=sum(counts)))
    mask = draw(st.lists(st.booleans(), min_size=sum(counts), max_size=sum(counts)))
    return Table(counts, numbers, mask, dtype)


def defined(found: NDArray[Any], expected: list[int | None]) -> tuple[list[int], list[int]]:
    """Pair the cells that are defined, and see that there is one for each entity."""
    assert len(found) == len(expected)
    pairs = [(int(a), b) for a, b in zip(found, expected, strict=True) if b is not None]
    return [a for a, _ in pairs], [b for _, b in pairs]


@given(tables())
def test_totals(table: Table) -> None:
    found = segments.totals(table.raw, table.segments)
    assert found.dtype == table.raw.dtype
    assert [int(each) for each in found] == [sum(each) for each in table.per_entity(masked=False)]


@given(tables())
def test_counts_of_a_mask(table: Table) -> None:
    found = segments.counted(table.marked, table.segments)
    assert found.dtype == np.int64
    assert found.tolist() == [len(each) for each in table.per_entity(masked=True)]


@given(tables(), st.booleans())
def test_extremes(table: Table, masked: bool) -> None:
    mask = table.marked if masked else None
    numbers = table.per_entity(masked=masked)
    for take, plain in ((segments.least, min), (segments.greatest, max)):
        found = take(table.raw, mask, table.segments)
        assert found.dtype == table.raw.dtype
        actual, expected = defined(found, [plain(each) if each else None for each in numbers])
        assert actual == expected


@given(tables())
def test_any_and_strongest(table: Table) -> None:
    found = segments.any_of(table.marked, table.segments)
    assert found.dtype == np.bool_
    assert found.tolist() == [bool(each) for each in table.per_entity(masked=True)]
    codes = (np.abs(table.raw) % 5).astype(np.uint8)
    strongest = segments.strongest(codes, table.segments)
    assert strongest.dtype == np.uint8
    expected = [max((abs(number) % 5 for number in each), default=0) for each in table.per_entity(masked=False)]
    assert strongest.tolist() == expected


@given(tables())
def test_spreading(table: Table) -> None:
    names = np.arange(len(table.counts))
    expected = [place for place, count in enumerate(table.counts) for _ in range(count)]
    assert segments.spread(names, table.segments).tolist() == expected
    assert table.segments.owners.tolist() == expected


@given(tables(), st.booleans())
def test_medians_come_at_twice_the_scale(table: Table, masked: bool) -> None:
    found = segments.medians(table.raw, table.marked if masked else None, table.segments)
    assert found.dtype == table.raw.dtype
    numbers = [[Fraction(number) for number in each] for each in table.per_entity(masked=masked)]
    actual, expected = defined(found, [int(2 * median(each)) if each else None for each in numbers])
    assert actual == expected


TRIMMINGS = st.none() | st.builds(Trimming, st.integers(0, 3), st.integers(0, 3), st.integers(0, 5))


@given(tables(), st.booleans(), TRIMMINGS)
def test_trimmed_means_come_as_sums_and_counts(table: Table, masked: bool, trimming: Trimming | None) -> None:
    sums, counts = segments.trimmed_means(table.raw, table.marked if masked else None, table.segments, trimming)
    assert sums.dtype == table.raw.dtype
    assert counts.dtype == np.int64
    left = [trimmed(sorted(each), trimming) for each in table.per_entity(masked=masked)]
    assert counts.tolist() == [len(each) for each in left]
    assert [int(each) for each in sums] == [sum(each) for each in left]


def trimmed(ordered: list[int], trimming: Trimming | None) -> list[int]:
    if trimming is None or len(ordered) < trimming.at_least:
        return ordered
    below = ordered[: len(ordered) - trimming.high] if trimming.high <= len(ordered) else []
    return below[trimming.low :]


@given(tables(), st.booleans())
def test_different_numbers_are_counted(table: Table, masked: bool) -> None:
    found = segments.distinct(table.raw, table.marked if masked else None, table.segments)
    assert found.dtype == np.int64
    assert found.tolist() == [len(set(each)) for each in table.per_entity(masked=masked)]


@given(tables(["int64"], most=3), st.sampled_from(["int32", "uint8", "bool"]))
def test_different_codes_are_counted(table: Table, dtype: str) -> None:
    codes = np.abs(table.raw).astype(dtype)
    numbers = [[int(np.array(abs(number)).astype(dtype)) for number in each] for each in table.per_entity(masked=True)]
    assert segments.distinct(codes, table.marked, table.segments).tolist() == [len(set(each)) for each in numbers]


@given(st.data(), st.booleans(), st.booleans(), st.sampled_from([3, 10**6, 2**29, 2**40]), st.booleans())
def test_variances(data: st.DataObject, masked: bool, population: bool, limit: int, known: bool) -> None:
    table = data.draw(tables(most=max(limit, 3)))
    above, below = segments.variances(
        table.raw,
        table.marked if masked else None,
        table.segments,
        population=population,
        limit=limit if known else None,
    )
    numbers = table.per_entity(masked=masked)
    most = max(map(len, numbers), default=0)
    small = known and (most * limit) ** 2 < 2**63
    assert (above.dtype == np.int64) is (below.dtype == np.int64) is small
    least, plain = (1, pvariance) if population else (2, variance)
    for a, b, each in zip(above.tolist(), below.tolist(), numbers, strict=True):
        assert (b > 0) is (len(each) >= least)
        if b:
            assert Fraction(a, b) == plain([Fraction(number) for number in each])


def test_numbers_of_an_object_column_stay_python_integers() -> None:
    layout = segments.segments_of(np.array([2, 0, 1]))
    raw = np.array([2**70, 1, -(2**80)], dtype=object)
    for found in (
        segments.totals(raw, layout),
        segments.least(raw, None, layout),
        segments.medians(raw, None, layout),
        *segments.variances(raw, None, layout, population=True, limit=None),
    ):
        assert [type(each) for each in found] == [int, int, int]


ORDERED: list[Callable[[NDArray[Any], NDArray[Any] | None, segments.Segments], Any]] = [
    segments.medians,
    segments.distinct,
    segments.least,
    segments.greatest,
    lambda raw, mask, layout: segments.trimmed_means(raw, mask, layout, Trimming(1, 1, 3))[0],
    lambda raw, mask, layout: segments.variances(raw, mask, layout, population=True, limit=None)[0],
    lambda raw, mask, layout: segments.totals(raw, layout),
]


@pytest.mark.parametrize("statistic", ORDERED)
@pytest.mark.parametrize("garbage", [np.inf, -np.inf, np.nan, 1e300])
def test_an_entity_whose_cells_are_no_numbers_spoils_no_other(statistic: Any, garbage: float) -> None:
    layout = segments.segments_of(np.array([3, 2, 0, 4]))
    clean = np.array([5, 1, 4, 0, 0, 8, 8, -3, 9], dtype=np.float64)
    spoilt = clean.copy()
    spoilt[3] = garbage
    with np.errstate(all="ignore"):
        found, expected = (statistic(raw, None, layout).tolist() for raw in (spoilt, clean))
    assert [found[place] for place in (0, 2, 3)] == [expected[place] for place in (0, 2, 3)]


def test_order_statistics_of_many_records_are_quick() -> None:
    layout = segments.segments_of(np.tile(np.array([0, 3, 40, 1, 6], dtype=np.int64), 4_000))
    raw = (np.arange(layout.records, dtype=np.int64) * 7_919 % 1_000_003).astype(np.float64)
    started = time.perf_counter()
    twice = segments.medians(raw, None, layout)
    assert time.perf_counter() - started < 2
    place = 5 * 1_234 + 2
    start = int(layout.starts[place])
    assert int(twice[place]) == 2 * median([Fraction(int(each)) for each in raw[start : start + 40]])
