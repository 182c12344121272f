"""Days are plain differences; workdays follow the published calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.lang.calendar import Calendar, OutsideCalendar, days, is_workday, parse_date, workdays

YEAR = Calendar(
    date(2024, 1, 1),
    date(2024, 12, 31),
    holidays=frozenset({date(2024, 1, 1), date(2024, 2, 10), *(date(2024, 2, day) for day in range(12, 18))}),
    workdays=frozenset({date(2024, 2, 4), date(2024, 2, 18)}),
)
in_2024 = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def test_the_spring_festival_of_2024() -> None:
    # Friday 2 February to Monday 19 February: 4 (make-up Sunday), 5 to 9, 18 (make-up Sunday) and 19.
    assert workdays(date(2024, 2, 2), date(2024, 2, 19), YEAR) == 8


@given(in_2024, in_2024)
def test_workdays_count_the_half_open_range(a: date, b: date) -> None:
    lower, upper = min(a, b), max(a, b)
    counted = sum(is_workday(lower + timedelta(n), YEAR) for n in range(1, days(lower, upper) + 1))
    assert workdays(lower, upper, YEAR) == counted
    assert workdays(upper, lower, YEAR) == -counted


def test_outside_the_calendar_is_an_error() -> None:
    with pytest.raises(OutsideCalendar) as caught:
        workdays(date(2023, 12, 29), date(2024, 1, 3), YEAR)
    assert caught.value.day == date(2023, 12, 29)


def test_a_day_cannot_be_both() -> None:
    both = frozenset({date(2024, 1, 2)})
    with pytest.raises(ValueError, match="both"):
        Calendar(date(2024, 1, 1), date(2024, 2, 1), both, both)


@pytest.mark.parametrize(
    "text", ["2024-01-31", "2024/1/31", "2024年1月31日", "２０２４－０１－３１", " 2024年01月31日 "]
)
def test_forms_of_a_date(text: str) -> None:
    assert parse_date(text) == date(2024, 1, 31)


@pytest.mark.parametrize("text", ["2024-13-01", "2024-2-30", "24-01-31", "2024/1-31", "0000-01-01", "31/1/2024", ""])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None
