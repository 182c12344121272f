"""The column of the entities in a table of results: as the data have it, so that both can be joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.readers.raw import heading_text
from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.table_in import TableIn


def entity_heading(table: TableIn, frame: object) -> str:
    """Return the heading of the column, as the data have it."""
    place, plan = table.entity_column, table.run.plan
    return plan.entity_name if place is None else _heading(frame, place, table.run.layout.headings[place])


def entity_type(table: TableIn, first: FrameBlock | None, frame: object) -> pa.DataType:
    """Return the type of the column; *first* is the first block, if there is any."""
    if first is not None:
        return _entities(table, first).type
    place = table.entity_column
    if place is None or not isinstance(frame, pa.Table | pa.RecordBatch | pa.RecordBatchReader):
        return pa.string()
    return _plain(frame.schema.field(place).type)


def entities_of(table: TableIn, block: FrameBlock, field: pa.Field) -> pa.Array:
    """Return the entities of a block."""
    found = _entities(table, block)
    return found if found.type == field.type else found.cast(field.type)


def _entities(table: TableIn, block: FrameBlock) -> Any:
    """Return the entities as they are; objects of Python, which Arrow has no one type for, by their names."""
    place = table.entity_column
    piece: Any = None if place is None else block.columns.slice.piece(place)
    if piece is None or (isinstance(piece, np.ndarray) and piece.dtype.kind in "OSU"):
        names = block.columns.names.cast(pa.string())
        return pc.if_else(pc.equal(names, ""), None, names)
    found = piece if isinstance(piece, pa.Array) else pa.array(piece)
    return found.cast(_plain(found.type))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _heading(frame: Any, place: int, read: str) -> str:
    """Return the heading as the frame has it; *read* is how it was read."""
    found = dict(enumerate(_headings(frame))).get(place)
    return str(found) if found is not None and heading_text(found) == read else read


def _headings(frame: Any) -> Iterable[object]:
    if isinstance(frame, Mapping):
        return frame
    if isinstance(frame, pa.Table | pa.RecordBatch | pa.RecordBatchReader):
        return [str(name) for name in frame.schema.names]
    if hasattr(frame, "collect_schema"):
        return [str(name) for name in frame.collect_schema().names()]
    return tuple(getattr(frame, "columns", ()))
