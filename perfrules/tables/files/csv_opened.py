"""CSV files of any size, block by block: the same cells, row numbers and problems as in a small file.

The file is gone through once before anything is scored: whether it is text, where its records begin, how many there
are. Blocks are read again when they are needed.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final

from attrs import define, field, frozen

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.csv_file import delimiter_of
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import is_blank, unreadable
from perfrules.tables.files.broken import BrokenFile
from perfrules.tables.files.csv_bytes import CsvBytes, Stretch, look_through
from perfrules.tables.files.csv_columns import Head, Records, from_bytes, from_lines, lines_of
from perfrules.tables.files.file_table import FileTable, Parts
from perfrules.tables.ingest.row_notes import RowNotes
from perfrules.tables.ingest.sources import Slice

_LOOKED_AT: Final = 1 << 16
_LINES: Final = 16_384


def csv_table(path: Path, limits: Limits) -> FileTable | Diagnostic:
    """Return the table of a CSV file."""
    place = DataPlace(file=str(path))
    try:
        with path.open("rb") as file:
            first = file.read(_LOOKED_AT)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return unreadable("cannot-be-opened", place)
    delimiter = delimiter_of(first.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))
    found = look_through(path, delimiter)
    if isinstance(found, Diagnostic):
        return found
    try:
        head = _head(found, delimiter)
        if head is None:
            return unreadable("no-heading-row", place)
        if len(head.cells) > limits.columns:
            return too_large(len(head.cells), "columns", limits.columns, place)
        if found.is_plain and _begins_in_first_stretch(found, head):
            return _table(found, head, *_counted_blocks(found, head))
        return _table(found, head, *_counted_lines(found, head))
    except csv.Error:
        return unreadable("not-csv", place)


def _head(file: CsvBytes, delimiter: str) -> Head | None:
    """Find the first row in which something stands."""
    with _opened(file) as text:
        for number, line in enumerate(lines_of(text, delimiter), start=1):
            if any(not is_blank(cell) for cell in line):
                width = max(place for place, cell in enumerate(line) if not is_blank(cell)) + 1
                cells = tuple(line)
                return Head(cells[:width] + ("",) * (len(cells) - width), number, delimiter)
    return None


def _begins_in_first_stretch(file: CsvBytes, head: Head) -> bool:
    text = io.StringIO(file.content(file.stretches[0]).decode(file.encoding), newline="")
    return sum(1 for _ in islice(lines_of(text, head.delimiter), head.number)) == head.number


def _opened(file: CsvBytes) -> io.TextIOWrapper:
    return file.path.open("r", encoding=file.encoding, newline="")


@define(eq=False)
class _Noted:
    """What is noted of the rows while they are counted."""

    rows: int = 0
    blanks: list[int] = field(factory=list)
    beyond: list[int] = field(factory=list)

    def add(self, found: Records) -> None:
        self.blanks += [self.rows + each for each in found.blanks]
        self.beyond += [self.rows + each for each in found.beyond]
        self.rows += found.rows

    def notes(self, file: str, head: Head) -> RowNotes:
        def number(place: int) -> int:
            return head.number + 1 + place + bisect_right(self.blanks, place)

        problems = {
            place: (unreadable("beyond-headings", DataPlace(file=file, row=number(place))),) for place in self.beyond
        }
        return RowNotes(number, problems)


def _table(file: CsvBytes, head: Head, noted: _Noted, parts: Parts) -> FileTable:
    name = str(file.path)
    return FileTable(file=name, columns=head.columns, rows=noted.rows, parts=parts, notes=noted.notes(name, head))


def _counted_blocks(file: CsvBytes, head: Head) -> tuple[_Noted, Parts]:
    noted, blocks = _Noted(), []
    for stretch in file.stretches:
        found = _records(file, head, stretch, 0)
        noted.add(found)
        blocks.append((stretch, found.rows))

    def parts(size: int, column: int | None) -> Iterator[Slice]:
        for stretch, rows in blocks:
            held = _Held(str(file.path), partial(_records, file, head, stretch, column))
            for start in range(0, rows, size):
                yield Slice(min(size, rows - start), partial(held.piece, start, size, column))

    return noted, parts


def _records(file: CsvBytes, head: Head, stretch: Stretch, only: int | None) -> Records:
    content = file.content(stretch)
    if stretch.start:
        return from_bytes(content, head, file.encoding, only)
    text = io.StringIO(content.decode(file.encoding), newline="")
    found = from_lines([*islice(lines_of(text, head.delimiter), head.number, None)], head)
    return found if only is None else Records([found.columns[only]], found.rows, found.blanks, found.beyond)


@frozen(eq=False)
class _Held:
    """Records that are read when somebody asks for their first column, by whatever thread that is."""

    file: str
    read: Callable[[], Records]
    _found: list[Records] = field(factory=list, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def piece(self, start: int, size: int, only: int | None, place: int) -> Any:
        with self._lock:
            if not self._found:
                self._found.append(self._read())
        return self._found[0].columns[0 if only is not None else place].slice(start, size)

    def _read(self) -> Records:
        try:
            return self.read()
        except (csv.Error, OSError, UnicodeDecodeError) as changed:  # since it was counted
            raise BrokenFile(unreadable("not-csv", DataPlace(file=self.file))) from changed


def _counted_lines(file: CsvBytes, head: Head) -> tuple[_Noted, Parts]:
    """Count the rows of a file whose records only the reader of single lines tells apart."""
    noted = _Noted()
    for lines in _lines(file, head, _LINES):
        noted.add(from_lines(lines, head))

    def parts(size: int, _column: int | None) -> Iterator[Slice]:
        try:
            for lines in _lines(file, head, size):
                found = from_lines(lines, head)
                if found.rows:
                    yield Slice(found.rows, partial(_column_of, found))
        except (csv.Error, OSError, UnicodeDecodeError) as changed:  # since it was counted
            raise BrokenFile(unreadable("not-csv", DataPlace(file=str(file.path)))) from changed

    return noted, parts


def _column_of(found: Records, place: int) -> Any:
    return found.columns[place]


def _lines(file: CsvBytes, head: Head, size: int) -> Iterator[Sequence[Sequence[str]]]:
    with _opened(file) as text:
        lines = islice(lines_of(text, head.delimiter), head.number, None)
        while some := [*islice(lines, size)]:
            yield some
