"""Formulas of days between dates, and of workdays by the ruleset's calendar, which has a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.calendar import Calendar
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula, literal
from perfrules.workbook.near import nearest

_SATURDAY = 5


def date_difference(expr: Expr, at: At) -> Formula:
    """Write the days from one date to another, all of them or those that are worked."""
    assert isinstance(expr, core.DateDifference)
    if not expr.workdays:
        return at.strict((expr.start, expr.end), lambda parts: f.subtract(parts[1], parts[0]))
    calendar = at.columns.plan.calendar
    if calendar is None:
        raise NoFormula("workdays")
    return at.strict((expr.start, expr.end), lambda parts: _workdays(parts, calendar, at))


def _workdays(parts: Sequence[Formula], calendar: Calendar, at: At) -> Formula:
    """Count the workdays after the first date up to the last; backwards they count below zero."""
    start, end = parts
    same = f.made(f"{end.at_level(f.SUM)}={start.at_level(f.SUM)}", f.COMPARISON, parts)
    later = f.made(f"{end.at_level(f.SUM)}>{start.at_level(f.SUM)}", f.COMPARISON, parts)
    forward, backward = _counted(start, end, calendar, at), _counted(end, start, calendar, at)
    result = f.choose(same, literal(Exact(0)), f.choose(later, forward, f.negate(backward)))
    return evolve(result, near=nearest(EVERYTHING, Exact(1)))


def _counted(start: Formula, end: Formula, calendar: Calendar, at: At) -> Formula:
    holidays = sorted(day for day in calendar.holidays if day.weekday() < _SATURDAY)
    made_up = sorted(day for day in calendar.workdays if day.weekday() >= _SATURDAY)
    free = f",{_listed(holidays, 'holidays', at)}" if holidays else ""
    text = f"NETWORKDAYS({start.at_level(f.SUM)}+1,{end.text}{free})"
    if not made_up:
        return f.made(text, f.ATOM, [start, end])
    days = _listed(made_up, "made-up", at)
    text += f'+COUNTIFS({days},">"&{start.at_level(f.SUM)},{days},"<="&{end.at_level(f.SUM)})'
    return f.made(text, f.SUM, [start, end])


def _listed(days: Sequence[date], kind: str, at: At) -> str:
    """Return the name of a list of days; it is put on the sheet of the calendar."""
    if kind not in at.columns.days:
        name = at.columns.names.free(at.words.say(f"name.{kind}"))
        at.columns.days[kind] = (name, tuple(days))
    return at.columns.days[kind][0]
