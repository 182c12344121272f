"""Dates of workday counts that the calendar does not cover."""

from collections.abc import Iterator
from datetime import date

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import DateDifference
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.prove.checks.context import Context
from perfrules.prove.enclosure import ANY_DAY
from perfrules.prove.families.dates import known_days


def outside_calendar(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each known date, or end of known dates, that lies outside."""
    calendar = context.plan.calendar
    if calendar is None:
        return
    for node, visit, difference in context.places(DateDifference):
        for part, found in zip((difference.start, difference.end), visit.parts, strict=True):
            if not difference.workdays or found.value.reported:
                continue
            for day in _days_outside(found.value.days, known_days(calendar)):
                args = {
                    "date": day.isoformat(),
                    "from_date": calendar.first.isoformat(),
                    "to_date": calendar.last.isoformat(),
                }
                at = part.origin.span or difference.origin.span or node.origin.span
                yield Diagnostic(Code.OUTSIDE_CALENDAR, at=at, args=args)


def _days_outside(days: Interval | None, known: Interval) -> Iterator[date]:
    if days is None:
        return
    ends: set[Exact | None] = set()
    if days.lo != ANY_DAY.lo:
        ends.add(days.lo)
    if days.hi != ANY_DAY.hi:
        ends.add(days.hi)
    for end in sorted(end for end in ends if end is not None and end not in known):
        yield date.fromordinal(int(end))
