"""Spark data frames: each partition goes through Arrow to the columns, on the worker that has it.

Whether an entity occurs more than once, and what rules that compare entities have to know of all of them, Spark
finds out beforehand. Rows have no numbers here, and no row holds captions.
"""

from __future__ import annotations

from importlib import import_module
from pickle import dumps
from typing import Any, Final

from attrs import evolve

from perfrules.engines.spark_rounds import can_be_compared, compared_by_spark
from perfrules.engines.spark_worker import NamesOfPart, ScorePart, plain_schema
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.readers.supplied import Supply
from perfrules.tables.ingest.beforehand import Beforehand
from perfrules.tables.ingest.layout import Layout, layout_of
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import Scores, scored_batches

_SOMEWHERE: Final = (-1, -2)
"""Rows of Spark have no numbers: an entity that occurs more than once is somewhere, and somewhere else."""


def score_dataframe(rules: Scores, frame: Any, options: TableOptions, supplied: Supply | None = None) -> Any:
    """Return the results of *frame* as a data frame; rows are scored when it is computed.

    The entities are gone through at once. Raises TableError for columns that cannot be used.
    """
    options = evolve(options, threads=1, progress=None, watch=None, settings=dict(options.settings))
    read = types().to_arrow_schema(frame.schema)
    layout = layout_of(read.names, rules.plan, options.reading)
    unknown = evolve(options, known=Beforehand(twice={}, captions=False))
    schema, _ = scored_batches(rules.plan, rules.score_rows, read.empty_table(), unknown)
    frame = frame.toDF(*(f"perfrules_{place}" for place in range(len(read))))  # Spark cannot read names with points
    known = Beforehand(twice=_twice(frame, layout), captions=False)
    part = ScorePart(
        rules=dumps(rules),
        options=evolve(options, known=known),
        read=read,
        written=plain_schema(schema),
        supplied=None if supplied is None else supplied.supplied,
    )
    if has_cohort_rules(rules.plan):
        if options.engine == "rows" or not can_be_compared(rules.plan, part):
            raise ValueError("Spark compares entities in columns only, which cannot score this ruleset")
        return compared_by_spark(rules.plan, frame, part)
    return frame.mapInArrow(part, types().from_arrow_schema(part.written))


def types() -> Any:
    """Return the module of Spark that knows its types and those of Arrow."""
    return import_module("pyspark.sql.pandas.types")


def _twice(frame: Any, layout: Layout) -> dict[str, tuple[int, ...]]:
    """Let Spark count the names."""
    if not isinstance(layout.entity, int):
        names = frame.limit(2).count() * [str(layout.entity)]
        return {names[0]: _SOMEWHERE} if len(names) > 1 else {}
    named = frame.select(frame.columns[layout.entity])
    counted = named.mapInArrow(NamesOfPart(), "name string").groupBy("name").count()
    return {row["name"]: _SOMEWHERE for row in counted.where("count > 1 and name <> ''").collect()}
