"""Writing lines onto a sheet: as columns for many entities, as rows for one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from perfrules.evaluate.reference.marks import SEVEREST_FIRST
from perfrules.workbook.layout import FIRST, VALUE
from perfrules.workbook.lines import Cell, Line
from perfrules.workbook.paper import Paper, cells, height, rows_of

_NARROWEST, _WIDEST = 9, 26
_WIDTHS_OF_ONE = (26, 18, 30, 24, 16, 70)
_TOP = 2
_LONGEST_SHOWN = 400


def write_columns(
    paper: Paper, sheet: Any, lines: Sequence[Line], count: int, *, title: str, note: str, frozen: int
) -> None:
    """Write each line as a column, *count* entities below one another; the first *frozen* columns stay in view."""
    _write_title(paper, sheet, title, note, len(lines))
    widths = widths_of(lines)
    _write_groups(paper, sheet, lines)
    for index, (line, width) in enumerate(zip(lines, widths, strict=True)):
        sheet.set_column(index, index, width)
        for row, text, look in ((3, line.title, "heading"), (4, line.name, "name"), (5, line.detail, "detail")):
            sheet.write_string(row, index, text, paper.look(look))
        if line.validation:
            sheet.data_validation(FIRST, index, FIRST + max(count, 1) - 1, index, line.validation)
        if line.comment:
            sheet.write_comment(3, index, line.comment, {"author": "perfrules"})
        for entity in range(count):
            write_cell(paper, sheet, (FIRST + entity, index), line, line.cells[entity])
    for row, part in ((2, "group"), (3, "title"), (4, "name"), (5, "detail")):
        if part != "group":
            texts = zip(lines, widths, strict=True)
            sheet.set_row(row, height(max(rows_of(getattr(line, part), width) for line, width in texts)))
        else:
            sheet.set_row(row, height(2))
    if any(line.formula is not None for line in lines):
        light_up(paper, sheet, (FIRST, 0, FIRST + max(count, 1) - 1, len(lines) - 1))
    sheet.freeze_panes(FIRST, frozen)


def widths_of(lines: Sequence[Line]) -> list[int]:
    """Return the width of each column."""
    return [line.width or _width(line) for line in lines]


def write_rows(
    paper: Paper, sheet: Any, lines: Sequence[Line], *, title: str, note: str, headings: Sequence[str]
) -> None:
    """Write each line as a row: group, title, detail, name, value, formula."""
    _write_title(paper, sheet, title, note, len(_WIDTHS_OF_ONE))
    for column, (width, heading) in enumerate(zip(_WIDTHS_OF_ONE, headings, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST - 1, column, heading, paper.look("heading"))
    for index, line in enumerate(lines):
        row = FIRST + index
        formula = "" if line.formula is None else shortened(f"={line.formula}")
        detail = "" if formula else line.detail
        for column, text in ((0, line.group), (1, line.title), (2, detail), (3, line.name), (5, formula)):
            sheet.write_string(row, column, text, paper.look("text"))
        write_cell(paper, sheet, (row, VALUE), line, line.cells[0])
        texts = zip((line.group, line.title, detail, line.name, "", formula), _WIDTHS_OF_ONE, strict=True)
        sheet.set_row(row, height(max(rows_of(text, width) for text, width in texts)))
        if line.validation:
            sheet.data_validation(row, VALUE, row, VALUE, line.validation)
    light_up(paper, sheet, (FIRST, VALUE, FIRST + max(len(lines), 1) - 1, VALUE))
    sheet.freeze_panes(FIRST, 0)


def write_cell(paper: Paper, sheet: Any, place: tuple[int, int], line: Line, value: Cell) -> None:
    """Write one cell; a formula with the value it has."""
    look = paper.look(line.look, line.number_format)
    row, column = place
    if line.formula is not None:
        shown = "" if value is None else value
        if line.is_array:
            sheet.write_array_formula(row, column, row, column, f"{{={line.formula}}}", look, shown)
        else:
            sheet.write_formula(row, column, f"={line.formula}", look, shown)
        return
    write_value(sheet, place, value, look)


def write_value(sheet: Any, place: tuple[int, int], value: Cell, look: Any) -> None:
    """Write what is given."""
    row, column = place
    match value:
        case None:
            sheet.write_blank(row, column, None, look)
        case bool():
            sheet.write_boolean(row, column, value, look)
        case str():
            sheet.write_string(row, column, value, look)
        case _:
            sheet.write_number(row, column, value, look)


def shortened(formula: str) -> str:
    """Return a formula for reading, cut off where it is long."""
    return formula if len(formula) <= _LONGEST_SHOWN else formula[:_LONGEST_SHOWN] + " …"


def light_up(paper: Paper, sheet: Any, area: tuple[int, int, int, int]) -> None:
    """Colour the cells that show a light."""
    for light in SEVEREST_FIRST:
        rule = {"type": "cell", "criteria": "==", "value": f'"{light}"', "format": paper.look(light)}
        sheet.conditional_format(*area, rule)


def _write_title(paper: Paper, sheet: Any, title: str, note: str, columns: int) -> None:
    sheet.write_string(0, 0, title, paper.look("title"))
    sheet.set_row(0, 24)
    width = max(2, min(columns, 10))
    sheet.merge_range(1, 0, 1, width - 1, note, paper.look("note"))
    sheet.set_row(1, height(rows_of(note, 12 * width)))


def _write_groups(paper: Paper, sheet: Any, lines: Sequence[Line]) -> None:
    numbered = list(enumerate(lines))
    for group, members in groupby(numbered, key=lambda each: each[1].group):
        places = [index for index, _ in members]
        look = paper.look("group")
        if len(places) > 1:
            sheet.merge_range(_TOP, places[0], _TOP, places[-1], group, look)
        else:
            sheet.write_string(_TOP, places[0], group, look)


def _width(line: Line) -> int:
    shown = max((cells(str(cell)) for cell in line.cells[:40] if cell is not None), default=0)
    if line.formula is not None or line.look != "data":
        shown = min(shown, 10)
    return max(_NARROWEST, min(_WIDEST, max(cells(line.title) // 2 + 4, cells(line.name) // 2 + 4, shown + 2)))
