"""Records of CSV as columns of texts.

Blank rows and cells beyond the headings are what the readers of rows say they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from attrs import field, frozen

from perfrules.readers.raw import heading_text, is_blank

_SOME: Final = r"[^\s\p{Z}\x00-\x20\x7f-\x{a0}]"
"""A character that is surely no blank."""


@frozen(eq=False)
class Head:
    """The row of headings: its cells as they are written, the number of its row, and how cells are parted."""

    cells: tuple[str, ...]
    number: int
    delimiter: str
    kept: tuple[int, ...] = field(init=False)
    """The places of the columns that have a heading."""

    @kept.default
    def _with_heading(self) -> tuple[int, ...]:
        return tuple(place for place, cell in enumerate(self.cells) if heading_text(cell))

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings that are not blank."""
        return tuple(self.cells[place] for place in self.kept)


@frozen(eq=False)
class Records:
    """Some records: their *columns* (those with a heading), how many they are, and which have cells *beyond* those.

    *blanks* are the rows that were left out, by how many records stand before them.
    """

    columns: Sequence[Any] = field(repr=False)
    rows: int
    blanks: Sequence[int] = ()
    beyond: Sequence[int] = ()


def lines_of(text: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Read records one by one; raises csv.Error."""
    return csv.reader(text, delimiter=delimiter, strict=True)


def from_lines(lines: Sequence[Sequence[str]], head: Head) -> Records:
    """Put lines into columns."""
    blanks: list[int] = []
    kept: list[Sequence[str]] = []
    for line in lines:
        if all(map(is_blank, line)):
            blanks.append(len(kept))
        else:
            kept.append(line)
    width, own = len(head.cells), set(head.kept)
    beyond = [row for row, line in enumerate(kept) if _has_strays(line, own)]
    full = [(*line, *[""] * (width - len(line))) for line in kept]
    columns = [pa.array([line[place] for line in full], pa.string()) for place in head.kept]
    return Records(columns, len(kept), blanks, beyond)


def from_bytes(content: bytes, head: Head, encoding: str, only: int | None = None) -> Records:
    """Read whole records that are plain CSV; of *only* that column the cells, where that is asked for.

    Raises csv.Error.
    """
    if encoding == "gb18030":
        content = content.decode(encoding).encode("utf-8")
    strays = [place for place in range(len(head.cells)) if place not in set(head.kept)]
    asked = list(head.kept) if only is None else [head.kept[only]]
    try:
        cells = _cells(content, head, sorted({0, *asked, *strays}))
        blank = _blank_rows(cells, content, head)
    except pa.ArrowInvalid:  # lines of different lengths
        text = io.StringIO(content.decode("utf-8"), newline="")
        found = from_lines([*lines_of(text, head.delimiter)], head)
        return found if only is None else Records([found.columns[only]], found.rows, found.blanks, found.beyond)
    beyond = np.zeros(len(cells[0]), bool)
    for place in strays:
        beyond |= _written(cells[place])
    if blank.any():
        rows = pa.array(np.flatnonzero(~blank))
        cells = {place: each.take(rows) for place, each in cells.items()}
        beyond = beyond[~blank]
    blanks = np.flatnonzero(blank) - np.arange(int(blank.sum()))
    return Records([cells[place] for place in asked], len(beyond), blanks.tolist(), np.flatnonzero(beyond).tolist())


def _has_strays(line: Sequence[str], own: set[int]) -> bool:
    return any(not is_blank(cell) for place, cell in enumerate(line) if place not in own)


def _cells(content: bytes, head: Head, places: Sequence[int]) -> dict[int, Any]:
    names = [f"c{place}" for place in range(len(head.cells))]
    wanted = [names[place] for place in places]
    table = pacsv.read_csv(
        pa.BufferReader(content),
        read_options=pacsv.ReadOptions(column_names=names, use_threads=False, block_size=len(content) + 1),
        parse_options=pacsv.ParseOptions(
            delimiter=head.delimiter, newlines_in_values=b'"' in content, ignore_empty_lines=False
        ),
        convert_options=pacsv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    columns = (table.column(name) for name in wanted)
    return dict(zip(places, (_one(each) for each in columns), strict=True))


def _one(chunks: Any) -> Any:
    return chunks.chunk(0) if chunks.num_chunks == 1 else pa.concat_arrays(chunks.chunks or [pa.array([], pa.string())])


def _written(cells: Any) -> Any:
    """Return where something stands."""
    written = np.array(pc.match_substring_regex(cells, _SOME), bool)
    for row in np.flatnonzero(~written).tolist():
        written[row] = not is_blank(cells[row].as_py())
    return written


def _blank_rows(cells: dict[int, Any], content: bytes, head: Head) -> Any:
    """Return which rows say nothing; columns that were not read are read where the first cell is blank."""
    blank = ~_written(cells[0])
    if not blank.any():
        return blank
    for each in _cells(content, head, range(len(head.cells))).values():
        blank &= ~_written(each)
    return blank
