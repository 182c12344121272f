"""Constants, facts, fields of records and statistics across entities as columns."""

from __future__ import annotations

from datetime import date

from perfrules.batch.lower.columns import Unsupported
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.pairs import TYPE_OF, Pair
from perfrules.batch.lowered import Shape
from perfrules.batch.tape import Read
from perfrules.ir import expressions as core
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Choice, Date, Grade, Kind, Level, Lights, Table, Text, Unknown, YesNo
from perfrules.lang.states import State


def shape_of(kind: Kind) -> Shape:
    """Return what the values of a kind are."""
    match kind:
        case YesNo():
            return Shape.TRUTH
        case Choice() | Text() | Grade() | Level() | Lights():
            return Shape.TEXT
        case Date():
            return Shape.DATE
        case Table() | Unknown():
            raise Unsupported("records are taken as a value")
        case _:
            return Shape.NUMBER


def constant(lowering: Lowering, value: Exact | bool | str | date) -> Pair:
    """Lower a literal."""
    c = lowering.columns
    match value:
        case bool():
            return Pair(c.truth(value), None, Shape.TRUTH)
        case str():
            return Pair(lowering.text(value), None, Shape.TEXT)
        case date():
            return Pair(c.number(value.toordinal()), None, Shape.DATE)
        case _:
            return Pair(c.number(value), None, Shape.NUMBER)


def data_input(lowering: Lowering, expr: core.Input) -> Pair:
    """Lower a fact of the entity."""
    declared = lowering.declared.get(expr.name)
    return _column(lowering, expr.name, None, expr.kind if declared is None else declared.kind)


def record_field(lowering: Lowering, expr: core.FieldOf) -> Pair:
    """Lower a field of the record that a variable stands for."""
    table = lowering.variable_table(expr.variable)
    declared = lowering.declared[table]
    kind = next((each.kind for each in declared.fields if each.name == expr.name), expr.kind)
    return _column(lowering, expr.name, table, kind)


def across_entities(lowering: Lowering, expr: core.CohortAggregate) -> Pair:
    """Lower a statistic of all entities: it is a column of the run."""
    return _column(lowering, expr.id, None, expr.kind)


def judged_column(lowering: Lowering, name: str, shape: Shape) -> Pair:
    """Lower the level or the mark that a person gave."""
    return _shaped_column(lowering, name, None, shape)


def table_states(lowering: Lowering, name: str) -> int | None:
    """Return the states of a table itself; None where it is always there."""
    return lowering.columns.states_read(name, None, states_of_data(lowering, name, None))


def states_of_data(lowering: Lowering, name: str, table: str | None) -> frozenset[State]:
    """Return in which states an input, or a field of a table, may be."""
    holes, known = lowering.asked.holes, name if table is None else f"{table}.{name}"
    where = ((State.MISSING, holes.missing), (State.PENDING, holes.pending), (State.EXCLUDED, holes.excluded))
    return frozenset(state for state, names in where if known in names)


def _column(lowering: Lowering, name: str, table: str | None, kind: Kind) -> Pair:
    return _shaped_column(lowering, name, table, shape_of(kind))


def _shaped_column(lowering: Lowering, name: str, table: str | None, shape: Shape) -> Pair:
    c = lowering.columns
    states = states_of_data(lowering, name, table)
    return Pair(c.read(Read(name, table=table), TYPE_OF[shape]), c.states_read(name, table, states), shape)
