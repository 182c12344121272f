"""Differences of days and of workdays."""

from datetime import date

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.calendar import Calendar, workdays
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval, intersect, subtract
from perfrules.prove.enclosure import Enclosure, in_interval
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.lattice import WHOLE
from perfrules.prove.scene import Scene


def date_difference(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the days or workdays between two dates."""
    assert isinstance(expr, core.DateDifference)
    start, end = scene.enclose(expr.start), scene.enclose(expr.end)
    states = states_of((start, end))
    if start.days is None or end.days is None:
        return Enclosure(states=states)
    if not expr.workdays:
        return in_interval(subtract(end.days, start.days), WHOLE, states)
    found = _workdays_between(start.days, end.days, scene.world.calendar)
    return Enclosure(states=states) if found is None else in_interval(found, WHOLE, states)


def known_days(calendar: Calendar) -> Interval:
    """Return the days that *calendar* covers."""
    return Interval(Exact(calendar.first.toordinal()), Exact(calendar.last.toordinal()))


def _workdays_between(start: Interval, end: Interval, calendar: Calendar | None) -> Interval | None:
    """A later end never means fewer workdays, a later start never more."""
    if calendar is None:
        return EVERYTHING
    start_known, end_known = intersect(start, known_days(calendar)), intersect(end, known_days(calendar))
    if start_known is None or end_known is None:
        return None
    fewest = workdays(_day(start_known.hi), _day(end_known.lo), calendar)
    most = workdays(_day(start_known.lo), _day(end_known.hi), calendar)
    return Interval(Exact(fewest), Exact(most))


def _day(ordinal: Exact | None) -> date:
    assert ordinal is not None  # the days of a calendar are bounded
    return date.fromordinal(int(ordinal))
