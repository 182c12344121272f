"""The parse table kept between processes: analysing the grammar costs more than reading a whole ruleset.

A file in the user's own cache folder, plain JSON behind its own hash (nothing in it is executed), named by the hash of
the grammar. Whatever is wrong with it or with the folder, the table is made anew; the
result is the same.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

_FORMAT: Final = "2"


def load_table(text: str) -> dict[str, Any] | None:
    """Return the table of the grammar *text* as it was kept; None if there is none, or it is damaged."""
    try:
        stated, _, content = _place(text).read_bytes().partition(b"\n")
        if stated != _hash(content):
            return None
        table: dict[str, Any] = json.loads(content)
    except (OSError, ValueError):
        return None
    return table


def keep_table(text: str, table: dict[str, Any]) -> None:
    """Keep the *table* for the next process, if the folder lets us."""
    import tempfile  # which takes longer than reading back what is kept

    with suppress(OSError):
        place = _place(text)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        with tempfile.NamedTemporaryFile("wb", dir=place.parent, delete=False) as file:
            file.write(_hash(content) + b"\n" + content)
        os.replace(file.name, place)


def _hash(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def _place(text: str) -> Path:
    name = sha256(f"{_FORMAT}\0{text}".encode()).hexdigest()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "perfrules" / f"grammar-{name[:32]}.json"
