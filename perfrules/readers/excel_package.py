"""What is in an .xlsx package and python-calamine does not tell: percent formats, error values, how much there is.

Reads attributes only, as a stream, before the workbook itself is read; a document type declaration is refused.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias
from xml.parsers import expat

from attrs import field, frozen

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import unreadable

Cell: TypeAlias = tuple[int, int]
"""Row and column, from 0."""
Attributes: TypeAlias = dict[str, str]

_PERCENT_FORMATS: Final = frozenset({9, 10})
_NOT_SHOWN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, expat.ExpatError),
    *(LookupError, ValueError, OSError, RuntimeError, EOFError, ArithmeticError),
)
"""What Python's own readers of packages and XML raise when these are broken."""
_LARGEST_BOX: Final = 64
"""How many cells a sheet may span for each cell that is filled, above the first million."""


class _Refused(Exception):  # noqa: N818 - named by what happened
    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem)
        self.problem = problem


@frozen
class SheetSeen:
    """Which cells are shown with a percent sign, and which hold an error and which."""

    percent: frozenset[Cell] = frozenset()
    errors: Mapping[Cell, str] = field(factory=dict)


def look_into(content: bytes, place: DataPlace, limits: Limits) -> Mapping[str, SheetSeen] | Diagnostic:
    """Look through the sheets of a workbook, by name; a diagnostic if it is none, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            expanded = sum(part.file_size for part in package.infolist())
            if expanded > limits.expanded_bytes:
                return too_large(expanded, "expanded-bytes", limits.expanded_bytes, place)
            if len(set(package.namelist())) < len(package.namelist()):
                return unreadable("not-a-workbook", place)
            percent_styles = _percent_styles(package)
            parts = _sheet_parts(package)
            return {name: _look_at(package, part, percent_styles, place, limits) for name, part in parts.items()}
    except _Refused as refused:
        return refused.problem
    except _BROKEN:
        return unreadable("not-a-workbook", place)


def shows_percent(code: str) -> bool:
    """Tell whether a number format shows a percent sign that multiplies by 100, and not a quoted one.

    >>> shows_percent("0.00%"), shows_percent('0.00"%"')
    (True, False)
    """
    return "%" in _NOT_SHOWN.sub("", code)


def _read_xml(
    package: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through the elements of a part; namespace prefixes are left out."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if text is not None:
        parser.CharacterDataHandler = text
    with package.open(part) as file:
        parser.ParseFile(file)


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a workbook has no document type")


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def see_sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets[attributes["name"]] = link

    def see_relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")

    _read_xml(package, "xl/workbook.xml", see_sheet)
    _read_xml(package, "xl/_rels/workbook.xml.rels", see_relation)
    return {name: targets[link] for name, link in sheets.items()}


def _percent_styles(package: zipfile.ZipFile) -> frozenset[int]:
    """Return the cell styles (by their number) whose number format shows a percent sign."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    percent = {*_PERCENT_FORMATS}
    styles: list[bool] = []
    section = ""

    def see(name: str, attributes: Attributes) -> None:
        nonlocal section
        if name in {"cellXfs", "cellStyleXfs", "dxfs"}:
            section = name
        elif name == "numFmt" and section != "dxfs" and shows_percent(attributes.get("formatCode", "")):
            percent.add(int(attributes["numFmtId"]))
        elif name == "xf" and section == "cellXfs":
            styles.append(int(attributes.get("numFmtId", "0")) in percent)

    _read_xml(package, "xl/styles.xml", see)
    return frozenset(number for number, is_percent in enumerate(styles) if is_percent)


def _look_at(
    package: zipfile.ZipFile, part: str, percent_styles: frozenset[int], place: DataPlace, limits: Limits
) -> SheetSeen:
    seen = _Look(percent_styles)
    _read_xml(package, part, seen.start, seen.text)
    rows, columns = seen.end[0] + 1, seen.end[1] + 1
    for size, what, limit in ((rows, "rows", limits.rows), (columns, "columns", limits.columns)):
        if size > limit:
            raise _Refused(too_large(size, what, limit, place))
    if rows * columns > 1_000_000 + _LARGEST_BOX * seen.filled:
        raise _Refused(too_large(rows, "rows", 1_000_000 // columns, place))
    return SheetSeen(frozenset(seen.percent), seen.errors)


class _Look:
    """What the stream of one sheet has shown so far; positions that are not stated follow the cell before."""

    def __init__(self, percent_styles: frozenset[int]) -> None:
        self._percent_styles = percent_styles
        self._row, self._column = -1, -1
        self._is_error = self._in_value = False
        self.percent: set[Cell] = set()
        self.errors: dict[Cell, str] = {}
        self.filled = 0
        self.end: Cell = (-1, -1)

    def start(self, name: str, attributes: Attributes) -> None:
        self._in_value = False
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            self._see_cell(attributes)
        elif name in {"v", "is"}:
            self._in_value = name == "v"
            self.filled += 1
            self.end = max(self.end[0], self._row), max(self.end[1], self._column)

    def text(self, text: str) -> None:
        if self._in_value and self._is_error:
            here = (self._row, self._column)
            self.errors[here] = self.errors.get(here, "") + text.strip()

    def _see_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            found = _REFERENCE.fullmatch(attributes["r"])
            if found is None:
                raise ValueError("a cell without a place")
            self._row, self._column = int(found[2]) - 1, _column_number(found[1])
        here = (self._row, self._column)
        kind = attributes.get("t", "n")
        self._is_error = kind == "e"
        if self._is_error:
            self.errors[here] = ""
        if kind == "n" and int(attributes.get("s", "0")) in self._percent_styles:
            self.percent.add(here)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
