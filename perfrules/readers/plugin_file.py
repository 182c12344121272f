"""Files that a plug-in reads: its rows go through the same checks as those of every other reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from perfrules.diagnostics import DataPlace
from perfrules.ir.plan import PluginIdentity
from perfrules.plugins.faults import Fault, fault_diagnostic
from perfrules.plugins.loader import load_reader
from perfrules.plugins.reader import LoadedReader
from perfrules.readers.contents import read_bytes
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.mapping import row_of
from perfrules.readers.raw import Raw


@frozen
class ReadByPlugin:
    """The rows, and the code that read them; None where it could not be loaded."""

    raw: Raw
    identity: PluginIdentity | None = None


def read_by_plugin(path: Path, allowed: frozenset[str], limits: Limits) -> ReadByPlugin | None:
    """Read a file by the first of the *allowed* readers, in the order of their names, that reads its ending."""
    for found in _readers(allowed):
        if isinstance(found, Fault):
            return ReadByPlugin(Raw(problems=(fault_diagnostic(found, where=DataPlace(file=str(path))),)))
        if found.reads(path):
            return ReadByPlugin(_rows(path, found, limits), found.identity)
    return None


def _readers(allowed: frozenset[str]) -> Iterator[LoadedReader | Fault]:
    for name in sorted(allowed):
        found = load_reader(name, allowed)
        if isinstance(found, LoadedReader | Fault):
            yield found


def _rows(path: Path, reader: LoadedReader, limits: Limits) -> Raw:
    content = read_bytes(path, limits)
    if not isinstance(content, bytes):
        return Raw(problems=(content,))
    place = DataPlace(file=str(path))
    rows = reader.rows(path, limits.rows)
    if isinstance(rows, Fault):
        return Raw(problems=(fault_diagnostic(rows, where=place),))
    if len(rows) > limits.rows:
        return Raw(problems=(too_large(len(rows), "rows", limits.rows, place),))
    return Raw(tuple(row_of(row, DataPlace(file=str(path), row=number)) for number, row in enumerate(rows, start=1)))
