"""Tables of any kind as consecutive stretches of their columns, in place; what kind they are, and how many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from importlib import import_module
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from attrs import field, frozen

from perfrules.tables.ingest.pieces import Piece
from perfrules.tables.ingest.row_notes import NO_NOTES, RowNotes


class Kind(Enum):
    """What a table was given as, so that the same kind can be given back."""

    PANDAS = "pandas"
    POLARS = "polars"
    POLARS_LAZY = "polars lazy"
    ARROW = "arrow"
    ARROW_BATCH = "arrow batch"
    STREAM = "stream"
    FILE = "file"
    DUCKDB = "duckdb"
    MAPPING = "mapping"
    OTHER = "other"


@frozen(eq=False)
class Slice:
    """Some consecutive rows; *piece* gives what one column has there."""

    rows: int
    piece: Callable[[int], Piece] = field(repr=False)


@frozen(eq=False)
class Source:
    """A table: its headings, how many rows it has (None: that shows at its end), and its rows in stretches of at most
    a given size; a stream can be gone through once.

    *column* gives the same stretches with one column alone, where that is less work.
    """

    kind: Kind
    headings: tuple[object, ...]
    rows: int | None
    slices: Callable[[int], Iterator[Slice]] = field(repr=False)
    column: Callable[[int, int], Iterator[Slice]] | None = field(default=None, repr=False)
    file: str | None = None
    notes: RowNotes = NO_NOTES


class ManyRows(Protocol):
    """A table that says itself how it is gone through, as often as needed: that of a file."""

    def as_source(self) -> Source:
        """Return the table as a source."""


class NotATable(TypeError):  # noqa: N818 - what it says of the argument
    """What was given is no table of a kind that can be read."""


def source_of(table: Any) -> Source:
    """Return any table as a source.

    A reader of Arrow batches is gone through once, a few blocks in memory at a time; so one entity's first row is given
    out before its second is seen. Of DuckDB, lazy frames and other streams all rows are fetched first.

    >>> source_of({"staff": np.array([1, 2])}).rows
    2
    """
    table = streamed(table)
    if hasattr(table, "as_source"):
        found: Source = table.as_source()
        return found
    package = package_of(type(table))
    if package == "pandas" and hasattr(table, "iloc") and hasattr(table, "columns"):
        return _of_pandas(table)
    if package == "polars":
        return _of_polars(table)
    if package in ("duckdb", "_duckdb") and hasattr(table, "columns"):
        return _of_arrow(_duckdb_table(table), Kind.DUCKDB)
    if isinstance(table, pa.Table):
        return _of_arrow(table, Kind.ARROW)
    if isinstance(table, pa.RecordBatch):
        return _of_arrow(pa.Table.from_batches([table]), Kind.ARROW_BATCH)
    if isinstance(table, pa.RecordBatchReader):
        return _of_stream(table)
    if isinstance(table, Mapping):
        return _of_mapping(table)
    if isinstance(table, list | tuple):
        raise NotATable(
            f"{type(table).__name__} is no table: rows go to score_all, a table is a frame or columns by name"
        )
    return _of_other(table)


def streamed(table: Any) -> Any:
    """Return a dataset or a scanner of pyarrow as a stream of its batches, anything else as it is."""
    if package_of(type(table)) != "pyarrow":
        return table
    if hasattr(table, "scanner"):
        table = table.scanner()
    return table.to_reader() if type(table).__name__ == "Scanner" else table


def package_of(kind: type) -> str:
    """Return what package a kind of table is of; what extends a table of pandas or polars is one.

    >>> class Mine(pa.Table): ...
    >>> package_of(pa.Table), package_of(Mine)
    ('pyarrow', 'perfrules')
    """
    packages = [each.__module__.partition(".")[0] for each in kind.__mro__]
    return next((each for each in packages if each in ("pandas", "polars")), packages[0])


def _of_arrow(whole: Any, kind: Kind) -> Source:
    def slices(size: int) -> Iterator[Slice]:
        return _even(iter(whole.to_batches(max_chunksize=size)), whole.schema, size)

    return Source(kind, tuple(whole.column_names), whole.num_rows, slices)


def _of_stream(reader: Any) -> Source:
    names = tuple(reader.schema.names)
    return Source(Kind.STREAM, names, None, lambda size: _even(iter(reader), reader.schema, size))


def _even(batches: Iterator[Any], schema: Any, size: int) -> Iterator[Slice]:
    """Cut batches that are too long, in place, and put short ones together, which copies them."""
    waiting: list[Any] = []
    for batch in batches:
        for start in range(0, batch.num_rows, size):
            part = batch.slice(start, size)
            if sum(each.num_rows for each in waiting) + part.num_rows > size:
                yield from _together(waiting, schema)
                waiting = []
            waiting.append(part)
    yield from _together(waiting, schema)


def _together(waiting: Sequence[Any], schema: Any) -> Iterator[Slice]:
    if len(waiting) == 1:
        yield _slice_of_batch(waiting[0])
    elif waiting:
        [batch] = pa.Table.from_batches(waiting, schema).combine_chunks().to_batches()
        yield _slice_of_batch(batch)


def _slice_of_batch(batch: Any) -> Slice:
    return Slice(batch.num_rows, batch.column)


def _of_mapping(table: Mapping[Any, Any]) -> Source:
    for name, each in table.items():
        if isinstance(each, str) or not hasattr(each, "__len__"):
            raise NotATable(f"the column {name} is {type(each).__name__}, not a sequence of cells")
    columns = [each if isinstance(each, np.ndarray) else _array_of(each) for each in table.values()]
    sizes = {len(each) for each in columns}
    if len(sizes) > 1:
        raise NotATable(f"the columns have different lengths: {sorted(sizes)}")
    return _of_columns(Kind.MAPPING, tuple(table), columns, sizes.pop() if sizes else 0)


def _of_columns(kind: Kind, headings: tuple[object, ...], columns: Sequence[Any], rows: int) -> Source:
    def slices(size: int) -> Iterator[Slice]:
        for start in range(0, rows, size):
            yield Slice(min(size, rows - start), _cutter(columns, start, min(start + size, rows)))

    return Source(kind, headings, rows, slices)


def _cutter(columns: Sequence[Any], start: int, stop: int) -> Callable[[int], Piece]:
    return lambda place: _cut(columns[place], start, stop)


def _cut(column: Any, start: int, stop: int) -> Piece:
    part = column[start:stop]
    if isinstance(part, np.ndarray | pa.Array):
        return part
    return _one_array(part) if isinstance(part, pa.ChunkedArray) else _of_extension(part)


def _one_array(chunks: Any) -> Piece:
    return chunks.chunk(0) if chunks.num_chunks == 1 else pa.concat_arrays(chunks.chunks or [chunks.combine_chunks()])


def _of_extension(part: Any) -> Piece:
    """Return a stretch of an extension column of pandas, by Arrow where there is a way."""
    try:
        array = pa.array(part)
    except (pa.ArrowException, TypeError, ValueError):
        return np.array([*part], object)
    return _one_array(array) if isinstance(array, pa.ChunkedArray) else array


def _array_of(cells: Any) -> Any:
    if isinstance(cells, pa.Array | pa.ChunkedArray):
        return cells
    if type(cells).__module__.partition(".")[0] == "pandas":
        return _pandas_column(cells)
    found = np.empty(len(cells), object)
    found[:] = [*cells]
    return found


def _of_pandas(frame: Any) -> Source:
    columns = [_pandas_column(series) for _, series in frame.items()]
    return _of_columns(Kind.PANDAS, tuple(frame.columns), columns, len(frame))


def _pandas_column(series: Any) -> Any:
    """Return a column in place: its numpy array, or the extension array that pandas keeps."""
    return series.to_numpy() if isinstance(series.dtype, np.dtype) else series.array


def _of_polars(frame: Any) -> Source:
    lazy = hasattr(frame, "collect")
    if lazy:
        frame = frame.collect()
    if not hasattr(frame, "iter_slices"):
        raise NotATable(f"{type(frame).__name__} is no table")

    def slices(size: int) -> Iterator[Slice]:
        for part in frame.iter_slices(size):
            yield Slice(part.height, _polars_pieces(part))

    return Source(Kind.POLARS_LAZY if lazy else Kind.POLARS, tuple(frame.columns), frame.height, slices)


def _polars_pieces(part: Any) -> Callable[[int], Piece]:
    return lambda place: _polars_piece(part.to_series(place))


def _polars_piece(series: Any) -> Piece:
    """Return a stretch of a column; what Arrow knows nothing of (whole numbers of 128 bits, objects) as objects."""
    if str(series.dtype) in ("Int128", "UInt128", "Object"):
        return np.array([*series, None], object)[:-1]
    return series.to_arrow()


def _duckdb_table(relation: Any) -> Any:
    read = getattr(relation, "to_arrow_table", None) or relation.fetch_arrow_table
    return read()


def _of_other(table: Any) -> Source:
    if hasattr(table, "__arrow_c_stream__"):
        try:
            return _of_arrow(pa.RecordBatchReader.from_stream(table).read_all(), Kind.OTHER)
        except pa.ArrowInvalid:  # one column alone
            raise NotATable(f"{type(table).__name__} is no table") from None
    try:
        narwhals = import_module("narwhals")
        whole = narwhals.from_native(table)
        whole = (whole.collect() if hasattr(whole, "collect") else whole).to_arrow()
    except (ImportError, TypeError):
        if not hasattr(table, "__dataframe__"):
            raise NotATable(f"{type(table).__name__} is no table that can be read") from None
        whole = import_module("pyarrow.interchange").from_dataframe(table)
    return _of_arrow(whole, Kind.OTHER)
