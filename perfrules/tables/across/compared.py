"""A run whose entities were compared: its statistics for the kernel, and its single rows as the rounds left them.

An entity whose data were refused, before or in a round, takes part as refused from then on
(`perfrules.evaluate.cohort.passes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from types import MappingProxyType

import numpy as np
from attrs import define, evolve, field

from perfrules.batch.cohort.entered import with_statistics
from perfrules.batch.cohort.known import Known
from perfrules.batch.cohort.members import Mask
from perfrules.batch.cohort.run_block import RunBlock
from perfrules.before_scoring import checked_row
from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.cohort.passes import Entity, result_of
from perfrules.evaluate.result import Result
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.readers.rows import EntityRow
from perfrules.tables.across.names import RunNames
from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.table_in import TableIn


@define(eq=False, slots=False)
class Compared:
    """The entities of *table*, as far as the rounds have come: the statistics that are *known*, by node, and who is
    *refused*, by place; *problems* are those that a round found.
    """

    plan: Plan = field(repr=False)
    table: TableIn = field(repr=False)
    refused: Mask = field(repr=False)
    known: dict[str, Known] = field(factory=dict, repr=False)
    problems: dict[int, tuple[Diagnostic, ...]] = field(factory=dict, repr=False)
    names: RunNames = field(factory=RunNames, repr=False)

    @cached_property
    def entered(self) -> Plan:
        """The plan as columns score it, when all statistics are known."""
        return self.with_known(self.plan)

    def with_known(self, plan: Plan) -> Plan:
        """Return *plan* with the columns of the run in place of the statistics."""
        return with_statistics(plan, {node: each.entered for node, each in self.known.items()})

    def refuse(self, place: int, problems: Sequence[Diagnostic] = ()) -> None:
        """Let an entity take part as refused from here on."""
        self.refused[place] = True
        if problems:
            self.problems[place] = (*self.problems.get(place, ()), *problems)

    def block(self, data: FrameBlock) -> RunBlock:
        """Return a block of rows with the statistics beside it."""
        columns = {name: each for known in self.known.values() for name, each in known.entered.columns.items()}
        return RunBlock(data, columns, self.aside)

    @property
    def aside(self) -> Mask:
        """The rows that columns leave to the evaluator of single entities, whatever their data."""
        found = self.refused
        for each in self.known.values():
            if each.entered.aside.any():
                found = found | each.entered.aside
        return found

    def rows(self, block: FrameBlock, rows: Sequence[int]) -> Iterator[tuple[int, EntityRow]]:
        """Read some rows of a block, each with its place in the run; their facts have the statistics so far."""
        for row, read in zip(rows, self.table.read_rows(block, rows), strict=True):
            place, ready = block.place + row, checked_row(self.plan, read)
            yield (
                place,
                ready if ready.facts is None else evolve(ready, facts=self._with_statistics(place, ready.facts)),
            )

    def results(self, block: FrameBlock, rows: Sequence[int]) -> list[Result]:
        """Return the results of some rows of a block, when all statistics are known."""
        return [self._result(place, row) for place, row in self.rows(block, rows)]

    def _with_statistics(self, place: int, facts: Facts) -> Facts:
        if self.refused[place]:
            return facts
        return evolve(facts, cohort=MappingProxyType({node: each.fact(place) for node, each in self.known.items()}))

    def _result(self, place: int, row: EntityRow) -> Result:
        facts = None if self.refused[place] else row.facts
        found = result_of(self.plan, Entity(row.entity, facts, self.problems.get(place, ())))
        if found is None:
            return Result(entity=row.entity, plan=self.plan, problems=row.problems)
        return evolve(found, problems=(*found.problems, *row.problems))


def begun(plan: Plan, table: TableIn) -> Compared:
    """Return a run before its first round."""
    assert table.rows is not None
    return Compared(plan, table, np.zeros(table.rows, bool))
