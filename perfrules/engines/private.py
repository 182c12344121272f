"""DuckDB as the engine uses it: streams of rows, texts in SQL, and a connection for its own work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

_MEMORY: Final = "256MB"
_BATCH: Final = 65_536


def reader_of(relation: Any) -> Any:
    """Return the rows of a relation as a stream of Arrow batches, from the beginning."""
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
    return read(_BATCH)


def text_in_sql(text: str) -> str:
    """Return *text* as SQL has it.

    >>> text_in_sql("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def name_in_sql(name: str) -> str:
    """Return the name of a column as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def quiet_connection() -> Any:
    """Open a connection that shows no progress on a terminal that is not its own."""
    connection = import_module("duckdb").connect()
    connection.execute("set enable_progress_bar = false")
    return connection


@contextmanager
def private_connection(folder: Path) -> Iterator[Any]:
    """Open a connection whose memory is bounded, and that puts the rest into *folder*."""
    connection = quiet_connection()
    try:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute(f"set temp_directory = {text_in_sql(str(folder))}")
        yield connection
    finally:
        connection.close()
