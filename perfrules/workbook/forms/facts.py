"""Formulas of what is read: literals, states, inputs, fields of records, other nodes."""

from __future__ import annotations

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING
from perfrules.lang.kinds import Choice, Date, Grade, Kind, Level, Lights, Table, Text, YesNo
from perfrules.lang.states import State
from perfrules.prove.enclosure import UNKNOWN, Enclosure
from perfrules.workbook.at import At
from perfrules.workbook.columns import DataColumn, NoFormula
from perfrules.workbook.formula import ATOM, Formula, choose, equals, literal, made
from perfrules.workbook.near import nearest

TEXTS = (Text, Choice, Grade, Level, Lights)


def const(expr: Expr, _: At) -> Formula:
    """Write a literal."""
    assert isinstance(expr, core.Const)
    return literal(expr.value)


def state_const(expr: Expr, at: At) -> Formula:
    """Write a state that the author wrote."""
    assert isinstance(expr, core.StateConst)
    return at.words.state_formula(expr.state)


def read_input(expr: Expr, at: At) -> Formula:
    """Read an input: an empty cell is missing."""
    assert isinstance(expr, core.Input)
    if not at.columns.has(expr.name, ""):
        return _judgement(expr, at)
    column = at.columns.datum(expr.name)
    read = datum(column, column.declared.kind if column.declared else expr.kind, at.columns.inputs[expr.name], at)
    if at.table is None or at.columns.one:
        return read
    return _of_entity(read, at, expr)


def _judgement(expr: core.Input, at: At) -> Formula:
    """Read what a person gave about an indicator: pending while the cell is empty."""
    code, _, part = expr.name.rpartition(".")
    column = at.columns.datum(code, part)
    known = nearest(EVERYTHING, column.step) if part == "mark" else None
    cell = Formula(text=column.name, is_cell=True, is_text=part == "level", near=known)
    result = choose(equals(cell, literal("")), at.words.state_formula(State.PENDING), cell)
    return evolve(result, states=frozenset({State.PENDING}), near=known, is_text=part == "level")


def field_of(expr: Expr, at: At) -> Formula:
    """Read a field of the record at hand."""
    assert isinstance(expr, core.FieldOf)
    if at.table is None or expr.variable != at.variable:
        raise NoFormula("nested-records")
    column = at.columns.datum(expr.name, table=at.table)
    assert column.declared is not None
    records = at.columns.inputs[at.table].records
    known = UNKNOWN if records is None else records.fields.get(expr.name, UNKNOWN)
    return datum(column, column.declared.kind, known, at)


def node_ref(expr: Expr, at: At) -> Formula:
    """Read another node."""
    assert isinstance(expr, core.NodeRef)
    found = at.columns.nodes[expr.id]
    return found if at.table is None or at.columns.one or found.constant is not None else _of_entity(found, at, expr)


def datum(column: DataColumn, kind: Kind, known: Enclosure, at: At) -> Formula:
    """Read a cell of data of which *known* is known."""
    if isinstance(kind, Table):
        raise NoFormula("whole-table")
    cell = Formula(text=column.name, is_cell=True, is_text=isinstance(kind, TEXTS), states=known.states)
    read = cell
    if isinstance(kind, YesNo):
        answer = equals(cell, literal(at.words.yes))
        pending = frozenset({State.PENDING}) & known.states
        read = at.or_state([evolve(cell, states=pending, is_text=True)], answer) if pending else answer
    elif isinstance(kind, Date):
        read = evolve(cell, near=nearest(known.days or EVERYTHING, Exact(1)))
    elif not isinstance(kind, TEXTS):
        read = evolve(cell, near=nearest(known.numbers or EVERYTHING, known.step))
    if State.MISSING not in known.states:
        return evolve(read, states=known.states)
    missing = at.words.state_formula(State.MISSING)
    result = choose(equals(cell, literal("")), missing, read)
    return evolve(result, states=known.states, near=read.near, is_text=read.is_text)


def _of_entity(read: Formula, at: At, expr: Expr) -> Formula:
    """Read from a record a cell of the entity that it belongs to."""
    assert at.table is not None
    inner = evolve(at, table=None, variable=None)
    cell = inner.lift(expr, read)
    at.columns.keys.add(at.table)
    key = at.columns.key_names[at.table]
    return evolve(
        made(f"INDEX({at.columns.all_of(cell)},{key})", ATOM, []),
        near=cell.near,
        states=cell.states,
        is_text=cell.is_text,
    )
