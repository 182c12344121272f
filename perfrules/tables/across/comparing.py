"""Whether the entities of a table can be compared in columns; if so, what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.batch.cohort.entered import not_yet_known, with_statistics
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.ir.plan import Plan
from perfrules.plan.strata import statistics_of
from perfrules.tables.across.compared import Compared
from perfrules.tables.across.held import held
from perfrules.tables.across.rounds import compared
from perfrules.tables.ingest.table_in import TableIn
from perfrules.tables.kernels import kernel_of
from perfrules.tables.options import TableOptions
from perfrules.tables.results.columns import ResultColumn
from perfrules.tables.threads import usual_threads


def compared_in_columns(
    plan: Plan, columns: Sequence[ResultColumn], table: TableIn, options: TableOptions
) -> Compared | None:
    """Compare the entities of *table*; None where nothing compares them, or columns cannot do it."""
    if options.engine == "rows" or not has_cohort_rules(plan):
        return None
    if options.known is not None and options.known.compared is not None:
        return options.known.compared(held(table))
    statistics = {expr.id: not_yet_known(expr) for expr in statistics_of(plan)}
    if kernel_of(with_statistics(plan, statistics), columns, options.as_of) is None:
        return None
    return compared(plan, held(table), as_of=options.as_of, threads=options.threads or usual_threads())
