"""Numbers and sentences as people read them."""

from fractions import Fraction

import pytest

from perfrules.explain.lines import columns, wrapped
from perfrules.explain.statement import Figure, Listed, Range, Term, canonical, statement
from perfrules.explain.words import say
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Number, Percent, PercentagePoints, Points, Quantity, Ratio
from perfrules.lang.units import BUILT_IN


@pytest.mark.parametrize(
    ("value", "kind", "english", "chinese"),
    [
        ("443/500", Percent(), "88.6%", "88.6%"),
        ("24/25", Ratio(), "96%", "96%"),
        ("7/500", PercentagePoints(), "1.4pp", "1.4个百分点"),
        ("2/3", Number(), "2/3 (≈0.6667)", "2/3（≈0.6667）"),
        ("2/3", Percent(), "2/3 (≈66.67%)", "2/3（≈66.67%）"),
        ("1", Points(), "1 point", "1分"),
        ("-5/4", Points(), "−1.25 points", "−1.25分"),
        ("1234567", Number(), "1234567", "1234567"),
        ("1200", Quantity(BUILT_IN["万元"]), "1200 万元", "1200万元"),
        ("1", Quantity(BUILT_IN["persons"]), "1 person", "1人"),
        ("25", Quantity(BUILT_IN["days"]), "25 days", "25天"),
        ("3", Quantity(BUILT_IN["count"]), "3", "3"),
        ("899999/10000", Number(), "89.9999", "89.9999"),
    ],
)
def test_numbers(value, kind, english, chinese):
    figure = Figure(Fraction(value), kind)
    assert (say(figure, "en"), say(figure, "zh")) == (english, chinese)


def test_a_number_near_a_threshold_does_not_look_like_it():
    assert say(Figure(Fraction(2_699_999, 30_000), Number()), "en") == "2699999/30000 (≈89.999967)"


def test_a_fraction_too_long_to_read_is_only_near():
    assert say(Figure(Fraction(12_345_678, 98_765_431), Number()), "en") == "≈0.1250"


def test_ranges_lists_and_words():
    assert say(Range(Interval(Fraction(4, 5), Fraction(9, 10), True, False), Percent()), "en") == "[80%, 90%)"
    assert say(Range(Interval(Fraction(0), None)), "zh") == "[0, ∞)"
    assert say(Listed(("a", "b", "c")), "en") == "a, b and c"
    assert say(Listed(("甲", "乙")), "zh") == "甲、乙"
    assert say(Term("state-missing"), "zh") == "缺失"


def test_data_hold_keys_and_exact_numbers_and_no_words():
    said = statement("curve.point", x=Figure(Fraction(1, 3), Ratio()), y=Figure(Fraction(5, 2)))
    assert canonical(said) == {
        "say": "curve.point",
        "with": {"x": {"number": "1/3", "unit": "%"}, "y": {"number": "2.5", "unit": "points"}},
    }


def test_lines_keep_to_their_width_in_both_scripts():
    text = "预算执行率为96%，在0%与100%之间，得9.6分。 and then some English words"
    lines = list(wrapped(text, 20, "  ", "    "))
    assert all(columns(line) <= 20 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
