"""The rows of a table as the readers of single entities want them: for rulesets that no columns can score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import pyarrow as pa
from attrs import frozen

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.ir.plan import Plan
from perfrules.readers.headings import headings_of, resolve
from perfrules.readers.raw import Raw, RawRow, ReadOptions, heading_text
from perfrules.readers.rows import EntityRow, read_rows


@frozen(eq=False)
class RowsRead:
    """All entities of a table: their column as the data have it, what was read of each, and the problems of the table
    as a whole. *overrides* tells that there are columns of overrides.
    """

    entity: pa.Field
    entities: pa.ChunkedArray
    rows: tuple[EntityRow, ...]
    problems: tuple[Diagnostic, ...]
    overrides: bool


def read_entity_rows(frame: object, plan: Plan, options: ReadOptions) -> RowsRead:
    """Read every row of *frame*, a frame of any kind or a mapping of columns."""
    columns = _columns(frame)
    headings = tuple(heading_text(name) for name in columns)
    place = DataPlace()
    resolved = resolve(headings, headings_of(plan), options, place)
    own = next((n for n, target in enumerate(resolved.targets) if target is not None and target.is_entity), None)
    cells = zip(*(_python(column) for column in columns.values()), strict=True)
    raw = Raw(
        tuple(RawRow(headings, row, DataPlace(row=number)) for number, row in enumerate(cells, start=1)),
        headings=RawRow(headings, headings, place),
    )
    read = read_rows(raw, plan, options)
    if own is None:
        return RowsRead(
            pa.field(plan.entity_name, pa.string()), pa.chunked_array([[]], pa.string()), (), read.problems, False
        )
    name = list(columns)[own]
    entities = _arrow(list(columns.values())[own])
    given = any(target is not None and target.is_override for target in resolved.targets)
    return RowsRead(pa.field(name, entities.type), entities, read.rows, read.problems, given)


def _columns(frame: Any) -> Mapping[str, Any]:
    if isinstance(frame, Mapping):
        return frame
    if isinstance(frame, pa.RecordBatchReader):
        frame = frame.read_all()
    if isinstance(frame, pa.RecordBatch):
        frame = pa.Table.from_batches([frame])
    if not isinstance(frame, pa.Table) and type(frame).__module__.partition(".")[0] != "pandas":
        if hasattr(frame, "collect"):
            frame = frame.collect()
        frame = (
            pa.table(frame)
            if hasattr(frame, "__arrow_c_stream__")
            else import_module("narwhals").from_native(frame).to_arrow()
        )
    names = frame.column_names if isinstance(frame, pa.Table) else [str(each) for each in frame.columns]
    return {str(name): frame[name] for name in names}


def _python(column: Any) -> Sequence[object]:
    if isinstance(column, pa.ChunkedArray | pa.Array):
        return column.to_pylist()  # type: ignore[no-any-return]
    return column.tolist() if hasattr(column, "tolist") else list(column)


def _arrow(column: Any) -> pa.ChunkedArray:
    if isinstance(column, pa.ChunkedArray):
        return column
    found = column if isinstance(column, pa.Array) else pa.array(column, from_pandas=True)
    return pa.chunked_array([found]) if isinstance(found, pa.Array) else found
