"""Arrow tables as the kind of frame that the data came in.

pandas frames have the index of the data, decimals as `ArrowDtype(decimal128)`, truths as `boolean`, numerators and
denominators as `Int64`, dates as `ArrowDtype(date32)`, few texts as categories; nothing becomes a float.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pyarrow as pa

from perfrules.tables.ingest.sources import package_of
from perfrules.tables.results.stored import is_constant
from perfrules.tables.results.whole_columns import WholeColumns


def is_pandas(frame: Any) -> bool:
    """Tell whether results of *frame* are a frame of pandas."""
    return _maker(frame) == "pandas"


def handed_back(table: pa.Table, frame: Any, whole: WholeColumns | None = None) -> Any:
    """Return *table* as what *frame* is; a `pyarrow.Table` for whatever else speaks Arrow.

    Columns of float64 may lie in *whole* already.
    """
    match _maker(frame):
        case "pandas":
            found = _pandas(table, whole or WholeColumns(len(table)))
            skipped = len(frame) - len(found)  # the words under the headings of a template are no row
            found.index = frame.index[skipped:]
            return found
        case "polars":
            frame_of = import_module("polars").from_arrow(table)
            return frame_of.lazy() if type(frame).__name__ == "LazyFrame" else frame_of
        case "narwhals":
            return import_module("narwhals").from_native(handed_back(table, frame.to_native()))
        case "duckdb" | "_duckdb":
            return _duckdb(table, frame)
    if isinstance(frame, pa.RecordBatch):
        return table.combine_chunks().to_batches()[0] if table.num_rows else _no_rows(table.schema)
    return table


def _maker(frame: object) -> str:
    return package_of(type(frame))


def _pandas(table: pa.Table, whole: WholeColumns) -> Any:
    """Return a frame whose decimals and days stay where they are, column by column (`to_pandas` alone copies more)."""
    pandas = import_module("pandas")

    def dtype(kind: pa.DataType) -> Any:
        if pa.types.is_boolean(kind):
            return pandas.BooleanDtype()
        if pa.types.is_int64(kind):
            return pandas.Int64Dtype()
        return None

    def in_place(name: str, cells: pa.ChunkedArray) -> Any:
        if pa.types.is_float64(cells.type):
            return whole.filled(name, cells)
        if pa.types.is_decimal(cells.type) or pa.types.is_date(cells.type):
            return pandas.arrays.ArrowExtensionArray(cells)
        if pa.types.is_dictionary(cells.type) and cells.num_chunks:
            texts = tuple(cells.chunk(0).dictionary.to_pylist())  # the same in every stretch
            if texts not in kinds:
                kinds[texts] = pandas.CategoricalDtype(cells.chunk(0).dictionary.to_pandas())
            return pandas.Categorical.from_codes(_codes(cells), dtype=kinds[texts], validate=False)
        return None

    kinds: dict[tuple[str, ...], Any] = {}
    found = [in_place(name, cells) for name, cells in zip(table.column_names, table.columns, strict=True)]
    others = [place for place, cells in enumerate(found) if cells is None]
    converted = table.select(others).to_pandas(types_mapper=dtype)
    for place, (_, series) in zip(others, converted.items(), strict=True):
        found[place] = series
    frame = pandas.DataFrame(dict(enumerate(found)), copy=False)
    frame.columns = pandas.Index(table.column_names)
    return frame


def _codes(cells: pa.ChunkedArray) -> Any:
    """Return the codes of few texts, -1 where there is none."""
    kind, start = np.dtype(cells.type.index_type.to_pandas_dtype()), 0
    codes = np.zeros(len(cells), kind)  # memory that nobody touches costs nothing
    for each in cells.chunks:
        if each.null_count == 0 and is_constant(each.indices.buffers()[1], len(each), kind.name):
            start += len(each)
            continue
        stretch = codes[start : start + len(each)]
        stretch[:] = np.frombuffer(each.indices.buffers()[1] or b"", codes.dtype)[each.offset :][: len(each)]
        if each.null_count:
            stretch[np.asarray(each.is_null())] = -1
        start += len(each)
    return codes


def _duckdb(table: pa.Table, frame: Any) -> Any:
    """Return a relation on the connection of the one that was given."""
    results = table
    found = frame.query("data", "select * from results").set_alias("results")
    del results
    return found


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
