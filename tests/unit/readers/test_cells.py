"""One cell: what is accepted, what is refused, and under which code."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from perfrules.diagnostics import Code, DataPlace
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import message
from perfrules.ir.inputs import WrittenAs
from perfrules.lang.kinds import Number, Points
from perfrules.lang.states import State
from perfrules.lang.units import UnitTable
from perfrules.readers.cells import read_cell
from tests.support.data_plans import AREA, CLOSED, DONE, NOTE, RATE, SPENT, STAFF, TOWN, declare

NUMBER = declare("figure", Number(), unit_text="number")
MARKS = declare("marks", Points(), unit_text="points")
PLACE = DataPlace(file="a.csv", row=2, column="x")


def read(declared, found):
    return read_cell(declared, found, UnitTable(), PLACE)


def codes(declared, found):
    return [each.code for each in read(declared, found).problems]


@pytest.mark.parametrize(
    ("found", "value"),
    [
        ("0.1", Fraction(1, 10)),
        (" 12 ", Fraction(12)),
        ("-3", Fraction(-3)),
        ("1,234.5", Fraction(2469, 2)),
        ("１，２３４", Fraction(1234)),
        ("12,345,678", Fraction(12345678)),
        ("1_000", Fraction(1000)),
        ("９．５", Fraction(19, 2)),
        ("1.5e3", Fraction(1500)),
        (7, Fraction(7)),
        (0.1, Fraction(1, 10)),
        (Decimal("1.50"), Fraction(3, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_a_number_is_read_as_written(found, value):
    assert read(NUMBER, found).value == value
    assert read(NUMBER, found).problems == ()


@pytest.mark.parametrize(
    "found", ["1,23", "1,2345", "0,123", "12,34,567", "1,234,5", "1.234,5", "2024-01-31", "abc", "1/2"]
)
def test_what_is_no_well_formed_number_is_refused(found):
    assert codes(NUMBER, found) == [Code.DATA_NOT_A_NUMBER]


@pytest.mark.parametrize("found", [True, date(2024, 1, 31), "yes"])
def test_other_values_are_no_numbers(found):
    assert codes(NUMBER, found) == [Code.DATA_NOT_A_NUMBER]


def test_a_number_of_more_digits_than_are_read_is_refused():
    assert codes(NUMBER, 10**5000) == [Code.DATA_TOO_LARGE]
    assert codes(NUMBER, "9" * 5000) == [Code.DATA_NOT_A_NUMBER]
    assert codes(NUMBER, Decimal("1e999999")) == [Code.DATA_UNREADABLE]


@pytest.mark.parametrize("found", ["95%", "９５％", "95 %", "95.00%"])
def test_a_percentage_is_read_with_its_sign(found):
    assert read(RATE, found).value == Fraction(19, 20)


@pytest.mark.parametrize("found", ["95", "0.95", 0.95, Decimal("0.95")])
def test_a_bare_number_in_a_percent_column_is_refused(found):
    assert codes(RATE, found) == [Code.DATA_BARE_NUMBER_IN_PERCENT]


def test_a_declared_way_of_writing_settles_a_bare_number():
    assert read(evolve(RATE, written_as=WrittenAs.RATIO), "0.95").value == Fraction(19, 20)
    assert read(evolve(RATE, written_as=WrittenAs.PERCENT), "95").value == Fraction(19, 20)


def test_decimals_of_a_percentage_are_those_before_the_sign():
    assert read(RATE, "95.12%").value == Fraction(9512, 10000)
    assert codes(RATE, "95.123%") == [Code.DATA_TOO_FINE]


def test_data_that_is_too_fine_or_outside_is_never_adjusted():
    assert codes(STAFF, "12.5") == [Code.DATA_TOO_FINE]
    assert codes(STAFF, "5001") == [Code.DATA_OUTSIDE_RANGE]
    assert read(STAFF, "5000").value == 5000


def test_a_unit_of_the_same_dimension_is_converted_and_said_so():
    read_spent = read(SPENT, "2 亿元")
    assert read_spent.value == 20_000
    assert [each.code for each in read_spent.problems] == [Code.DATA_UNIT_CONVERTED]
    assert read_spent.problems[0].where == DataPlace(file="a.csv", row=2, column="x", value="2 亿元")


def test_the_declared_unit_needs_no_note():
    assert read(SPENT, "1,200 万元").problems == ()


def test_a_multiplier_that_puts_a_number_outside_its_range_is_named():
    (problem,) = read(AREA, "6387.3 万亩").problems
    assert problem.code is Code.DATA_MISPLACED_MULTIPLIER
    shown = message(problem, translator("en"))
    assert shown == "6387.3 万亩 for `area` is 63,873,000 亩, outside [0, 100000]; without `万` it would fit"


@pytest.mark.parametrize(("declared", "found"), [(SPENT, "5 亩"), (NUMBER, "95%"), (RATE, "5 亩"), (MARKS, "5%")])
def test_another_dimension_is_refused(declared, found):
    assert codes(declared, found) == [Code.DATA_WRONG_UNIT]


def test_marks_may_say_that_they_are_marks():
    assert read(MARKS, "4分").value == 4


@pytest.mark.parametrize(
    ("found", "value"),
    [("yes", True), ("NO", False), ("True", True), ("是", True), ("否", False), (True, True), (False, False)],
)
def test_yes_and_no_in_both_languages(found, value):
    assert read(DONE, found).value is value


@pytest.mark.parametrize("found", ["1", "0", 1, 0, "有", "无", "y", "√"])
def test_what_could_mean_yes_or_something_else_is_refused(found):
    assert codes(DONE, found) == [Code.DATA_NOT_YES_NO]


@pytest.mark.parametrize(
    "found", ["2024-01-31", "2024/1/31", "2024年1月31日", date(2024, 1, 31), datetime.fromisoformat("2024-01-31")]
)
def test_dates(found):
    assert read(CLOSED, found).value == date(2024, 1, 31)


@pytest.mark.parametrize(
    "found", ["2023-02-29", "31.1.2024", datetime.fromisoformat("2024-01-31 12:00"), 45322, "soon"]
)
def test_what_is_no_day_is_refused(found):
    assert codes(CLOSED, found) == [Code.DATA_NOT_A_DATE]


def test_an_option_is_one_of_those_declared():
    assert read(TOWN, " 偏远 ").value == "偏远"
    assert codes(TOWN, "western") == [Code.DATA_NOT_AN_OPTION]


@pytest.mark.parametrize("found", [None, "", "  ", "missing", "缺失", float("nan"), Decimal("nan")])
def test_nothing_is_missing_where_it_may_be_and_reported_where_not(found):
    assert read(AREA, found).value is State.MISSING
    assert codes(STAFF, found) == [Code.DATA_MISSING]


@pytest.mark.parametrize("found", ["pending", "待定"])
def test_what_a_person_has_yet_to_decide_is_pending(found):
    assert read(STAFF, found).value is State.PENDING


def test_a_text_column_keeps_texts_and_writes_numbers_out():
    assert read(NOTE, " as is ").value == "as is"
    assert read(NOTE, 12.0).value == "12"
    assert read(NOTE, date(2024, 1, 31)).value == "2024-01-31"


@pytest.mark.parametrize("found", [[1], {"a": 1}, object(), "\ud800", float("inf")])
def test_what_no_cell_can_hold_is_refused(found):
    assert codes(NUMBER, found) == [Code.DATA_UNREADABLE]
