"""Which reader reads which file, by how its name ends; the way in for data files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import evolve

from perfrules.diagnostics import DataPlace
from perfrules.ir.plan import Plan, PluginIdentity
from perfrules.readers.csv_file import read_csv
from perfrules.readers.excel import read_excel
from perfrules.readers.json_file import read_json
from perfrules.readers.jsonl_file import read_json_lines
from perfrules.readers.limits import Limits
from perfrules.readers.parquet import read_parquet
from perfrules.readers.raw import DEFAULT_OPTIONS, Raw, ReadOptions, Wanted, unreadable, wanted_by
from perfrules.readers.rows import DataRead, read_rows

FormatReader: TypeAlias = Callable[[Path, Wanted, Limits], Raw]

READERS: Final[Mapping[str, FormatReader]] = MappingProxyType(
    {
        ".csv": read_csv,
        ".tsv": read_csv,
        ".txt": read_csv,
        ".json": read_json,
        ".jsonl": read_json_lines,
        ".ndjson": read_json_lines,
        ".xlsx": read_excel,
        ".xlsm": read_excel,
        ".xls": read_excel,
        ".parquet": read_parquet,
    }
)


def read_data(path: str | PathLike[str], plan: Plan, options: ReadOptions = DEFAULT_OPTIONS) -> DataRead:
    """Read a data file against the declarations of *plan*; whatever is in the file, this reports and never raises."""
    raw, plugins = read_raw(path, plan, options)
    read = read_rows(raw, plan, options)
    return evolve(read, plugins=plugins) if plugins else read


def read_raw(
    path: str | PathLike[str], plan: Plan, options: ReadOptions = DEFAULT_OPTIONS
) -> tuple[Raw, tuple[PluginIdentity, ...]]:
    """Read the cells of a data file, no declaration looked at yet; also the plug-ins that read it."""
    reader = READERS.get(Path(path).suffix.lower())
    if reader is None:
        return _by_plugin(Path(path), options)
    return reader(Path(path), wanted_by(plan), options.limits), ()


def _by_plugin(path: Path, options: ReadOptions) -> tuple[Raw, tuple[PluginIdentity, ...]]:
    """Read a file of a format that is none of our own, by a plug-in that the caller allows."""
    from perfrules.readers.plugin_file import read_by_plugin  # which asks what is installed

    found = read_by_plugin(path, options.plugins, options.limits)
    if found is None:
        return Raw(problems=(unreadable("unknown-suffix", DataPlace(file=str(path))),)), ()
    return found.raw, () if found.identity is None else (found.identity,)
