"""Rules that compare entities, on Spark: round after round, what the rows bring, then the statistics group by group.

Of the rows, the statistics see only their numbers and what they need. What is told joins the data by the number of the
row, which is the same whenever the frame is computed anew, as long as its partitions are.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from perfrules.batch.cohort.entered import not_yet_known, with_statistics
from perfrules.batch.cohort.members import PENDING
from perfrules.batch.kernel import Kernel
from perfrules.engines.spark_bring import BringPart, ScoreCompared
from perfrules.engines.spark_round import RoundColumns
from perfrules.engines.spark_tell import TellGroup
from perfrules.engines.spark_told import REFUSED, ROW, told_fields
from perfrules.engines.spark_worker import ScorePart
from perfrules.evaluate.cohort.members import LOGICAL
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.plan import Plan
from perfrules.plan.strata import rounds_of, statistics_of
from perfrules.tables.across.rounds import parts_of


def can_be_compared(plan: Plan, part: ScorePart) -> bool:
    """Tell whether columns can do all rounds, and the scores after them."""
    unknown = {expr.id: not_yet_known(expr) for expr in statistics_of(plan)}
    as_of = part.options.as_of or plan.as_of_default
    plans = [plan, *(RoundColumns(plan, number).part for number in range(len(rounds_of(plan))))]
    return not any(Kernel(with_statistics(each, unknown), as_of=as_of).unsupported for each in plans)


def compared_by_spark(plan: Plan, frame: Any, part: ScorePart) -> Any:
    """Return the results of *frame*, whose entities are compared with one another."""
    functions = import_module("pyspark.sql.functions")
    data = frame.select(functions.monotonically_increasing_id().alias(ROW), "*")
    read = pa.schema([pa.field(ROW, pa.int64()), *part.read])
    current, known = data, read
    for number in range(len(rounds_of(plan))):
        columns = RoundColumns(plan, number)
        brought = current.mapInArrow(BringPart(part, number, known), _types().from_arrow_schema(columns.brought))
        told = _told(brought, columns, part).select(ROW, *columns.after.names)
        current, known = data.join(told, ROW), pa.schema([*read, *columns.after])
    return current.mapInArrow(ScoreCompared(part, known), _types().from_arrow_schema(part.written))


def _told(brought: Any, columns: RoundColumns, part: ScorePart) -> Any:
    """Make the statistics of a round, one after the other."""
    schema, homeless = columns.brought, _homeless(brought, columns)
    for place, expr in enumerate(columns.statistics):
        own = None if homeless is None else homeless.filter(pc.is_null(homeless[columns.key(expr)]))
        tell = TellGroup(rules=part.rules, number=columns.number, place=place, homeless=own)
        schema = pa.schema([*schema, *told_fields(columns.name(expr))])
        group = brought.groupBy(columns.key(expr))
        brought = group.applyInArrow(_function(tell), _types().from_arrow_schema(schema))
    return brought


def _function(tell: TellGroup) -> Any:
    return lambda table: tell.told(table)


def _homeless(brought: Any, columns: RoundColumns) -> pa.Table | None:
    """Return the rows whose group is not known; of those that are nothing but in the way, one of a kind."""
    grouped = [expr for expr in columns.statistics if expr.groups]
    if not grouped:
        return None
    homeless = brought.where(" or ".join(f"{columns.key(expr)} is null" for expr in grouped))
    states = sorted({state for expr in grouped for state in _states(expr, columns)})
    kinds = sorted({REFUSED[0].name, *states, *(name for expr in grouped for name in _kinds(expr, columns))})
    is_open = " or ".join(f"{state} = {PENDING}" for state in states)
    return homeless.where(is_open).union(homeless.where(f"not ({is_open})").dropDuplicates(kinds)).toArrow()


def _states(expr: CohortAggregate, columns: RoundColumns) -> list[str]:
    asked = ("group", "where", "body")
    return [f"{columns.nodes[node]}_state" for role, node in parts_of(expr).items() if role.startswith(asked)]


def _kinds(expr: CohortAggregate, columns: RoundColumns) -> list[str]:
    """Return the columns by which rows stand in the way in one way or another, beside the states."""
    asked = ("where", "body") if expr.op in LOGICAL else ("where",)
    tops = [f"{columns.nodes[node]}_top" for role, node in parts_of(expr).items() if role in asked]
    return [columns.key(expr), *tops] if len(columns.statistics) > 1 else tops


def _types() -> Any:
    return import_module("pyspark.sql.pandas.types")
