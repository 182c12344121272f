"""The columns of one round: what its rows are told before, what they bring, and what they are told then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import pyarrow as pa
from attrs import field, frozen

from perfrules.engines.spark_cells import cell_fields
from perfrules.engines.spark_told import REFUSED, ROW, statistic_names, told_fields
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.plan import Plan
from perfrules.plan.strata import rounds_of
from perfrules.tables.across.rounds import parts_of

NAME: Final = pa.field("perfrules_name", pa.string())
FAILED: Final = pa.field("perfrules_failed", pa.bool_())
"""Whether an entity was refused in the round itself."""


@frozen(eq=False, slots=False)
class RoundColumns:
    """Round *number* of *plan*."""

    plan: Plan = field(repr=False)
    number: int

    @cached_property
    def part(self) -> Plan:
        """The part of the plan that the statistics need."""
        part = rounds_of(self.plan)[self.number].parts[0]
        assert part is not None
        return part

    @cached_property
    def statistics(self) -> Sequence[CohortAggregate]:
        """The statistics that are made."""
        return [shared[0] for shared in rounds_of(self.plan)[self.number].statistics]

    @cached_property
    def nodes(self) -> Mapping[str, str]:
        """What the columns of the nodes are called that the statistics are made of."""
        nodes = sorted({node for expr in self.statistics for node in parts_of(expr).values()})
        return {node: f"perfrules_node_{number}" for number, node in enumerate(nodes)}

    @cached_property
    def before(self) -> pa.Schema:
        """The columns that are told before, beside the data."""
        if not self.number:
            return pa.schema([])
        earlier = RoundColumns(self.plan, self.number - 1)
        return pa.schema([*earlier.after])

    @cached_property
    def after(self) -> pa.Schema:
        """The columns that are told after it."""
        told = [each for expr in self.statistics for each in told_fields(self.name(expr))]
        return pa.schema([*(self.before or REFUSED), *told])

    @cached_property
    def brought(self) -> pa.Schema:
        """The columns with what the rows bring."""
        cells = [each for name in self.nodes.values() for each in cell_fields(name)]
        of_statistics = [
            pa.field(name, kind)
            for expr in self.statistics
            for name, kind in ((self.key(expr), pa.string()), (self.pending(expr), pa.binary()))
        ]
        return pa.schema([pa.field(ROW, pa.int64()), *(self.before or REFUSED), NAME, FAILED, *cells, *of_statistics])

    def name(self, expr: CohortAggregate) -> str:
        """Return what the columns are called that tell a statistic."""
        return statistic_names(self.plan)[expr.id]

    def key(self, expr: CohortAggregate) -> str:
        """Return what the column is called that tells the groups of a statistic; null where that is not known."""
        return f"{self.name(expr)}_group"

    def pending(self, expr: CohortAggregate) -> str:
        """Return what the column is called that has the members whose body is open, pickled."""
        return f"{self.name(expr)}_open"
