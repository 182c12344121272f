"""The calendar a ruleset names: a file of dates that are holidays, or workdays although they fall on a weekend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from perfrules.compose.search import why_not_there
from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang.calendar import Calendar, parse_date
from perfrules.model.collector import Problems
from perfrules.model.resources import ReadResource, Sheet, read_sheet
from perfrules.syntax.ast.declarations import Holidays
from perfrules.syntax.ast.tree import Text
from perfrules.text import Span

_KINDS: Final = {
    "holiday": "holiday",
    "workday": "workday",
    "假日": "holiday",
    "节假日": "holiday",
    "工作日": "workday",
}
_HEADINGS: Final = {"date": "date", "kind": "kind", "日期": "date", "类型": "kind"}


def read_calendar(trees: Sequence[Holidays], read_resource: ReadResource, problems: Problems) -> Calendar | None:
    """Read the file of `holidays from`; the years its dates lie in are what the calendar knows."""
    for again in trees[1:]:
        problems.report(Diagnostic(Code.TWICE_STATED, again.span, args={"clause": "holidays"}))
    if not trees:
        return None
    file = trees[0].file
    sheet = open_sheet(file, read_resource, problems)
    days = None if sheet is None else _days(sheet, file, problems)
    if not days:
        return None
    years = sorted({day.year for day in days})
    if years != list(range(years[0], years[-1] + 1)):
        problems.report(unreadable("years-missing", file.span, DataPlace(file=file.value)))
    holidays = frozenset(day for day, kind in days.items() if kind == "holiday")
    return Calendar(date(years[0], 1, 1), date(years[-1], 12, 31), holidays, frozenset(days) - holidays)


def open_sheet(file: Text, read_resource: ReadResource, problems: Problems) -> Sheet | None:
    """Read a table of text that stands beside the ruleset; None, reported, where that cannot be done."""
    content = read_resource(file.value)
    sheet = None if content is None else read_sheet(content)
    if sheet is None:
        reason = why_not_there(file.value) if content is None else "no-table"
        problems.report(unreadable(reason, file.span, DataPlace(file=file.value)))
    return sheet


def unreadable(reason: str, span: Span, where: DataPlace) -> Diagnostic:
    """Say that a file beside the ruleset cannot be used, for a *reason* that is a word of the message catalogue."""
    args: dict[str, Argument] = {"reason": Word(reason)}
    return Diagnostic(Code.DATA_UNREADABLE, span, args=args, where=where)


def _days(sheet: Sheet, file: Text, problems: Problems) -> dict[date, str] | None:
    columns = {_HEADINGS.get(heading.casefold(), ""): place for place, heading in enumerate(sheet.headings)}
    if not {"date", "kind"} <= columns.keys():
        problems.report(unreadable("columns-missing", file.span, DataPlace(file=file.value)))
        return None
    days: dict[date, str] = {}
    for number, row in enumerate(sheet.rows, start=2):
        day, kind = parse_date(row[columns["date"]]), _KINDS.get(row[columns["kind"]].casefold())
        if day is None or kind is None or days.get(day, kind) != kind:
            problems.report(unreadable("no-day", file.span, DataPlace(file=file.value, row=number)))
        else:
            days[day] = kind
    return days
