"""Rounding is exact, and each mode does with ties what its name says."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep, magnitude, round_exact

DECIMAL_MODE = {
    Mode.HALF_UP: decimal.ROUND_HALF_UP,
    Mode.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Mode.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    Mode.CEILING: decimal.ROUND_CEILING,
    Mode.FLOOR: decimal.ROUND_FLOOR,
    Mode.TRUNCATE: decimal.ROUND_DOWN,
}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Mode.HALF_UP, (-3, -2, 1, 2, 3)),
        (Mode.HALF_EVEN, (-2, -2, 0, 2, 2)),
        (Mode.HALF_DOWN, (-2, -1, 0, 1, 2)),
        (Mode.CEILING, (-2, -1, 1, 2, 3)),
        (Mode.FLOOR, (-3, -2, 0, 1, 2)),
        (Mode.TRUNCATE, (-2, -1, 0, 1, 2)),
    ],
)
def test_ties(mode: Mode, expected: tuple[int, ...]) -> None:
    ties = (Exact(-5, 2), Exact(-3, 2), Exact(1, 2), Exact(3, 2), Exact(5, 2))
    assert tuple(round_exact(tie, Rounding(mode, Decimals(0))) for tie in ties) == expected


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(-2, 7), st.sampled_from(Mode))
def test_decimals_agree_with_the_decimal_module(digits: int, scale: int, count: int, mode: Mode) -> None:
    expected = Decimal(digits).scaleb(-scale).quantize(Decimal(1).scaleb(-count), rounding=DECIMAL_MODE[mode])
    assert round_exact(Exact(digits, 10**scale), Rounding(mode, Decimals(count))) == Exact(expected)


@given(st.integers(-(10**9), 10**9), st.integers(0, 15), st.integers(1, 8), st.sampled_from(Mode))
def test_significant_digits_agree_with_the_decimal_module(digits: int, scale: int, count: int, mode: Mode) -> None:
    context = decimal.Context(prec=count, rounding=DECIMAL_MODE[mode])
    expected = context.plus(Decimal(digits).scaleb(-scale))
    assert round_exact(Exact(digits, 10**scale), Rounding(mode, Significant(count))) == Exact(expected)


def test_steps() -> None:
    def rounded(x: Exact) -> Exact:
        return round_exact(x, Rounding(Mode.HALF_UP, ToStep(Exact(1, 2))))

    assert [rounded(Exact(n, 4)) for n in (1, 2, 3, -1, -3)] == [
        Exact(1, 2),
        Exact(1, 2),
        Exact(1),
        Exact(-1, 2),
        Exact(-1),
    ]


@given(st.fractions(), st.integers(-40, 40))
def test_magnitude_bounds_the_number(x: Exact, shift: int) -> None:
    size = abs(x) * Exact(10) ** shift
    if size:
        assert Exact(10) ** magnitude(size) <= size < Exact(10) ** (magnitude(size) + 1)


def test_targets_that_make_no_grid_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Significant(0)
    with pytest.raises(ValueError, match="positive"):
        ToStep(Exact(0))
