"""Entities that occur more than once, among any number: hashes of their names are grouped by DuckDB, which has a disk.

Equal hashes are held against the names. In memory are the hashes of a few batches, and the names that are suspected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfrules.engines.private import private_connection
from perfrules.tables.ingest.duplicates import name_hashes
from perfrules.tables.ingest.names import names_of

ReadNames: TypeAlias = Callable[[], pa.RecordBatchReader]
"""Goes through the column that names the entities, from the beginning, whenever it is called."""

_HASHES: Final = pa.schema([("hash", pa.uint64())])


def twice_on_disk(read: ReadNames, folder: Path) -> Mapping[str, tuple[int, ...]]:
    """Return the places of every name that occurs more than once; what does not fit in memory goes into *folder*."""
    suspected = _hashes_that_occur_twice(read, folder)
    if not len(suspected):
        return {}
    places: dict[str, list[int]] = {}
    start = 0
    for names in _names(read):
        rows = np.flatnonzero(np.isin(name_hashes(names), suspected))
        for row, name in zip(rows.tolist(), names.take(pa.array(rows)).to_pylist(), strict=True):
            if name:
                places.setdefault(name, []).append(start + row)
        start += len(names)
    return {name: tuple(found) for name, found in places.items() if len(found) > 1}


def _names(read: ReadNames) -> Iterator[Any]:
    with read() as reader:
        for batch in reader:
            yield names_of(batch.column(0))


def _hashes_that_occur_twice(read: ReadNames, folder: Path) -> NDArray[Any]:
    hashes = pa.RecordBatchReader.from_batches(
        _HASHES, (pa.record_batch([name_hashes(names)], schema=_HASHES) for names in _names(read))
    )
    with private_connection(folder) as connection:
        connection.register("hashes", hashes)
        found = connection.sql("select hash from hashes group by hash having count(*) > 1").to_arrow_table()
    return np.asarray(found["hash"].to_numpy(), np.uint64)
