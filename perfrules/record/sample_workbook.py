"""The sampling sheet as an Excel workbook, through XlsxWriter; the same sheet gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Final
from unicodedata import east_asian_width

from perfrules.record.sample import Sheet

_CREATED: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a date in a file, not a moment
_WIDTHS: Final = (5, 16, 14, 18, 9, 12, 20, 9, 16, 16, 9, 8, 16)
_LINE: Final = 16
"""Points of a line of text; heights are stated, since not every program finds them itself."""


def workbook_sheet(sheet: Sheet) -> bytes:
    """Return the workbook. ImportError where XlsxWriter is not installed."""
    xlsxwriter = import_module("xlsxwriter")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E7E6E6"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    page = book.add_worksheet("sample")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    for row, (name, text) in enumerate(sheet.about):
        page.write_string(row, 0, name)
        page.write_string(row, 2, text)
    top = len(sheet.about) + 1
    page.set_row(top, _height(sheet.headings))
    for column, heading in enumerate(sheet.headings):
        page.write_string(top, column, heading, strong)
    for row, cells in enumerate(sheet.rows, start=top + 1):
        page.set_row(row, _height(cells))
        for column, text in enumerate(cells):
            page.write_string(row, column, text, plain)
    page.freeze_panes(top + 1, 2)
    page.repeat_rows(top)
    book.close()
    return stream.getvalue()


def _height(cells: Sequence[str]) -> int:
    """Return the height in which all *cells* can be read, in points."""
    lines = (-(-_width(text) // (width - 1)) for text, width in zip(cells, _WIDTHS, strict=True))
    return _LINE * min(max(1, *lines), 25)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
