"""The table in a file: how it is gone through, as often as needed, without all of it in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

import pyarrow as pa
from attrs import field, frozen

from perfrules.tables.files.ahead import ahead
from perfrules.tables.ingest.pieces import Piece
from perfrules.tables.ingest.row_notes import NO_NOTES, RowNotes
from perfrules.tables.ingest.sources import Kind, Slice, Source

Parts: TypeAlias = Callable[[int, int | None], Iterator[Slice]]
"""The rows in stretches of at most so many; of one column alone, where that is asked for."""


@frozen(kw_only=True, eq=False)
class FileTable:
    """A table of *rows* rows under *columns* as the file has them; *schema* is that of Arrow, where there is one."""

    file: str
    columns: Sequence[str]
    rows: int
    parts: Parts = field(repr=False)
    notes: RowNotes = field(default=NO_NOTES, repr=False)
    schema: pa.Schema | None = field(default=None, repr=False)

    def as_source(self) -> Source:
        """Return the table as blocks are made of; some rows are read ahead."""
        return Source(
            kind=Kind.FILE,
            headings=tuple(self.columns),
            rows=self.rows,
            slices=lambda size: ahead(self.parts(size, None), 1),
            column=lambda place, size: _of_column(self.parts(size, place), place),
            file=self.file,
            notes=self.notes,
        )


def _of_column(parts: Iterator[Slice], place: int) -> Iterator[Slice]:
    """Keep of each stretch that column."""
    for part in parts:
        yield Slice(part.rows, partial(_same, part.piece(place)))


def _same(piece: Piece, _place: int) -> Piece:
    return piece
