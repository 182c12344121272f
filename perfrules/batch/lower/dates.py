"""Days between dates as columns: workdays are looked up in a list of how many there were by each day."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import Columns, Unsupported
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.tape import Do, Lookup, Type
from perfrules.ir.expressions import CompareOp
from perfrules.lang.calendar import Calendar, is_workday
from perfrules.lang.exact import Exact


def days_between(lowering: Lowering, workdays: bool, start: int, end: int) -> int:
    """Count days, or workdays; entities with a date outside the calendar are put aside."""
    c, calendar = lowering.columns, lowering.plan.calendar
    if not workdays:
        return numbers.difference(c, end, start)
    if calendar is None:
        raise Unsupported("workdays are counted without a calendar")
    lowering.aside("calendar", truths.any_of(c, [_outside(c, place, calendar) for place in (start, end)]))
    by_day = _workdays_by_day(calendar)
    return numbers.difference(c, _looked_up(c, end, by_day), _looked_up(c, start, by_day))


def _outside(c: Columns, place: int, calendar: Calendar) -> int:
    first, last = c.number(calendar.first.toordinal()), c.number(calendar.last.toordinal())
    before = truths.compared(c, CompareOp.LESS, place, first)
    return truths.any_of(c, (before, truths.compared(c, CompareOp.GREATER, place, last)))


def _workdays_by_day(calendar: Calendar) -> Lookup:
    """Return how many workdays there were from the calendar's second day to each day.

    >>> from datetime import date
    >>> _workdays_by_day(Calendar(date(2024, 1, 5), date(2024, 1, 9))).values
    (0, 0, 0, 1, 2)
    """
    count = (calendar.last - calendar.first).days
    days = (calendar.first + timedelta(days=number) for number in range(1, count + 1))
    worked = (int(is_workday(day, calendar)) for day in days)
    return Lookup(calendar.first.toordinal(), tuple(accumulate(worked, initial=0)))


def _looked_up(c: Columns, place: int, table: Lookup) -> int:
    day = numbers.number_at(c, place)
    if day is None:
        return c.add(Do.LOOKUP, place, type=Type.NUMBER, param=table)
    number = int(day) - table.first
    return c.number(Exact(table.values[number]) if 0 <= number < len(table.values) else 0)
