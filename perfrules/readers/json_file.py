"""JSON: a list of objects, or an object of objects keyed by entity; tables are nested lists."""

from __future__ import annotations

from pathlib import Path

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.contents import decode, read_bytes
from perfrules.readers.json_text import Pairs, parse_json_text, row_of_pairs
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import Raw, Wanted, unreadable


def read_json(path: Path, wanted: Wanted, limits: Limits) -> Raw:
    """Read a JSON file."""
    content = read_bytes(path, limits)
    if isinstance(content, Diagnostic):
        return Raw(problems=(content,))
    return parse_json(content, str(path), wanted, limits)


def parse_json(content: bytes, file: str, wanted: Wanted, limits: Limits) -> Raw:
    """Read the bytes of a JSON file; rows count from 1."""
    place = DataPlace(file=file)
    text = decode(content, place)
    found = text if isinstance(text, Diagnostic) else parse_json_text(text, place, limits)
    if isinstance(found, Diagnostic):
        return Raw(problems=(found,))
    if isinstance(found, Pairs) and all(isinstance(value, Pairs) for value in found.values()):
        records = [Pairs(((wanted.entity[0], name), *record.pairs)) for name, record in found.pairs]
    elif isinstance(found, list) and all(isinstance(each, Pairs) for each in found):
        records = found
    else:
        return Raw(problems=(unreadable("not-json-records", place),))
    if len(records) > limits.rows:
        return Raw(problems=(too_large(len(records), "rows", limits.rows, place),))
    places = (DataPlace(file=file, row=number) for number in range(1, len(records) + 1))
    return Raw(tuple(row_of_pairs(record, here) for record, here in zip(records, places, strict=True)))
