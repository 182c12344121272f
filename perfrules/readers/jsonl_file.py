"""JSON lines: one object a line. A line that is no object is reported, and the others are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.contents import decode, read_bytes
from perfrules.readers.json_text import Pairs, parse_json_text, row_of_pairs
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import Raw, RawRow, Wanted, unreadable


def read_json_lines(path: Path, _wanted: Wanted, limits: Limits) -> Raw:
    """Read a file of JSON objects, one a line."""
    content = read_bytes(path, limits)
    return Raw(problems=(content,)) if isinstance(content, Diagnostic) else parse_json_lines(content, str(path), limits)


def parse_json_lines(content: bytes, file: str, limits: Limits) -> Raw:
    """Read the bytes of a file of JSON lines; rows are its lines."""
    place = DataPlace(file=file)
    text = decode(content, place)
    if isinstance(text, Diagnostic):
        return Raw(problems=(text,))
    rows: list[RawRow] = []
    problems: list[Diagnostic] = []
    for number, line in _lines(text):
        if len(rows) + len(problems) >= limits.rows:
            return Raw(problems=(too_large(number, "rows", limits.rows, place),))
        here = DataPlace(file=file, row=number)
        found = parse_json_text(line, here, limits)
        if isinstance(found, Pairs):
            rows.append(row_of_pairs(found, here))
        else:
            problems.append(found if isinstance(found, Diagnostic) else unreadable("not-json-records", here))
    return Raw(tuple(rows), problems=tuple(problems))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
