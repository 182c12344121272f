"""Interval arithmetic encloses every result, and an end is closed only where it is attained."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfrules.lang.coverage import complement, holes, integers_in, overlaps, round_interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import (
    EVERYTHING,
    Interval,
    absolute,
    add,
    contains_interval,
    divide,
    enclose_monotone,
    hull,
    intersect,
    make_interval,
    map_increasing,
    maximum,
    minimum,
    multiply,
    negate,
    point,
    raise_to,
    scale,
    show_interval,
    subtract,
)
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep, round_exact

ends = st.none() | st.integers(-6, 6).map(lambda n: Exact(n, 2))
intervals = st.builds(make_interval, ends, ends, st.booleans(), st.booleans()).filter(lambda a: a is not None)
numbers = st.fractions(min_value=-5, max_value=5, max_denominator=8)
FAR, NEAR = Exact(1000), Exact(1, 1000)


def inside(a: Interval) -> list[Exact]:
    """Sample an interval: its attained ends, points close to its ends, far out, and between."""
    lo = -FAR if a.lo is None else a.lo
    hi = FAR if a.hi is None else a.hi
    shares = (Exact(0), Exact(1, 3), Exact(1, 2), Exact(1))
    near = [lo + NEAR, hi - NEAR, *(lo + (hi - lo) * share for share in shares)]
    return [x for x in (*near, Exact(0), Exact(1, 4), Exact(-1, 4)) if x in a]


BINARY: list[tuple[Callable[[Interval, Interval], Interval], Callable[[Exact, Exact], Exact]]] = [
    (add, lambda x, y: x + y),
    (subtract, lambda x, y: x - y),
    (multiply, lambda x, y: x * y),
    (minimum, min),
    (maximum, max),
]


@pytest.mark.parametrize(("operation", "pointwise"), BINARY)
@given(a=intervals, b=intervals)
def test_results_of_points_lie_inside(
    operation: Callable[[Interval, Interval], Interval],
    pointwise: Callable[[Exact, Exact], Exact],
    a: Interval,
    b: Interval,
) -> None:
    result = operation(a, b)
    reached = [pointwise(x, y) for x in inside(a) for y in inside(b)]
    assert all(value in result for value in reached)
    if result.lo_closed:
        assert min(reached) == result.lo
    if result.hi_closed:
        assert max(reached) == result.hi


@given(intervals, intervals)
def test_quotients_lie_inside(a: Interval, b: Interval) -> None:
    result = divide(a, b)
    assert (result is None) == (Exact(0) in b)
    if result is not None:
        assert all(x / y in result for x in inside(a) for y in inside(b))


@given(intervals, st.integers(-3, 4), numbers)
def test_images_of_points_lie_inside(a: Interval, n: int, factor: Exact) -> None:
    for x in inside(a):
        assert -x in negate(a)
        assert abs(x) in absolute(a)
        assert x * factor in scale(a, factor)
        assert 2 * x - 1 in map_increasing(a, lambda y: 2 * y - 1)
        assert max(x, Exact(0)) in enclose_monotone(a, lambda y: max(y, Exact(0)))
    powers = raise_to(a, n)
    assert (powers is None) == (n < 0 and Exact(0) in a)
    if powers is not None:
        assert all(x**n in powers for x in inside(a))


@given(intervals, intervals, numbers)
def test_hull_and_intersection(a: Interval, b: Interval, x: Exact) -> None:
    both = intersect(a, b)
    assert (both is not None and x in both) == (x in a and x in b)
    assert contains_interval(hull(a, b), a)
    assert contains_interval(hull(a, b), b)
    if x in a or x in b:
        assert x in hull(a, b)


@given(intervals, numbers)
def test_the_complement_holds_the_rest(a: Interval, x: Exact) -> None:
    assert sum(x in piece for piece in complement(a)) == (x not in a)


@given(st.lists(intervals, max_size=4), intervals, numbers)
def test_holes_and_overlaps_agree_with_points(cover: list[Interval], within: Interval, x: Exact) -> None:
    covered = [position for position, each in enumerate(cover) if x in each]
    assert sum(x in hole for hole in holes(cover, within)) == (x in within and not covered)
    found = {(each.first, each.second) for each in overlaps(cover, within) if x in each.common}
    expected = {(i, j) for i in covered for j in covered if i < j} if x in within else set()
    assert found == expected


@given(st.lists(intervals, max_size=4), intervals, st.integers(-5, 5))
def test_holes_and_overlaps_of_integers(cover: list[Interval], within: Interval, n: int) -> None:
    x = Exact(n)
    covered = [position for position, each in enumerate(cover) if x in each]
    found = holes(cover, within, integers_only=True)
    assert sum(x in hole for hole in found) == (x in within and not covered)
    for end in (end for hole in found for end in (hole.lo, hole.hi) if end is not None):
        assert end.denominator == 1
        assert end in within
    shared = [each for each in overlaps(cover, within, integers_only=True) if x in each.common]
    assert len(shared) == (len(covered) * (len(covered) - 1) // 2 if x in within else 0)


def test_holes_come_in_order_and_print_exactly() -> None:
    bands = [Interval(Exact(9, 10), None), Interval(Exact(6, 10), Exact(8, 10), True, False), point(Exact(0))]
    shown = [show_interval(hole, lambda x: f"{x * 100}%") for hole in holes(bands, Interval(Exact(0), Exact(1)))]
    assert shown == ["(0%, 60%)", "[80%, 90%)"]
    assert holes([], EVERYTHING) == [EVERYTHING]
    assert holes([EVERYTHING]) == []


@given(intervals, st.integers(-8, 8))
def test_integers_in_an_interval(a: Interval, n: int) -> None:
    whole = integers_in(a)
    assert (whole is not None and Exact(n) in whole) == (Exact(n) in a)


targets = st.sampled_from([Decimals(0), Decimals(1), Decimals(-1), ToStep(Exact(3, 4)), Significant(1), Significant(2)])


@given(intervals, st.builds(Rounding, st.sampled_from(Mode), targets), numbers)
def test_rounded_points_lie_inside_and_ends_are_attained(a: Interval, rounding: Rounding, x: Exact) -> None:
    result = round_interval(a, rounding)
    for y in [*inside(a), x]:
        if y in a:
            assert round_exact(y, rounding) in result
    if a.lo is not None and a.hi is not None and result.lo_closed:
        tiny = (a.hi - a.lo) / 10**6
        assert round_exact(a.lo if a.lo_closed else a.lo + tiny, rounding) == result.lo


@pytest.mark.parametrize(
    ("a", "mode", "expected"),
    [
        (Interval(Exact(0), Exact(1), False, False), Mode.FLOOR, "[0, 0]"),
        (Interval(Exact(0), Exact(1), False, False), Mode.CEILING, "[1, 1]"),
        (Interval(Exact(1, 2), Exact(3, 2), False, False), Mode.HALF_UP, "[1, 1]"),
        (Interval(Exact(1, 2), Exact(3, 2)), Mode.HALF_UP, "[1, 2]"),
        (Interval(Exact(1, 2), Exact(3, 2)), Mode.HALF_DOWN, "[0, 1]"),
        (Interval(Exact(-1), Exact(1), False, False), Mode.TRUNCATE, "[0, 0]"),
        (Interval(None, Exact(2), False, False), Mode.FLOOR, "(-∞, 1]"),
    ],
)
def test_rounding_an_open_interval(a: Interval, mode: Mode, expected: str) -> None:
    assert show_interval(round_interval(a, Rounding(mode, Decimals(0)))) == expected


def test_rounding_to_significant_digits_toward_zero_is_not_attained() -> None:
    rounding = Rounding(Mode.HALF_UP, Significant(2))
    assert show_interval(round_interval(Interval(Exact(0), Exact(1), False, True), rounding)) == "(0, 1]"


@given(numbers, numbers)
def test_an_interval_is_never_empty(lo: Exact, hi: Exact) -> None:
    assume(lo > hi)
    assert make_interval(lo, hi) is None
    with pytest.raises(ValueError, match="at least one"):
        Interval(lo, hi)


def test_unbounded_ends_have_one_form() -> None:
    assert Interval(None, None, True, True) == EVERYTHING
    assert not EVERYTHING.lo_closed
