"""Files of `name: value` lines, one block of lines for each entity, blocks apart by blank lines (`.kv`).

    department: Finance
    spent: 90 万元

Everything is passed on as the text it is; perfrules reads numbers, units and dates out of it as out of any other file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from perfrules_example_plugin import __version__


class KeyValue:
    """Reads UTF-8; `:` and `：` both separate a name from its value, and `#` begins a comment line."""

    name = "keyvalue"
    version = __version__
    endings = (".kv",)

    def read(self, path: Path) -> Iterator[Mapping[str, object]]:
        """Yield one mapping for each block."""
        row: dict[str, object] = {}
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
            if line.lstrip().startswith("#"):
                continue
            if not line.strip():
                if row:
                    yield row
                row = {}
                continue
            name, colon, value = line.replace("：", ":", 1).partition(":")
            if not colon or name.strip() in row:
                raise ValueError(f"line {number} is not `name: value`, or names what its block has already")
            row[name.strip()] = value.strip()
        if row:
            yield row


READER = KeyValue()
