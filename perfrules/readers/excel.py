"""Excel workbooks (.xlsx, .xlsm, .xls): one sheet of entities, and a sheet for each table, through python-calamine.

The data sheet is the one named after the entity, `data` or `数据`, else the first that belongs to no table. A number
is the 15 digits that Excel shows. A number that Excel shows with a percent sign is read with it; the old .xls format
does not tell, so there a bare number stays bare (and an error value looks like an empty cell).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.lang.exact import as_text, from_decimal_text
from perfrules.readers.contents import read_bytes
from perfrules.readers.excel_package import SheetSeen, look_into
from perfrules.readers.limits import Limits
from perfrules.readers.python_values import CellError, Figure
from perfrules.readers.raw import Raw, RawRow, Wanted, heading_text, is_blank, rows_of_grid, unreadable
from perfrules.readers.sheet_names import DATA_SHEETS, is_sheet_of

_ZIP: Final = b"PK"
_NOTHING_SEEN: Final = SheetSeen()


def read_excel(path: Path, wanted: Wanted, limits: Limits) -> Raw:
    """Read a workbook."""
    content = read_bytes(path, limits)
    if isinstance(content, Diagnostic):
        return Raw(problems=(content,))
    return parse_excel(content, str(path), wanted, limits)


def parse_excel(content: bytes, file: str, wanted: Wanted, limits: Limits) -> Raw:
    """Read the bytes of a workbook."""
    place = DataPlace(file=file)
    try:
        calamine = import_module("python_calamine")
    except ImportError:
        args = {"library": "python-calamine", "install": "perfrules[excel]"}
        return Raw(problems=(Diagnostic(Code.DATA_NEEDS_LIBRARY, args=args, where=place),))
    seen = look_into(content, place, limits) if content.startswith(_ZIP) else {}
    if isinstance(seen, Diagnostic):
        return Raw(problems=(seen,))
    read = _guarded(lambda: _read_sheets(calamine, content, place, wanted, seen, limits))
    if isinstance(read, Raw):
        return read
    is_locked = isinstance(read, calamine.PasswordError)
    return Raw(problems=(unreadable("password-protected" if is_locked else "not-a-workbook", place),))


def _guarded(read: Callable[[], Raw]) -> Raw | BaseException:
    """Call into the library, whose own defects on broken files come as Rust panics beside its errors."""
    try:
        return read()
    except Exception as error:
        return error
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        return panic


def _read_sheets(
    calamine: Any, content: bytes, place: DataPlace, wanted: Wanted, seen: Mapping[str, SheetSeen], limits: Limits
) -> Raw:
    workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [each.name for each in workbook.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
    tables = {
        table: sheet
        for table, names in wanted.tables.items()
        if (sheet := next((each for each in sheets if is_sheet_of(each, names)), None)) is not None
    }
    data_sheet = _data_sheet([each for each in sheets if each not in tables.values()], wanted)
    if data_sheet is None:
        return Raw(problems=(unreadable("no-data-sheet", place),))

    def read(sheet: str, merged: bool) -> Raw:
        grid = _grid(workbook.get_sheet_by_name(sheet), seen.get(sheet, _NOTHING_SEEN), wanted if merged else None)
        return rows_of_grid(grid, evolve(place, sheet=sheet), limits)

    data = read(data_sheet, False)
    records: dict[str, tuple[RawRow, ...]] = {}
    problems = [*data.problems]
    for table, sheet in tables.items():
        found = read(sheet, True)
        records[table] = found.rows
        problems += found.problems
    return evolve(data, tables=MappingProxyType(records), problems=tuple(problems))


def _data_sheet(sheets: Sequence[str], wanted: Wanted) -> str | None:
    named = (each for each in sheets if is_sheet_of(each, (*wanted.entity, *DATA_SHEETS)))
    return next(named, sheets[0] if sheets else None)


def _grid(sheet: Any, seen: SheetSeen, merged_for: Wanted | None) -> list[list[object]]:
    """Return the cells from A1 on; *merged_for*: an entity's name stands for all the rows its cell was merged over."""
    if sheet.start is None and not seen.errors:
        return []
    rows = sheet.to_python(skip_empty_area=False) if sheet.start is not None else []
    grid = [[_cell(cell, (r, c) in seen.percent) for c, cell in enumerate(line)] for r, line in enumerate(rows)]
    for (row, column), text in seen.errors.items():
        _put(grid, row, column, CellError(text))
    if merged_for is not None:
        _fill_merged(grid, sheet.merged_cell_ranges or (), merged_for)
    return grid


def _cell(found: object, is_percent: bool) -> object:
    """Return what Excel shows for a value: the 15 digits of a number, the percent sign where it has one."""
    match found:
        case "":
            return None
        case bool() | str() | datetime() | date():
            return found
        case time() | timedelta():
            return str(found)
    value = from_decimal_text(format(found, ".15g"))
    if value is None:
        return str(found)
    return f"{as_text(value * 100)}%" if is_percent else Figure(value, as_text(value))


def _put(grid: list[list[object]], row: int, column: int, cell: object) -> None:
    grid.extend([] for _ in range(row + 1 - len(grid)))
    grid[row].extend([None] * (column + 1 - len(grid[row])))
    grid[row][column] = cell


def _fill_merged(grid: list[list[object]], ranges: Sequence[Any], wanted: Wanted) -> None:
    top = next((line for line in grid if any(not is_blank(cell) for cell in line)), [])
    columns = {index for index, cell in enumerate(top) if heading_text(cell) in wanted.entity}
    for (first, left), (last, right) in ranges:
        if left == right and left in columns:
            for row in range(first + 1, min(last + 1, len(grid))):
                if len(grid[row]) > left and is_blank(grid[row][left]) and any(not is_blank(c) for c in grid[row]):
                    grid[row][left] = grid[first][left]
