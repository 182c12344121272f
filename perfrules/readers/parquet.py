"""Parquet, through pyarrow: decimals and whole numbers exactly, floats as their shortest decimal, lists as tables."""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path
from typing import Any

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.readers.arrow_values import python_values
from perfrules.readers.contents import read_bytes
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import Raw, RawRow, Wanted, heading_text, unreadable


def read_parquet(path: Path, _wanted: Wanted, limits: Limits) -> Raw:
    """Read a Parquet file."""
    content = read_bytes(path, limits)
    return Raw(problems=(content,)) if isinstance(content, Diagnostic) else parse_parquet(content, str(path), limits)


def parse_parquet(content: bytes, file: str, limits: Limits) -> Raw:
    """Read the bytes of a Parquet file."""
    place = DataPlace(file=file)
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError:
        args = {"library": "pyarrow", "install": "perfrules[frames]"}
        return Raw(problems=(Diagnostic(Code.DATA_NEEDS_LIBRARY, args=args, where=place),))
    try:
        source = parquet.ParquetFile(io.BytesIO(content))
        problem = _too_large(source.metadata, place, limits)
        return Raw(problems=(problem,)) if problem else Raw(_rows(source.read(), file))
    except Exception:  # pyarrow raises its own errors, OSError and ValueError for one and the same broken file
        return Raw(problems=(unreadable("not-parquet", place),))


def _too_large(metadata: Any, place: DataPlace, limits: Limits) -> Diagnostic | None:
    expanded = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
    sizes = (
        (metadata.num_rows, "rows", limits.rows),
        (metadata.num_columns, "columns", limits.columns),
        (expanded, "expanded-bytes", limits.expanded_bytes),
    )
    return next((too_large(size, what, limit, place) for size, what, limit in sizes if size > limit), None)


def _rows(table: Any, file: str) -> tuple[RawRow, ...]:
    headings = tuple(heading_text(name) for name in table.column_names)
    columns = [python_values(column) for column in table.columns]
    cells = zip(*columns, strict=True)
    return tuple(RawRow(headings, each, DataPlace(file=file, row=n)) for n, each in enumerate(cells, start=1))
