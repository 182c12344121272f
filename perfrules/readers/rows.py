"""Rows of headed cells → the facts of each entity, or why it is refused; one bad entity does not stop the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic, has_errors, in_order
from perfrules.ir.cell_text import fit_missing
from perfrules.ir.facts_check import Refusal
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan, PluginIdentity
from perfrules.lang.units import UnitTable
from perfrules.readers.cells import CellRead, diagnose, read_cell
from perfrules.readers.declared_units import units_of
from perfrules.readers.headings import Headings, headings_of
from perfrules.readers.judged_limits import MarkLimits, limits_of
from perfrules.readers.named_rows import OF_HEADINGS, NamedRow, meant_by_wrong_headings, named_rows
from perfrules.readers.people import Given, read_judged, read_overrides
from perfrules.readers.raw import DEFAULT_OPTIONS, Raw, ReadOptions
from perfrules.readers.records import TableRow, read_nested, read_records
from perfrules.readers.settings import with_settings
from perfrules.readers.tables_apart import TablesApart, tables_apart

_NO_ROWS: Final[tuple[TableRow, ...]] = ()


@frozen(kw_only=True)
class EntityRow:
    """One entity: its facts, None where it is refused, and every problem of its data, notes too."""

    entity: str
    facts: Facts | None
    problems: tuple[Diagnostic, ...]
    place: DataPlace


@frozen(kw_only=True)
class DataRead:
    """Every entity in the order of the data, and the problems of the source as a whole (its headings, its records).

    *plugins* are those that read the source.
    """

    rows: tuple[EntityRow, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    plugins: tuple[PluginIdentity, ...] = ()


@frozen
class _Asked:
    """What a plan asks of its data, worked out once."""

    inputs: tuple[InputDeclaration, ...]
    headings: Headings
    units: UnitTable
    limits: Mapping[tuple[str, str], MarkLimits]


@per_plan
def _asked(plan: Plan) -> _Asked:
    return _Asked(plan.data_inputs, headings_of(plan), units_of(plan), limits_of(plan))


@frozen
class _Reading:
    """What reading a row needs besides the row."""

    plan: Plan
    options: ReadOptions
    asked: _Asked
    apart: TablesApart


def read_rows(raw: Raw, plan: Plan, options: ReadOptions = DEFAULT_OPTIONS) -> DataRead:
    """Read all rows against the declarations of *plan*."""
    asked = _asked(plan)
    raw = with_settings(raw, options.settings, asked.headings)
    named = named_rows(raw.rows, asked.headings, plan, options)
    head = named_rows((raw.headings,), asked.headings, plan, options) if raw.headings else []
    numbers: dict[str, list[int | None]] = {}
    for each in named:
        numbers.setdefault(each.entity, []).append(each.row.place.row)
    apart = tables_apart(raw.tables, numbers, plan, options)
    reading = _Reading(plan, options, asked, apart)
    rows = tuple(_read_row(each, numbers[each.entity], reading) for each in named)
    headings = (problem for each in (*head, *named) for problem in each.problems if problem.code in OF_HEADINGS)
    return DataRead(rows=rows, problems=in_order([*raw.problems, *headings, *apart.strays]))


def _read_row(named: NamedRow, rows: Sequence[int | None], reading: _Reading) -> EntityRow:
    row, plan = named.row, reading.plan
    place = evolve(row.place, entity=named.entity or None)
    problems = [*named.problems]
    others = tuple(str(number) for number in rows if number is not None and number != row.place.row)
    if len(rows) > 1 and named.entity:
        args: dict[str, Argument] = {"entity": named.entity, "rows": others}
        problems.append(Diagnostic(Code.DATA_DUPLICATE_ENTITY, args=args, where=place))
    values, found = _values(named, place, reading)
    given = _given_by_people(named, place)
    judged = read_judged(plan.judged, (each for each, override in given if not override), reading.asked.limits)
    overrides = read_overrides(each for each, override in given if override)
    problems += [*found, *judged.problems, *overrides.problems]
    facts = Facts(
        entity=named.entity,
        values=values,
        judged=judged.marks,
        overrides=overrides.overrides,
        as_of=reading.options.as_of or plan.as_of_default,
    )
    return EntityRow(
        entity=named.entity,
        facts=None if has_errors(problems) else facts,
        problems=in_order(problems),
        place=place,
    )


def _values(named: NamedRow, place: DataPlace, reading: _Reading) -> tuple[Mapping[str, FactValue], list[Diagnostic]]:
    columns = {
        target.name: index
        for index, target in enumerate(named.targets)
        if target is not None and not target.part and not target.is_entity
    }
    values: dict[str, FactValue] = {}
    problems: list[Diagnostic] = []
    meant = meant_by_wrong_headings(named.problems)
    for declared in reading.asked.inputs:
        index = columns.get(declared.name)
        if index is None and meant & {declared.name, declared.title}:
            continue
        heading = declared.name if index is None else named.row.headings[index]
        cell = None if index is None else named.row.cells[index]
        if declared.fields:
            where = evolve(place, column=heading)
            read = _table(declared, index is not None, cell, named.entity, where, reading)
        else:
            read = read_cell(declared, cell, reading.asked.units, place, heading)
        problems += read.problems
        if read.value is not None:
            values[declared.name] = read.value
    return MappingProxyType(values), problems


def _table(
    table: InputDeclaration, has_column: bool, cell: object, entity: str, where: DataPlace, reading: _Reading
) -> CellRead:
    apart = reading.apart.by_table.get(table.name)
    if has_column and apart is not None and cell is not None:
        return CellRead(None, (Diagnostic(Code.DATA_DUPLICATE_COLUMN, args={"name": table.name}, where=where),))
    if apart is not None:
        rows = tuple(evolve(row, place=evolve(row.place, entity=entity)) for row in apart.get(entity, _NO_ROWS))
        read = read_records(table, rows, reading.asked.units)
        wrong = reading.apart.problems.get(table.name, ())
        return evolve(read, value=None if has_errors(wrong) else read.value, problems=(*wrong, *read.problems))
    if has_column:
        return read_nested(table, cell, reading.plan, reading.options, reading.asked.units, where)
    fitted = fit_missing(table)
    if isinstance(fitted, Refusal):
        return CellRead(None, (diagnose(fitted, where),))
    return CellRead(fitted.value)


def _given_by_people(named: NamedRow, place: DataPlace) -> list[tuple[Given, bool]]:
    return [
        (Given(target.name, target.part, cell, evolve(place, column=heading)), target.is_override)
        for target, cell, heading in zip(named.targets, named.row.cells, named.row.headings, strict=True)
        if target is not None and target.part
    ]
