"""The records of a table: nested in the entity's own data, or rows of a sheet or file of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from attrs import evolve, frozen

from perfrules.diagnostics import DataPlace, Diagnostic, has_errors
from perfrules.ir.cell_text import fit_text
from perfrules.ir.facts_check import Fitted, Refusal
from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.units import UnitTable
from perfrules.readers.cells import CellRead, diagnose, read_cell
from perfrules.readers.headings import Resolved, Target, headings_of_table, resolve
from perfrules.readers.python_values import listed
from perfrules.readers.raw import ReadOptions, unreadable


@frozen
class TableRow:
    """One record before its cells are read: what each column gives, the cells, the place."""

    targets: tuple[Target | None, ...]
    cells: tuple[object, ...]
    place: DataPlace
    problems: tuple[Diagnostic, ...] = ()


def read_records(table: InputDeclaration, rows: Sequence[TableRow], units: UnitTable) -> CellRead:
    """Read all records of one entity, in their order; one that is refused refuses the table."""
    records: list[Mapping[str, FactValue]] = []
    problems: list[Diagnostic] = []
    for row in rows:
        record, found = _record(table, row, units)
        records.append(record)
        problems += found
    return CellRead(None if has_errors(problems) else tuple(records), tuple(problems))


def read_nested(
    table: InputDeclaration, found: object, plan: Plan, options: ReadOptions, units: UnitTable, where: DataPlace
) -> CellRead:
    """Read a table given as a list of mappings; nothing or a word such as `pending` says what it says elsewhere."""
    found = listed(found)
    if found is None or isinstance(found, str):
        return _no_list(table, found, units, where)
    if not isinstance(found, Sequence) or not all(isinstance(each, Mapping) for each in found):
        return CellRead(None, (unreadable("not-records", where),))
    known = headings_of_table(plan, table, with_entity=False)
    rows: list[TableRow] = []
    for number, record in enumerate(found, start=1):
        names = tuple(str(name) for name in record)
        place = evolve(where, column=f"{table.name}[{number}]")
        resolved: Resolved = resolve(names, known, options, place)
        rows.append(TableRow(resolved.targets, tuple(record.values()), place, resolved.problems))
    return read_records(table, rows, units)


def _no_list(table: InputDeclaration, found: str | None, units: UnitTable, where: DataPlace) -> CellRead:
    fitted: Fitted | Refusal = fit_text(table, found or "", units)
    if isinstance(fitted, Fitted):
        return CellRead(fitted.value)
    if not (found or "").strip():
        return CellRead(None, (diagnose(fitted, where),))
    return CellRead(None, (unreadable("not-records", evolve(where, value=found)),))


def _record(
    table: InputDeclaration, row: TableRow, units: UnitTable
) -> tuple[Mapping[str, FactValue], list[Diagnostic]]:
    given = {target.name: cell for target, cell in zip(row.targets, row.cells, strict=True) if target is not None}
    values: dict[str, FactValue] = {}
    problems = [*row.problems]
    for declared in table.fields:
        asked = evolve(declared, name=f"{table.name}.{declared.name}")
        column = row.place.column
        here = f"{column}.{declared.name}" if column else declared.name
        read = read_cell(asked, given.get(declared.name), units, row.place, here)
        problems += read.problems
        if read.value is not None:
            values[declared.name] = read.value
    return MappingProxyType(values), problems
