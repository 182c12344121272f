"""A connection to DuckDB for the engine's own work, apart from those of callers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

_MEMORY: Final = "256MB"


@contextmanager
def private_connection(folder: Path) -> Iterator[Any]:
    """Open a connection whose memory is bounded, and that puts the rest into *folder*."""
    connection = import_module("duckdb").connect()
    try:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute("set temp_directory = ?", [str(folder)])
        yield connection
    finally:
        connection.close()
