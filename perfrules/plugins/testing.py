"""For the tests of those who write plug-ins: does a computing method keep to the range it declares, and is it pure?

Needs hypothesis, which is no dependency of perfrules.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from perfrules.lang.interval import Interval, point
from perfrules.plugins.protocol import ComputingMethod

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_WIDE: Final = Interval(Fraction(-1000), Fraction(1000))


def check_range(method: ComputingMethod, *, within: Sequence[Interval] | None = None, examples: int = 100) -> None:
    """Fail with an example where *method* leaves its range, gives no exact number, or gives two for the same values.

    *within*: the closed interval that each value is taken from, one for each value; −1000 to 1000 unless stated. A
    range must hold for every interval inside, since the prover asks for it with whatever it knows of the values.
    """
    from hypothesis import given, settings

    whole = tuple(within) if within is not None else (_WIDE,) * len(method.signature.written)

    @settings(max_examples=examples, deadline=None, database=None)
    @given(_cases(whole))
    def keeps_to_its_range(case: tuple[tuple[Interval, ...], tuple[Fraction, ...]]) -> None:
        intervals, values = case
        found = method.compute(values)
        assert type(found) in (int, Fraction), f"{found!r} is not an exact number"
        assert method.compute(values) == found, f"two results for {values}"
        declared, alone = method.range(intervals), method.range(tuple(point(value) for value in values))
        assert Fraction(found) in declared, f"{found} of {values} is outside {declared}, declared for {intervals}"
        assert Fraction(found) in alone, f"{found} is outside {alone}, declared for just these values {values}"

    keeps_to_its_range()


def _cases(whole: tuple[Interval, ...]) -> SearchStrategy[tuple[tuple[Interval, ...], tuple[Fraction, ...]]]:
    """Draw intervals inside *whole*, and values inside those, their ends more often than anything else."""
    from hypothesis import strategies as st

    part = st.one_of(st.sampled_from((Fraction(0), Fraction(1))), st.fractions(0, 1, max_denominator=60))
    drawn = st.tuples(*(st.tuples(part, part, part) for _ in whole))
    return drawn.map(lambda parts: _case(whole, parts))


def _case(
    whole: tuple[Interval, ...], parts: tuple[tuple[Fraction, Fraction, Fraction], ...]
) -> tuple[tuple[Interval, ...], tuple[Fraction, ...]]:
    intervals: list[Interval] = []
    values: list[Fraction] = []
    for each, (first, second, at) in zip(whole, parts, strict=True):
        if each.lo is None or each.hi is None:
            raise ValueError("an interval to take values from has two ends")
        low, high = (each.lo + share * (each.hi - each.lo) for share in sorted((first, second)))
        intervals.append(Interval(low, high))
        values.append(low + at * (high - low))
    return tuple(intervals), tuple(values)
