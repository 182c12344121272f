"""Tables that stand in a sheet or file of their own, sorted by the entity each record belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from perfrules.diagnostics import Code, Diagnostic, in_order
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.readers.headings import headings_of_table
from perfrules.readers.named_rows import OF_HEADINGS, NamedRow, named_rows
from perfrules.readers.raw import RawRow, ReadOptions
from perfrules.readers.records import TableRow


@frozen
class TablesApart:
    """The records by table, then by entity; what is wrong with a table's headings; the records of nobody."""

    by_table: Mapping[str, Mapping[str, tuple[TableRow, ...]]]
    problems: Mapping[str, tuple[Diagnostic, ...]] = field(factory=dict)
    strays: tuple[Diagnostic, ...] = ()


def tables_apart(
    tables: Mapping[str, tuple[RawRow, ...]], entities: Iterable[str], plan: Plan, options: ReadOptions
) -> TablesApart:
    """Sort the rows of each table by entity; *entities* are all there are."""
    by_table: dict[str, Mapping[str, tuple[TableRow, ...]]] = {}
    problems: dict[str, tuple[Diagnostic, ...]] = {}
    strays: list[Diagnostic] = []
    known = set(entities)
    for table in plan.data_inputs:
        if table.fields and table.name in tables:
            named = _named(tables[table.name], table, plan, options)
            by_table[table.name] = _by_entity(named)
            of_headings = (each for row in named for each in row.problems if each.code in OF_HEADINGS)
            problems[table.name] = in_order(of_headings)
            strays += [*problems[table.name], *_strays(named, table, known)]
    return TablesApart(by_table, problems, tuple(strays))


def _named(rows: tuple[RawRow, ...], table: InputDeclaration, plan: Plan, options: ReadOptions) -> list[NamedRow]:
    headings = headings_of_table(plan, table, with_entity=True)
    return named_rows(rows, headings, plan, evolve(options, number_rows=False), table.fields)


def _by_entity(named: Iterable[NamedRow]) -> Mapping[str, tuple[TableRow, ...]]:
    found: dict[str, list[TableRow]] = {}
    for each in named:
        record = TableRow(each.targets, each.row.cells, each.row.place, each.row.problems)
        found.setdefault(each.entity, []).append(record)
    return {entity: tuple(rows) for entity, rows in found.items()}


def _strays(named: Iterable[NamedRow], table: InputDeclaration, known: set[str]) -> list[Diagnostic]:
    """Report the records that no entity of the data will have."""
    strays: list[Diagnostic] = []
    for each in named:
        if not each.entity:
            strays += each.problems
        elif each.entity not in known:
            args = {"entity": each.entity, "table": table.name}
            place = evolve(each.row.place, entity=each.entity)
            strays.append(Diagnostic(Code.DATA_UNKNOWN_ENTITY, args=args, where=place))
    return strays
