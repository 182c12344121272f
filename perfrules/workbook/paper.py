"""A workbook on paper: formats, fonts, widths, print set-up. The same calls give the same bytes."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from attrs import define, field

_CREATED: Final = (2020, 1, 1)
_A4: Final = 9
_SIDE, _END = Decimal("0.4"), Decimal("0.6")
_PAGE: Final = 230
"""How wide the columns of a page may be together, in letters."""
_FONTS: Final = {"en": "Calibri", "zh": "等线"}
_LINE: Final = 15
_LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    "title": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "note": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "group": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1, "align": "left"},
    "heading": {"bold": True, "bg_color": "#DDEBF7", "border": 1, "align": "center"},
    "name": {"bg_color": "#F2F2F2", "border": 1, "font_size": 8, "font_color": "#404040", "align": "center"},
    "detail": {"bg_color": "#F2F2F2", "border": 1, "font_size": 8, "font_color": "#404040", "valign": "top"},
    "data": {"border": 1, "bg_color": "#FFF9E5", "border_color": "#BFBFBF", "valign": "vcenter"},
    "formula": {"border": 1, "valign": "vcenter", "border_color": "#BFBFBF"},
    "step": {"border": 1, "valign": "vcenter", "border_color": "#BFBFBF", "font_color": "#7F7F7F", "italic": True},
    "final": {"border": 1, "valign": "vcenter", "border_color": "#BFBFBF", "bold": True},
    "given": {"border": 1, "valign": "vcenter", "border_color": "#BFBFBF", "bg_color": "#FCE4D6"},
    "text": {"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "vcenter"},
    "level": {"border": 1, "border_color": "#7F7F7F", "text_wrap": True, "valign": "vcenter", "bold": True},
    "marks": {"border": 1, "border_color": "#7F7F7F", "align": "center", "valign": "vcenter"},
    "exact": {"border": 1, "valign": "vcenter", "border_color": "#BFBFBF", "indent": 1},
    "wrong": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "red": {"bg_color": "#F8CBAD"},
    "yellow": {"bg_color": "#FFE699"},
    "blue": {"bg_color": "#BDD7EE"},
    "green": {"bg_color": "#C6E0B4"},
    "section": {"bold": True, "font_size": 12, "bottom": 1},
    "plain": {"text_wrap": True, "valign": "top"},
}
_WRAPPED: Final = frozenset({"group", "heading", "name", "detail"})


@define(eq=False)
class Paper:
    """The workbook that is written, with its formats."""

    language: str
    title: str
    content: io.BytesIO = field(factory=io.BytesIO)
    workbook: Any = field(init=False)
    _formats: dict[tuple[str, str], Any] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        xlsxwriter = import_module("xlsxwriter")
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.workbook = xlsxwriter.Workbook(self.content, options)
        created = datetime(*_CREATED)  # noqa: DTZ001 - no zone in a workbook
        self.workbook.set_properties({"created": created, "title": self.title, "author": "perfrules"})
        self.workbook.set_size(2400, 1600)

    def look(self, name: str, number_format: str = "") -> Any:
        """Return the format of a cell."""
        key = (name, number_format)
        if key not in self._formats:
            wanted: dict[str, object] = {"font_name": _FONTS[self.language], "font_size": 10, **_LOOKS[name]}
            if name in _WRAPPED:
                wanted |= {"text_wrap": True, "valign": wanted.get("valign", "vcenter")}
            if number_format:
                wanted["num_format"] = number_format
            self._formats[key] = self.workbook.add_format(wanted)
        return self._formats[key]

    def sheet(self, name: str, *, repeat: tuple[int, int], columns: int = 0, width: int = 0) -> Any:
        """Add a sheet: A4 across, with headings on every page; one page wide unless the *width* of its columns is more
        than can be read.
        """
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=_SIDE, right=_SIDE, top=_END, bottom=_END)
        sheet.fit_to_pages(max(1, -(-width // _PAGE)), 0)
        sheet.repeat_rows(*repeat)
        if columns:
            sheet.repeat_columns(0, columns - 1)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def done(self) -> bytes:
        """Return the bytes."""
        self.workbook.close()
        return self.content.getvalue()


def cells(text: str) -> int:
    """Return how wide a text is: letters of full width count twice."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def rows_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a cell of so many letters."""
    return sum(max(1, -(-cells(line) // max(width - 1, 1))) for line in text.split("\n"))


def height(lines: int) -> int:
    """Return the height of a row with so many lines."""
    return min(400, _LINE * max(1, lines) + 3)
