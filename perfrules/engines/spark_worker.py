"""What the workers of Spark do with the rows of one partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pickle import loads
from typing import Any

import pyarrow as pa
from attrs import field, frozen

from perfrules.readers.supplied import Supplied, Supply
from perfrules.tables.ingest.names import names_of
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import Scores, score_batches


@frozen(kw_only=True, eq=False)
class ScorePart:
    """Scores partitions: *rules* are pickled, *read* and *written* are the schemas of the rows in and out."""

    rules: bytes = field(repr=False)
    options: TableOptions
    read: pa.Schema = field(repr=False)
    written: pa.Schema = field(repr=False)
    supplied: Supplied | None = field(default=None, repr=False)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Score the rows of one partition."""
        rows = stream(batches, self.read)
        if rows is not None:
            for batch in score_batches(restored(self.rules), rows, self.options, self.supply()):
                yield batch.cast(self.written)

    def supply(self) -> Supply | None:
        """Return the results of other rulesets that the rules read."""
        return None if self.supplied is None else Supply(restored(self.rules).plan, self.supplied)


class NamesOfPart:
    """Reads the names of the entities of partitions that have that column alone."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Read the names of one partition."""
        for batch in batches:
            yield pa.record_batch({"name": names_of(batch.column(0)).cast(pa.string())})


@cache
def restored(rules: bytes) -> Scores:
    """Return a pickled ruleset; a worker compiles it once."""
    found: Scores = loads(rules)
    return found


def stream(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> pa.RecordBatchReader | None:
    """Return the rows of a partition as a stream under the names of *schema*; None where there are none."""
    found = iter(batches)
    first = next(found, None)
    if first is None:
        return None
    return pa.RecordBatchReader.from_batches(schema, (_as(each, schema) for each in chain((first,), found)))


def _as(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns = [column.cast(kind) for column, kind in zip(batch.columns, schema.types, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """Return *schema* with the types that Spark has: texts are texts, whether they are few or long."""
    return pa.schema([pa.field(each.name, _plain(each.type)) for each in schema])


def _plain(kind: Any) -> Any:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.string() if pa.types.is_large_string(kind) else kind
