"""The refused rows of a data file as a CSV file: their cells as they stood there, and their problems in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import IO

from attrs import frozen

from perfrules.diagnostics import Diagnostic
from perfrules.readers.python_values import CellError, Figure, Foreign, TooLong, plain, shown_text
from perfrules.readers.raw import RawRow, heading_text
from perfrules.tables.files.seen import Refused


@frozen(eq=False)
class RefusedRows:
    """Writes rows under *columns* to *file*; *headings* are those of the number of a row and of its problems."""

    file: IO[bytes]
    columns: Sequence[str]
    headings: tuple[str, str]
    tell: Callable[[Diagnostic], str]

    def begin(self) -> None:
        """Write the headings."""
        self.file.write("\ufeff".encode())
        self._write([[*self.columns, *self.headings]])

    def write(self, refused: Iterable[Refused]) -> None:
        """Write some rows."""
        self._write(self._line(row, problems) for row, problems in refused)

    def _line(self, row: RawRow, problems: Sequence[Diagnostic]) -> Sequence[str]:
        cells = dict(zip(row.headings, row.cells, strict=True))
        told = "; ".join(dict.fromkeys(map(self.tell, problems)))
        number = "" if row.place.row is None else str(row.place.row)
        return [*(as_written(cells.get(heading_text(each))) for each in self.columns), number, told]

    def _write(self, lines: Iterable[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(lines)
        self.file.write(text.getvalue().encode())


def as_written(cell: object) -> str:
    """Return a cell as a text that reads back as the same.

    >>> as_written(" 12,5 "), as_written(0.1), as_written(True), as_written(None)
    (' 12,5 ', '0.1', 'true', '')
    """
    if isinstance(cell, str):
        return shown_text(cell)
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, default=as_written)
    match plain(cell):
        case None:
            return ""
        case bool() as answer:
            return "true" if answer else "false"
        case date() as day:
            return day.isoformat()
        case str() as text:
            return text
        case TooLong():
            return str(cell)
        case Figure(text=text) | Foreign(text=text) | CellError(text=text):
            return text
