"""The rounds of a run: what every entity brings, by columns where columns can, then the statistics made of it.

Of a round only the columns that its statistics need are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

import numpy as np
from attrs import define, field

from perfrules.batch.cohort.collected import CodeOf, Collected
from perfrules.batch.cohort.known import Known, known
from perfrules.batch.cohort.members import PENDING, Mask, Members, Part
from perfrules.batch.kernel import Kernel
from perfrules.batch.results import BlockResult
from perfrules.diagnostics import Diagnostic, in_order
from perfrules.evaluate.cohort.members import Member
from perfrules.evaluate.cohort.passes import Entity, Seen, brought_by, member_of, name_of_pool
from perfrules.evaluate.cohort.refusals import not_divided
from perfrules.ir.expressions import CohortAggregate, Expr, NodeRef
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from perfrules.plan.strata import rounds_of
from perfrules.tables.across.compared import Compared, begun
from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.table_in import TableIn
from perfrules.tables.threads import in_order as by_threads

TextOf: TypeAlias = Callable[[int], str]

_AT_ONCE: Final = 1024


def compared(plan: Plan, table: TableIn, *, as_of: date | None, threads: int) -> Compared | None:
    """Compare the entities of a table that can be gone through again; None where columns cannot do it."""
    run = begun(plan, table)
    for number, round_ in enumerate(rounds_of(plan)):
        part = round_.parts[0]
        assert part is not None
        current = RoundRun(run, part, [shared[0] for shared in round_.statistics])
        kernel = Kernel(run.with_known(part), as_of=as_of or plan.as_of_default, nodes=current.nodes)
        if kernel.unsupported:
            return None
        current.bring(kernel, threads, names_too=number == 0)
        current.finish()
    return run


@define(eq=False)
class RoundRun:
    """One round: what is *collected* of each node, the members whose body is open, by statistic and place, and the
    places of those who are refused in this round (*failed*).
    """

    run: Compared
    part: Plan = field(repr=False)
    statistics: Sequence[CohortAggregate]
    collected: dict[str, Collected] = field(factory=dict, repr=False)
    pending: dict[str, dict[int, Member]] = field(factory=dict, repr=False)
    failed: set[int] = field(factory=set, repr=False)
    code_of: CodeOf = field(default=len, repr=False)
    text_of: TextOf = field(default=str, repr=False)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that the statistics are made of."""
        return tuple(sorted({node for expr in self.statistics for node in parts_of(expr).values()}))

    def bring(self, kernel: Kernel, threads: int, *, names_too: bool) -> None:
        """Go through the table, and keep what every entity brings."""
        self.collected = {node: Collected() for node in self.nodes}

        def work(data: FrameBlock) -> tuple[FrameBlock, BlockResult, Mask]:
            block = self.run.block(data)
            found = kernel.run(block)
            return data, found, block.aside.copy()

        for data, found, aside in by_threads(work, self.run.table.batches(kernel.texts), threads):
            self.code_of, self.text_of = data.texts.code_of, data.texts.text_of
            if names_too:
                self.run.names.add(data.place, data.columns.names)
            self._keep(data, found, aside)

    def _keep(self, data: FrameBlock, found: BlockResult, aside: Mask) -> None:
        for cells in found.nodes.values():
            if cells.states is not None:  # what is open may be settled, or will lie somewhere
                aside |= cells.states == PENDING
        for node, collected in self.collected.items():
            collected.add(found.nodes[node], aside)
        waiting = np.flatnonzero(aside & ~self.run.refused[data.place : data.place + data.rows])
        for start in range(0, len(waiting), _AT_ONCE):
            for place, row in self.run.rows(data, waiting[start : start + _AT_ONCE].tolist()):
                brought = brought_by(self.part, Entity(row.entity, row.facts))
                if brought.seen is not None:
                    self._keep_seen(place, row.entity, brought.seen)
                elif brought.result is None:
                    self.run.refuse(place)
                else:
                    self.run.refuse(place, brought.result.problems)
                    self.failed.add(place)

    def _keep_seen(self, place: int, entity: str, seen: Seen) -> None:
        for node, collected in self.collected.items():
            collected.singles[place] = seen.values[node]
        for expr in self.statistics:
            if expr.body is not None and seen.values[_id(expr.body)] is State.PENDING:
                self.pending.setdefault(expr.id, {})[place] = member_of(expr, entity, seen)

    def finish(self) -> None:
        """Make the statistics of what was kept."""
        parts = {node: each.part(self.code_of) for node, each in self.collected.items()}
        found = [self._made(expr, parts) for expr in self.statistics]
        problems: dict[int, list[Diagnostic]] = {}
        for each in found:
            pool = name_of_pool(self.part, each.expr)
            for place, member in each.singly.items():
                if member in each.told.undividable and (not self.run.refused[place] or place in self.failed):
                    why = each.told.undividable[member]
                    problems.setdefault(place, []).append(not_divided(each.expr, member.entity, why, pool=pool))
        for place, of_entity in problems.items():
            self.run.refuse(place, in_order(of_entity))
        self.run.known |= {each.expr.id: each for each in found}

    def _made(self, expr: CohortAggregate, parts: Mapping[str, Part]) -> Known:
        own = {role: parts[node] for role, node in parts_of(expr).items()}
        members = Members(
            rows=len(self.run.refused),
            body=own.get("body"),
            where=own.get("where"),
            groups=tuple(own[f"group {number}"] for number in range(len(expr.groups))),
            pool=own.get("pool"),
            at=own.get("at"),
            empty=own.get("empty"),
            refused=self.run.refused.copy(),
            in_order=self.run.names.in_order,
            name=self.run.names.name,
        )
        return known(expr, members, self.pending.get(expr.id, {}))


def parts_of(expr: CohortAggregate) -> Mapping[str, str]:
    """Return the nodes that a statistic is made of, by what they are to it."""
    parts = {"body": expr.body, "where": expr.where, "pool": expr.pool, "at": expr.at, "empty": expr.empty}
    parts |= {f"group {number}": group for number, group in enumerate(expr.groups)}
    return {role: _id(part) for role, part in parts.items() if part is not None}


def _id(part: Expr) -> str:
    assert isinstance(part, NodeRef)  # every part of a statistic is a node
    return part.id
