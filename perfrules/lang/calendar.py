"""Dates: reading them, the days between two of them, and the workdays between them by a published calendar."""

import re
from datetime import date
from typing import Final

from attrs import frozen

_FOLDED = str.maketrans("０１２３４５６７８９－／", "0123456789-/")
_FORMS: Final = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"),
)


class OutsideCalendar(ValueError):  # noqa: N818 - named by what happened, in the vocabulary of the language
    """A date lies outside the days for which the calendar knows the holidays."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(f"{day} is outside the calendar, which knows {first} to {last}")
        self.day = day
        self.first = first
        self.last = last


@frozen
class Calendar:
    """The days from *first* to *last*: Monday to Friday are workdays, but for holidays and make-up workdays."""

    first: date
    last: date
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def __attrs_post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a calendar ends before it begins")
        both = self.holidays & self.workdays
        if both:
            raise ValueError(f"{min(both)} is listed both as a holiday and as a workday")


def parse_date(text: str) -> date | None:
    """Read `2024-01-31`, `2024/1/31` or `2024年1月31日`, full-width digits included; None if there is no such day.

    >>> parse_date("2024年1月31日")
    datetime.date(2024, 1, 31)
    >>> parse_date("2023-02-29") is None
    True
    """
    folded = text.strip().translate(_FOLDED)
    for form in _FORMS:
        found = form.fullmatch(folded)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                return None
    return None


def days(start: date, end: date) -> int:
    """Count the days from *start* to *end*; negative if *end* is earlier.

    >>> days(date(2024, 2, 28), date(2024, 3, 1))
    2
    """
    return end.toordinal() - start.toordinal()


def is_workday(day: date, calendar: Calendar) -> bool:
    """Tell whether *day* is worked.

    >>> is_workday(date(2024, 2, 4), Calendar(date(2024, 1, 1), date(2024, 12, 31)))
    False
    """
    _refuse_outside(day, calendar)
    return day in calendar.workdays or (not _is_weekend(day) and day not in calendar.holidays)


def workdays(start: date, end: date, calendar: Calendar) -> int:
    """Count the workdays in (start, end]; if *end* is earlier, minus those in (end, start].

    Raises OutsideCalendar if either date is outside the calendar.

    >>> year = Calendar(date(2024, 1, 1), date(2024, 12, 31), holidays=frozenset({date(2024, 1, 1)}))
    >>> workdays(date(2024, 1, 5), date(2024, 1, 8), year)
    1
    >>> workdays(date(2024, 1, 8), date(2024, 1, 5), year)
    -1
    """
    for day in (start, end):
        _refuse_outside(day, calendar)
    if end < start:
        return -workdays(end, start, calendar)
    free = sum(start < day <= end and not _is_weekend(day) for day in calendar.holidays)
    made_up = sum(start < day <= end and _is_weekend(day) for day in calendar.workdays)
    return _weekdays_until(end) - _weekdays_until(start) - free + made_up


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _weekdays_until(day: date) -> int:
    weeks, rest = divmod(day.toordinal(), 7)  # day 1 of the year 1 was a Monday
    return 5 * weeks + min(rest, 5)


def _refuse_outside(day: date, calendar: Calendar) -> None:
    if not calendar.first <= day <= calendar.last:
        raise OutsideCalendar(day, calendar.first, calendar.last)
