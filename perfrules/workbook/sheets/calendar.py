"""The sheet of the calendar: holidays, and weekend days that are worked, as formulas of workdays read them."""

from __future__ import annotations

from perfrules.workbook import literals
from perfrules.workbook.columns import Columns
from perfrules.workbook.layout import letters, quoted
from perfrules.workbook.paper import Paper
from perfrules.workbook.sheets.data import DAY

_HEAD = 2


def write_calendar(paper: Paper, columns: Columns, name: str) -> None:
    """Write the sheet, and define the names of its lists; nothing where no formula reads one."""
    if not columns.days:
        return
    sheet = paper.sheet(name, repeat=(_HEAD, _HEAD))
    sheet.write_string(0, 0, columns.words.say("calendar.title"), paper.look("title"))
    for column, (kind, (listed, days)) in enumerate(columns.days.items()):
        sheet.set_column(column, column, 24)
        sheet.write_string(_HEAD, column, columns.words.say(f"calendar.{kind}"), paper.look("heading"))
        for row, day in enumerate(days, start=_HEAD + 1):
            sheet.write_number(row, column, literals.serial(day), paper.look("data", DAY))
        letter = letters(column)
        cells = f"${letter}${_HEAD + 2}:${letter}${_HEAD + 1 + len(days)}"
        paper.workbook.define_name(listed, f"={quoted(name)}!{cells}")
    sheet.freeze_panes(_HEAD + 1, 0)
