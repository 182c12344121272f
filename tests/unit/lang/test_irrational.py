"""Irrational functions are correctly rounded to 34 digits, whatever the caller's decimal context."""

import decimal
from decimal import Context, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.exact import Exact, as_text
from perfrules.lang.irrational import exp, ln, power, root, sqrt, standard_deviation
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact

TO_34 = Rounding(Mode.HALF_EVEN, Significant(34))
WIDE = Context(prec=120)


def test_published_digits() -> None:
    assert as_text(sqrt(Exact(2))) == "1.414213562373095048801688724209698"
    assert as_text(ln(Exact(10))) == "2.302585092994045684017991454684364"
    assert as_text(exp(Exact(-1))) == "0.3678794411714423215955237701614609"
    assert as_text(root(Exact(10), 3)) == "2.154434690031883721759293566519350"[:-1]
    assert as_text(power(Exact(2), Exact(1, 2))) == as_text(sqrt(Exact(2)))


def test_rational_results_are_exact() -> None:
    assert sqrt(Exact(9, 4)) == Exact(3, 2)
    assert power(Exact(8), Exact(1, 3)) == Exact(2)
    assert power(Exact(8, 27), Exact(-2, 3)) == Exact(9, 4)
    assert power(Exact(1, 3), Exact(5)) == Exact(1, 243)
    assert root(Exact(-27), 3) == Exact(-3)
    assert root(Exact(1, 27), 3) == round_exact(Exact(1, 3), TO_34)
    assert (ln(Exact(1)), exp(Exact(0)), sqrt(Exact(0)), power(Exact(0), Exact(0))) == (0, 1, 0, 1)
    assert (power(Exact(-1), Exact(10**9 + 1)), power(Exact(0), Exact(10**9)), power(Exact(1), Exact(-(10**9)))) == (
        -1,
        0,
        1,
    )


def test_a_logarithm_near_one_keeps_all_its_digits() -> None:
    tiny = Exact(1, 10**60)
    assert ln(1 + tiny) == round_exact(tiny - tiny**2 / 2 + tiny**3 / 3, TO_34)


@pytest.mark.parametrize(
    "compute",
    [
        lambda: ln(Exact(0)),
        lambda: ln(Exact(-1)),
        lambda: sqrt(Exact(-1)),
        lambda: root(Exact(4), 0),
        lambda: power(Exact(0), Exact(-1)),
        lambda: power(Exact(0), Exact(-1, 2)),
        lambda: power(Exact(-8), Exact(1, 3)),
        lambda: power(Exact(2), Exact(10**9)),
        lambda: power(Exact(2), Exact(10**9) + Exact(1, 2)),
        lambda: exp(Exact(10**6)),
        lambda: standard_deviation([], population=True),
        lambda: standard_deviation([Exact(1)], population=False),
    ],
)
def test_outside_the_domain(compute: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        compute()  # type: ignore[operator]


positive = st.fractions(min_value=Exact(1, 1000), max_value=1000, max_denominator=1000)


@settings(max_examples=50)
@given(positive)
def test_logarithms_agree_with_a_wide_computation(x: Exact) -> None:
    wide = WIDE.ln(WIDE.divide(Decimal(x.numerator), Decimal(x.denominator)))
    assert ln(x) == round_exact(Exact(wide), TO_34)


@settings(max_examples=50)
@given(positive, st.integers(2, 12))
def test_a_root_lies_between_its_neighbours(x: Exact, n: int) -> None:
    found = root(x, n)
    half = Exact(1, 2) * Exact(10) ** -33 * found  # at least half a unit in the last of 34 digits
    assert (found - half) ** n <= x <= (found + half) ** n


@settings(max_examples=30)
@given(positive, st.fractions(min_value=-5, max_value=5, max_denominator=50))
def test_powers_agree_with_a_wide_computation(x: Exact, y: Exact) -> None:
    if y.denominator == 1:
        assert power(x, y) == x**y.numerator
        return
    base = WIDE.divide(Decimal(x.numerator), Decimal(x.denominator))
    exponent = WIDE.divide(Decimal(y.numerator), Decimal(y.denominator))
    wide = Exact(WIDE.exp(WIDE.multiply(exponent, WIDE.ln(base))))
    assert abs(power(x, y) - wide) <= abs(wide) * Exact(51, 100) * Exact(10) ** -33


def test_the_caller_s_decimal_context_does_not_matter() -> None:
    with decimal.localcontext() as context:
        context.prec, context.rounding, context.Emax = 3, decimal.ROUND_UP, 5
        context.traps[decimal.Inexact] = True
        assert as_text(sqrt(Exact(2))) == "1.414213562373095048801688724209698"
        assert not context.flags[decimal.Inexact]


def test_standard_deviation_says_population_or_sample() -> None:
    values = [Exact(1), Exact(2), Exact(3), Exact(4)]
    assert standard_deviation(values, population=True) == sqrt(Exact(5, 4))
    assert standard_deviation(values, population=False) == sqrt(Exact(5, 3))
    assert standard_deviation([Exact(7)], population=True) == 0
