"""Results as a Parquet file of any size."""

from __future__ import annotations

from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define, field

from perfrules.tables.results.layout import Layout

_GROUP: Final = 1 << 17
"""Rows that are written as one group."""


@define(eq=False)
class ParquetResults:
    """Writes batches of *layout* to *file*."""

    file: IO[bytes] = field(repr=False)
    layout: Layout
    _writer: Any = field(init=False, repr=False)
    _waiting: list[pa.RecordBatch] = field(factory=list, init=False, repr=False)
    _rows: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self._writer = pq.ParquetWriter(self.file, self.layout.schema, compression="zstd")

    def write(self, batch: pa.RecordBatch, _ends: object) -> None:
        """Write some rows; open totals are among their columns."""
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= _GROUP:
            self._flush()

    def finish(self) -> None:
        """Write the last rows, and what describes the file."""
        self._flush()
        self._writer.close()

    def close(self) -> None:
        """Let go of what is not finished."""
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self.layout.schema), row_group_size=_GROUP)
        self._waiting, self._rows = [], 0
