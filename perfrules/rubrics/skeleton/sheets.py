"""Workbooks read for their look: texts, the numbers Excel shows, merged ranges, through python-calamine."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any, Final

from attrs import evolve

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.lang.exact import as_text, from_decimal_text
from perfrules.readers.excel_package import SheetSeen, look_into
from perfrules.readers.limits import DEFAULT_LIMITS, Limits
from perfrules.readers.raw import unreadable
from perfrules.rubrics.skeleton.folded import visible
from perfrules.rubrics.skeleton.grid import Content, Sheet

_ZIP: Final = b"PK"
_MOST_CELLS: Final = 2_000_000
"""A rubric with more places than this is none."""


def sheets_of(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Sheet, ...] | Diagnostic:
    """Read the sheets of a workbook, or say why it cannot be read. ModuleNotFoundError where calamine is lacking."""
    calamine = import_module("python_calamine")
    place = DataPlace(file=file)
    seen = look_into(content, place, limits) if content.startswith(_ZIP) else {}
    if isinstance(seen, Diagnostic):
        return seen
    read = _guarded(lambda: _read(calamine, content, seen))
    if isinstance(read, BaseException):
        return unreadable("password-protected" if isinstance(read, calamine.PasswordError) else "not-a-workbook", place)
    return read


def _guarded(read: Callable[[], tuple[Sheet, ...]]) -> tuple[Sheet, ...] | BaseException:
    """Call into the library, whose own defects on broken files come as Rust panics beside its errors."""
    try:
        return read()
    except Exception as error:
        return error
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        return panic


def _read(calamine: Any, content: bytes, seen: Mapping[str, SheetSeen]) -> tuple[Sheet, ...]:
    workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = calamine.SheetVisibleEnum.Visible
    sheets = [each for each in workbook.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
    return tuple(
        evolve(
            _sheet(each.name, workbook.get_sheet_by_name(each.name), seen.get(each.name, SheetSeen())),
            is_hidden=each.visible != shown,
        )
        for each in sheets
    )


def _sheet(name: str, sheet: Any, seen: SheetSeen) -> Sheet:
    if sheet.start is None:
        return Sheet(name, 0, 0, {})
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise ValueError(f"{sheet.total_height} rows of {sheet.total_width} columns")
    rows = sheet.to_python(skip_empty_area=False)
    found = {
        (r, c): Content(text, r, c, is_number=not isinstance(cell, str))
        for r, line in enumerate(rows)
        for c, cell in enumerate(line)
        if (text := _text(cell, (r, c) in seen.percent))
    }
    _merge(found, sheet.merged_cell_ranges or ())
    width = max((column for _, column in found), default=-1) + 1
    return Sheet(name, max((row for row, _ in found), default=-1) + 1, width, found)


def _text(found: object, is_percent: bool) -> str:
    """Return what Excel shows: the 15 digits of a number, the percent sign where it has one."""
    match found:
        case str():
            return visible(found).strip()
        case bool() | datetime() | date() | time() | timedelta():
            return str(found)
    value = from_decimal_text(format(found, ".15g"))
    if value is None:
        return str(found)
    return f"{as_text(value * 100)}%" if is_percent else as_text(value)


def _merge(found: dict[tuple[int, int], Content], ranges: Sequence[Any]) -> None:
    for (top, left), (bottom, right) in ranges:
        first = found.get((top, left))
        if first is None or (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
            continue
        whole = Content(first.text, top, left, bottom - top + 1, right - left + 1, first.is_number)
        found.update({(row, column): whole for row in range(top, bottom + 1) for column in range(left, right + 1)})
