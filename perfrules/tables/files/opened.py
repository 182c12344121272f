"""The table of a data file, by how its name ends; the way in."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from perfrules.diagnostics import DataPlace, Diagnostic, has_errors
from perfrules.ir.plan import Plan, PluginIdentity
from perfrules.readers.plugin_file import read_by_plugin
from perfrules.readers.raw import Raw, ReadOptions, unreadable, wanted_by
from perfrules.readers.table import READERS
from perfrules.tables.files.csv_opened import csv_table
from perfrules.tables.files.file_table import FileTable
from perfrules.tables.files.parquet_table import parquet_table
from perfrules.tables.files.raw_table import raw_table

_CSV = (".csv", ".tsv", ".txt")


@frozen
class Opened:
    """A data file as a *table*, or its rows in memory (*raw*) where tables of their own stand beside them.

    *problems* are those of the file as a whole: with errors there is neither.
    """

    table: FileTable | None = None
    raw: Raw | None = None
    problems: tuple[Diagnostic, ...] = ()
    plugin: PluginIdentity | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the data."""
        if self.table is not None:
            return tuple(self.table.columns)
        rows = () if self.raw is None else self.raw.rows
        return tuple(dict.fromkeys(heading for row in rows for heading in row.headings))


def open_data(path: Path, plan: Plan, options: ReadOptions) -> Opened:
    """Open a data file; only what a file holds beside its rows, or what cannot be cut into blocks, is read at once."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _opened(parquet_table(path, options.limits))
    if suffix in _CSV and not any(each.fields for each in plan.data_inputs):
        return _opened(csv_table(path, options.limits))
    reader = READERS.get(suffix)
    if reader is not None:
        return _of_raw(path, reader(path, wanted_by(plan), options.limits))
    found = read_by_plugin(path, options.plugins, options.limits)
    if found is None:
        return Opened(problems=(unreadable("unknown-suffix", DataPlace(file=str(path))),))
    return _of_raw(path, found.raw, found.identity)


def _opened(found: FileTable | Diagnostic) -> Opened:
    return Opened(problems=(found,)) if isinstance(found, Diagnostic) else Opened(found)


def _of_raw(path: Path, raw: Raw, plugin: PluginIdentity | None = None) -> Opened:
    if has_errors(raw.problems):
        return Opened(problems=raw.problems, plugin=plugin)
    headings = () if raw.headings is None else raw.headings.headings
    table = None if raw.tables else raw_table(str(path), raw.rows, headings)
    return Opened(table, raw if table is None else None, raw.problems, plugin)
