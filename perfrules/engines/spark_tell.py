"""A statistic of one group, from what its entities bring: what each of them is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pickle import dumps, loads
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, field, frozen

from perfrules.batch.cohort.figures import Cells, Figures
from perfrules.batch.cohort.known import Known, known
from perfrules.batch.cohort.members import REFUSED as REFUSED_STATE
from perfrules.batch.cohort.members import Members, Part
from perfrules.diagnostics import Diagnostic
from perfrules.engines.spark_cells import carried_cells, part_of
from perfrules.engines.spark_round import FAILED, NAME, RoundColumns
from perfrules.engines.spark_told import REFUSED, told_fields
from perfrules.engines.spark_worker import restored
from perfrules.evaluate.cohort.passes import name_of_pool
from perfrules.evaluate.cohort.refusals import not_divided
from perfrules.ir.expressions import CohortAggregate
from perfrules.tables.across.rounds import parts_of

_IS_REFUSED, _, _UNDIVIDED = (each.name for each in REFUSED)
_NAMED: Final = 5
"""How many of those whose data were refused each entity is told: as many as it tells in turn."""


@frozen(kw_only=True, eq=False)
class TellGroup:
    """Makes a statistic of round *number*, the one at *place*; *homeless* are the rows whose group is not known: each
    group asks them.
    """

    rules: bytes = field(repr=False)
    number: int
    place: int
    homeless: pa.Table | None = field(default=None, repr=False)

    def told(self, table: pa.Table) -> pa.Table:
        """Return the rows of a group (or of those whose group is not known) with what they are told."""
        columns = RoundColumns(restored(self.rules).plan, self.number)
        expr = columns.statistics[self.place]
        if table[columns.key(expr)].null_count:
            states = _group_states(expr, columns, table)
            return _with(table, columns.name(expr), Part(None, states), np.zeros(len(states), np.int64), {})
        asked = table.select(columns.brought.names)
        if expr.groups and self.homeless is not None:
            asked = pa.concat_tables([asked, self.homeless.cast(asked.schema)])
        found = known(expr, _members(expr, columns, asked), _pickled(asked, columns.pending(expr)))
        told = _with_undivided(table, columns, expr, found)
        return _of_group(told, columns.name(expr), found)


def _members(expr: CohortAggregate, columns: RoundColumns, table: pa.Table) -> Members:
    own = {role: part_of(table, columns.nodes[node]) for role, node in parts_of(expr).items()}
    names = table[NAME.name]
    one_group = Part(np.zeros(table.num_rows, np.int64), _group_states(expr, columns, table))
    return Members(
        rows=table.num_rows,
        body=own.get("body"),
        where=own.get("where"),
        groups=(one_group,) if expr.groups else (),
        pool=own.get("pool"),
        at=own.get("at"),
        empty=own.get("empty"),
        refused=np.asarray(table[_IS_REFUSED]),
        in_order=lambda: _in_order(names),
        name=lambda place: str(names[place].as_py()),
    )


def _group_states(expr: CohortAggregate, columns: RoundColumns, table: pa.Table) -> Any:
    """Return the states of the groups: what all of them are in together."""
    states = np.zeros(table.num_rows, np.uint8)
    roles = parts_of(expr)
    for number in range(len(expr.groups)):
        found = part_of(table, columns.nodes[roles[f"group {number}"]]).states
        assert found is not None
        np.maximum(states, found, out=states)
    if expr.groups:
        states[np.asarray(table[_IS_REFUSED])] = REFUSED_STATE
    return states


def _in_order(names: pa.ChunkedArray) -> Cells:
    order = pc.sort_indices(names).to_numpy()
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order))
    return found


def _of_group(table: pa.Table, name: str, found: Known) -> pa.Table:
    rows, statistic = table.num_rows, found.statistic
    values, states = statistic.values, statistic.states[:rows]
    own = values.take(np.arange(rows)) if isinstance(values, Figures) else None if values is None else values[:rows]
    counts = statistic.standing.counts[statistic.standing.groups[:rows]]
    facts = {place: found.told.facts[each] for place, each in found.singly.items() if each in found.told.facts}
    for place in np.flatnonzero(states == REFUSED_STATE).tolist():
        if place not in facts:
            fact = found.fact(place)
            facts[place] = evolve(fact, absent=fact.absent[:_NAMED])
    return _with(table, name, Part(own, states), counts, {place: dumps(each) for place, each in facts.items()})


def _with(table: pa.Table, name: str, part: Part, counts: Cells, facts: Mapping[int, bytes]) -> pa.Table:
    rows = table.num_rows
    told = [*carried_cells(part, rows, str), pa.array(counts, pa.int64())]
    told.append(pa.array([facts.get(place) for place in range(rows)] if facts else [None] * rows, pa.binary()))
    for each, column in zip(told_fields(name), told, strict=True):
        table = table.append_column(each, column)
    return table


def _with_undivided(table: pa.Table, columns: RoundColumns, expr: CohortAggregate, found: Known) -> pa.Table:
    """Note whose pool could not be divided; those who were refused before are told nothing more."""
    if not found.told.undividable:
        return table
    refused, failed = np.asarray(table[_IS_REFUSED]), np.asarray(table[FAILED.name])
    noted: dict[int, Sequence[Diagnostic]] = _pickled(table, _UNDIVIDED)
    pool = name_of_pool(columns.part, expr)
    for place, member in found.singly.items():
        why = found.told.undividable.get(member)
        if why is not None and place < table.num_rows and (not refused[place] or failed[place]):
            noted[place] = (*noted.get(place, ()), not_divided(expr, member.entity, why, pool=pool))
    cells = [dumps(noted[place]) if place in noted else None for place in range(table.num_rows)]
    return table.set_column(table.column_names.index(_UNDIVIDED), _UNDIVIDED, pa.array(cells, pa.binary()))


def _pickled(table: pa.Table, name: str) -> dict[int, Any]:
    column = table[name]
    if column.null_count == len(column):
        return {}
    return {place: loads(each) for place, each in enumerate(column.to_pylist()) if each is not None}
