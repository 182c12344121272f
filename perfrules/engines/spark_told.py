"""What the entities of one partition were told in the rounds before: statistics, and who is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pickle import loads
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pyarrow as pa
from attrs import field, frozen

from perfrules.batch.cohort.entered import Entered, entered
from perfrules.batch.cohort.figures import Figures
from perfrules.batch.cohort.known import Known
from perfrules.batch.cohort.members import Part
from perfrules.batch.cohort.statistic import Statistic
from perfrules.batch.tape import STATES
from perfrules.diagnostics import in_order
from perfrules.engines.spark_cells import cell_fields, part_of
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.inputs import CohortFact
from perfrules.ir.plan import Plan
from perfrules.plan.strata import rounds_of
from perfrules.tables.across.compared import Compared, begun
from perfrules.tables.ingest.table_in import TableIn

if TYPE_CHECKING:
    from perfrules.batch.cohort.members import Standing

ROW: Final = "perfrules_row"
"""The column by which what was told finds its row again."""
REFUSED: Final = (
    pa.field("perfrules_refused", pa.bool_()),
    pa.field("perfrules_problems", pa.binary()),
    pa.field("perfrules_undivided", pa.binary()),
)
"""Whether an entity is refused, the problems that a round found, and those of pools that could not be divided."""


@frozen(eq=False, slots=False)
class ToldBefore:
    """A statistic as the entities of one partition were told it; *facts*, by place, are no plain values."""

    expr: CohortAggregate
    part: Part = field(repr=False)
    counts: Sequence[int] = field(repr=False)
    facts: Mapping[int, CohortFact] = field(repr=False)

    @cached_property
    def entered(self) -> Entered:
        """What a plan reads in its place."""
        assert self.part.states is not None
        singly = np.zeros(len(self.part.states), bool)
        singly[[*self.facts]] = True
        nobody = cast("Standing", None)  # asked only for what all of a group share by reference, here is nothing such
        return entered(self.expr, Statistic(nobody, self.part.values, self.part.states, singly), singly)

    def fact(self, place: int) -> CohortFact:
        """Return what the entity at *place* was told."""
        if place in self.facts:
            return self.facts[place]
        assert self.part.states is not None
        state, values = STATES[int(self.part.states[place])], self.part.values
        if state is not None or values is None:
            assert state is not None
            return CohortFact(value=state, count=self.counts[place])
        value = values.at(place) if isinstance(values, Figures) else bool(values[place])
        return CohortFact(value=value, count=self.counts[place])


def statistic_names(plan: Plan) -> Mapping[str, str]:
    """Return what the columns of each statistic are called, round by round."""
    names = (shared[0].id for round_ in rounds_of(plan) for shared in round_.statistics)
    return {each: f"perfrules_statistic_{number}" for number, each in enumerate(names)}


def told_fields(name: str) -> list[pa.Field]:
    """Return the columns that carry a statistic: its cells, among how many it is, what is no plain value (pickled)."""
    return [*cell_fields(name), pa.field(f"{name}_count", pa.int64()), pa.field(f"{name}_fact", pa.binary())]


def compared_before(plan: Plan, table: TableIn, told: pa.Table) -> Compared:
    """Return the entities of a partition as far as the rounds have come; *told* are the columns beside the data."""
    run = begun(plan, table)
    if REFUSED[0].name in told.column_names:
        _refuse(run, told)
    names = statistic_names(plan)
    for round_ in rounds_of(plan):
        for shared in round_.statistics:
            name = names[shared[0].id]
            if f"{name}_count" in told.column_names:
                run.known[shared[0].id] = cast(Known, _told_before(shared[0], told, name))
    return run


def _refuse(run: Compared, told: pa.Table) -> None:
    refused, problems, undivided = (told[each.name].to_pylist() for each in REFUSED)
    run.refused[:] = refused
    for place, (found, of_pools) in enumerate(zip(problems, undivided, strict=True)):
        if found is not None:
            run.refuse(place, loads(found))
        if of_pools is not None:
            run.refuse(place, in_order(loads(of_pools)))


def _told_before(expr: CohortAggregate, told: pa.Table, name: str) -> ToldBefore:
    facts: dict[int, Any] = {}
    column = told[f"{name}_fact"]
    if column.null_count < len(column):
        facts = {place: loads(each) for place, each in enumerate(column.to_pylist()) if each is not None}
    return ToldBefore(expr, part_of(told, name), told[f"{name}_count"].to_pylist(), facts)
