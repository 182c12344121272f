"""CSV: headings in the first row, then one entity a row; a table is a file of its name beside the data.

The delimiter is a comma, a tab or a semicolon: the one that cuts the headings into the most columns. Quotes must be
well formed; a number with thousands separators stands in quotes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Final

from attrs import evolve

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.contents import decode, read_bytes
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import Raw, RawRow, Wanted, rows_of_grid, unreadable

_DELIMITERS: Final = (",", "\t", ";")
_MOST_BLANK_LINES: Final = 100


def read_csv(path: Path, wanted: Wanted, limits: Limits) -> Raw:
    """Read a CSV file and the files of its tables."""
    content = read_bytes(path, limits)
    if isinstance(content, Diagnostic):
        return Raw(problems=(content,))
    data = parse_csv(content, str(path), limits)
    tables: dict[str, tuple[RawRow, ...]] = {}
    problems = [*data.problems]
    for name, beside in files_of_tables(path, wanted).items():
        found = read_csv(beside, Wanted(entity=wanted.entity, tables={}), limits)
        tables[name] = found.rows
        problems += found.problems
    return evolve(data, tables=MappingProxyType(tables), problems=tuple(problems))


def files_of_tables(path: Path, wanted: Wanted) -> Mapping[str, Path]:
    """Return the files beside the data at *path* that hold tables, by the tables' names."""
    found = ((name, _file_of(path, names)) for name, names in wanted.tables.items())
    return {name: beside for name, beside in found if beside is not None}


def parse_csv(content: bytes, file: str, limits: Limits) -> Raw:
    """Read the bytes of a CSV file."""
    place = DataPlace(file=file)
    text = decode(content, place)
    if isinstance(text, Diagnostic):
        return Raw(problems=(text,))
    delimiter = delimiter_of(text)
    grid: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            grid.append(line)
            if len(grid) > limits.rows + 1 + _MOST_BLANK_LINES:
                return Raw(problems=(too_large(len(grid), "rows", limits.rows, place),))
    except csv.Error:
        return Raw(problems=(unreadable("not-csv", DataPlace(file=file, row=len(grid) + 1)),))
    return rows_of_grid(grid, place, limits)


def delimiter_of(text: str) -> str:
    """Return what parts the cells of a text that begins so.

    >>> delimiter_of("name;spent, in all;share")
    ';'
    """
    return max(_DELIMITERS, key=lambda each: _columns(text, each))


def _columns(text: str, delimiter: str) -> int:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next((len(line) for line in islice(lines, _MOST_BLANK_LINES) if line), 0)
    except csv.Error:
        return 0


def _file_of(path: Path, names: tuple[str, ...]) -> Path | None:
    """Find the file of a table; its suffix is the data's own or `.csv`."""
    suffixes = dict.fromkeys((path.suffix, ".csv"))
    candidates = (path.with_name(name + suffix) for name in names if _is_file_name(name) for suffix in suffixes)
    return next((each for each in candidates if each != path and each.is_file()), None)


def _is_file_name(name: str) -> bool:
    return name not in {"", ".", ".."} and not set(name) & set('/\\:\0*?"<>|')
