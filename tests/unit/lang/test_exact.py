"""Numbers read from text are exact, and their text is canonical."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.lang.exact import Exact, as_text, decimal_places, from_decimal_text, from_float, parse_exact

fractions = st.fractions(max_denominator=10**6)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", Exact(12)),
        ("0.5", Exact(1, 2)),
        ("1_000", Exact(1000)),
        ("-3", Exact(-3)),
        ("－３．５", Exact(-7, 2)),
        ("−3", Exact(-3)),
        ("007", Exact(7)),
        ("1e3", None),
        ("1,000", None),
        ("1__0", None),
        ("_1", None),
        ("1.", None),
        (".5", None),
        ("+1", None),
        ("", None),
        ("½", None),
        ("٣", None),
        ("1" * 1001, None),
    ],
)
def test_a_literal_is_read_exactly_or_not_at_all(text: str, expected: Exact | None) -> None:
    assert parse_exact(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1e3", Exact(1000)),
        ("1E-3", Exact(1, 1000)),
        ("-.5", Exact(-1, 2)),
        (" 5. ", Exact(5)),
        ("+2", Exact(2)),
        ("１２", Exact(12)),
        ("1e1001", None),
        ("1e999999999999", None),
        ("inf", None),
        (".", None),
        ("1 000", None),
    ],
)
def test_data_may_carry_signs_and_exponents(text: str, expected: Exact | None) -> None:
    assert from_decimal_text(text) == expected


def test_a_python_float_is_its_shortest_decimal() -> None:
    assert from_float(0.1 + 0.2) == Exact("0.30000000000000004")
    assert from_float(1e-7) == Exact(1, 10**7)
    assert from_float(float("nan")) is None


@given(decimals)
def test_decimal_text_comes_back(number: object) -> None:
    x = Exact(str(number))
    assert parse_exact(as_text(x)) == x


@given(fractions)
def test_text_is_canonical(x: Exact) -> None:
    text = as_text(x)
    assert Exact(text) == x
    if decimal_places(x) is None:
        assert "/" in text
    elif "." in text:
        assert not text.endswith("0")
    assert text != "-0"


def test_numbers_longer_than_python_writes_are_written() -> None:
    assert as_text(Exact(10**9000 + 7)) == "1" + "0" * 8999 + "7"
    assert as_text(Exact(-(10**5000))) == "-1" + "0" * 5000


@given(st.integers(0, 30), st.integers(0, 30))
def test_decimal_places_counts_the_larger_power(twos: int, fives: int) -> None:
    assert decimal_places(Exact(1, 2**twos * 5**fives)) == max(twos, fives)
