"""Results as a CSV file of any size: byte for byte what `perfrules.writers.csv_table` writes of them.

Whether a column of numbers that may have no end is one or two shows when the last row is known. Until then rows wait in
a file of their own, with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from perfrules.tables.files import csv_cells
from perfrules.tables.results.columns import ResultColumn, What
from perfrules.tables.results.layout import Layout
from perfrules.tables.results.written import Days, Decimals, Doubles, Ratios, Texts, Words, YesOrNo, arrow_fields
from perfrules.writers.csv_table import safe

Ends: TypeAlias = Mapping[int, tuple[str, str]]
"""Where the total of a row will lie, by row; nothing of those whose total is known."""

_MARK: Final = b"\xef\xbb\xbf"
_LOW: Final = {What.TOTAL_LO: 0, What.TOTAL_HI: 1}


@define(eq=False)
class CsvResults:
    """Writes batches of *layout* to *file*."""

    file: IO[bytes] = field(repr=False)
    layout: Layout
    _waiting: IO[bytes] | None = field(default=None, init=False, repr=False)
    _stream: Any = field(default=None, init=False, repr=False)
    _endless: set[int] = field(factory=set, init=False)
    """The places of the columns in which some number has no end."""
    _has_begun: bool = field(default=False, init=False)

    @property
    def _columns(self) -> Sequence[ResultColumn]:
        return [column for column in self.layout.columns if column.what is not What.SCORE_STATUS]

    @property
    def _open(self) -> list[int]:
        """The places of the columns whose numbers may have no end."""
        return [place for place, each in enumerate(self._columns) if _may_be_endless(each)]

    def write(self, batch: pa.RecordBatch, ends: Ends) -> None:
        """Write some rows, or keep them until all are there."""
        cells = [*self._cells(batch, ends)]
        if not self._open:
            self._write([each for some in cells for each in some])
            return
        if self._stream is None:
            self._waiting = TemporaryFile()  # noqa: SIM115 - closed at the end
            self._stream = pa.ipc.new_stream(self._waiting, self._kept_schema(), options=_COMPRESSED)
        arrays = [each for some in cells for each in some]
        self._stream.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._kept_schema()))

    def finish(self) -> None:
        """Write what waits, and the headings where there are no rows."""
        if self._stream is not None and self._waiting is not None:
            self._stream.close()
            self._waiting.seek(0)
            for batch in pa.ipc.open_stream(self._waiting):
                self._write([*self._settled(batch)])
        self._begin()

    def close(self) -> None:
        """Let go of what waits."""
        if self._waiting is not None:
            self._waiting.close()

    def _write(self, columns: list[Any]) -> None:
        self._begin()
        self.file.write(csv_cells.lines(columns))

    def _begin(self) -> None:
        if not self._has_begun:
            line = ",".join(csv_cells.in_quotes(safe(each)) for each in self._headings())
            self.file.write(_MARK + f"{line}\r\n".encode())
            self._has_begun = True

    def _headings(self) -> Iterator[str]:
        yield "entity"
        for place, column in enumerate(self._columns):
            heading = _heading(column)
            if place in self._endless:
                yield from (f"{heading}.numerator", f"{heading}.denominator")
            else:
                yield heading

    def _cells(self, batch: pa.RecordBatch, ends: Ends) -> Iterator[Sequence[Any]]:
        """Yield the texts of each column: of one whose numbers may have no end its numerators and denominators."""
        yield (csv_cells.texts(batch.column(0)),)
        place, at = 0, 1
        for column in self.layout.columns:
            width = len(arrow_fields(column.name, column.written))
            arrays = [batch.column(at + each) for each in range(width)]
            at += width
            if column.what is What.SCORE_STATUS:
                continue
            if column.what in _LOW:
                yield (_of_ends(ends, _LOW[column.what], batch.num_rows),)
            elif len(arrays) == 2:
                if place not in self._endless and not csv_cells.terminate(arrays[1]):
                    self._endless.add(place)
                yield [csv_cells.whole(each) for each in arrays]
            else:
                yield (_texts(column, arrays[0]),)
            place += 1

    def _kept_schema(self) -> pa.Schema:
        count = 1 + len(self._columns) + len(self._open)
        return pa.schema([pa.field(f"c{place}", pa.large_string()) for place in range(count)])

    def _settled(self, batch: pa.RecordBatch) -> Iterator[Any]:
        yield batch.column(0)
        at, waiting = 1, set(self._open)
        for place in range(len(self._columns)):
            arrays = [batch.column(at)]
            if place in waiting:
                arrays.append(batch.column(at + 1))
            at += len(arrays)
            if len(arrays) == 2 and place not in self._endless:
                yield csv_cells.quotients(*arrays)
            else:
                yield from arrays


_COMPRESSED: Final = pa.ipc.IpcWriteOptions(compression="lz4")


def _may_be_endless(column: ResultColumn) -> bool:
    return isinstance(column.written, Ratios) and column.what not in _LOW


def _heading(column: ResultColumn) -> str:
    """Return the heading that small tables have."""
    if column.what is What.LIGHT:
        return f"{column.key}.light"
    return column.key or column.what.value


def _texts(column: ResultColumn, cells: Any) -> Any:
    match column.written:
        case Decimals():
            return csv_cells.decimals(cells)
        case YesOrNo():
            return csv_cells.truths(cells)
        case Days():
            return csv_cells.days(cells)
        case Words() | Texts() | Ratios() | Doubles():
            return csv_cells.texts(cells)


def _of_ends(ends: Ends, end: int, rows: int) -> Any:
    if not ends:
        return pc.fill_null(pa.nulls(rows, pa.large_string()), "")
    return pa.array([ends[row][end] if row in ends else "" for row in range(rows)], pa.large_string())
