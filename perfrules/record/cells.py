"""Where every value comes from: the cell as it was given, and its place in the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from perfrules.diagnostics import DataPlace
from perfrules.readers.headings import headings_of, headings_of_table
from perfrules.readers.named_rows import NamedRow, named_rows
from perfrules.readers.python_values import CellError, Figure, Foreign, TooLong, plain
from perfrules.readers.raw import heading_text
from perfrules.readers.settings import with_settings

if TYPE_CHECKING:
    from perfrules.record.perform import Performed
    from perfrules.record.values import Tree


@frozen(kw_only=True)
class GivenCell:
    """What a cell says, as text where it is one value, and where it stands; nowhere, where the caller set it."""

    name: str
    part: str
    is_override: bool
    given: str | None
    at: Mapping[str, str] | None


@frozen(kw_only=True)
class GivenRow:
    """The cells of one entity: of inputs by name, of what people decided; and the places and cells of the records of
    tables that stand apart.
    """

    inputs: Mapping[str, GivenCell] = field(repr=False)
    people: tuple[GivenCell, ...]
    records: Mapping[str, tuple[Mapping[str, Tree], ...]]


def given_rows(performed: Performed) -> tuple[GivenRow, ...]:
    """Return the cells of every entity, in the order of the data."""
    plan, options = performed.rules.plan, performed.run.reading
    known = headings_of(plan)
    named = named_rows(with_settings(performed.raw, options.settings, known).rows, known, plan, options)
    apart = dict(_apart(performed))
    settings = frozenset(map(heading_text, options.settings))
    return tuple(
        _row(each, {table: rows.get(each.entity, ()) for table, rows in apart.items()}, settings) for each in named
    )


def _apart(performed: Performed) -> Iterator[tuple[str, Mapping[str, tuple[Mapping[str, Tree], ...]]]]:
    """Yield the tables that stand in sheets or files of their own, with the cells of each entity's records."""
    plan, options = performed.rules.plan, evolve(performed.run.reading, number_rows=False)
    for table in plan.data_inputs:
        if table.fields and table.name in performed.raw.tables:
            headings = headings_of_table(plan, table, with_entity=True)
            found: dict[str, list[Mapping[str, Tree]]] = {}
            for each in named_rows(performed.raw.tables[table.name], headings, plan, options, table.fields):
                found.setdefault(each.entity, []).append(_record(each))
            yield table.name, {entity: tuple(records) for entity, records in found.items()}


def _record(named: NamedRow) -> Mapping[str, Tree]:
    """Return where a record stands, and what each of its cells says."""
    cells = {
        target.name: {**_given(named.row.cells[number]), **_address(named, number)}
        for number, target in enumerate(named.targets)
        if target is not None and not target.is_entity
    }
    return {**place_tree(named.row.place), "cells": cells}


def _row(named: NamedRow, records: Mapping[str, Sequence[Mapping[str, Tree]]], settings: frozenset[str]) -> GivenRow:
    inputs: dict[str, GivenCell] = {}
    people: list[GivenCell] = []
    for number, target in enumerate(named.targets):
        if target is None or target.is_entity:
            continue
        is_set = named.row.headings[number] in settings
        cell = GivenCell(
            name=target.name,
            part=target.part,
            is_override=target.is_override,
            given=given_text(named.row.cells[number]),
            at=None if is_set else _at(named, number),
        )
        if target.part and cell.given is not None:
            people.append(cell)
        elif target.part:
            continue
        else:
            inputs[target.name] = cell
    return GivenRow(inputs=inputs, people=tuple(people), records={name: tuple(each) for name, each in records.items()})


def _at(named: NamedRow, number: int) -> Mapping[str, str]:
    row = named.row
    return {**place_tree(row.place), "column": row.headings[number], **_address(named, number)}


def _address(named: NamedRow, number: int) -> dict[str, str]:
    """Return what a spreadsheet calls a cell; nothing where the source has no columns."""
    row = named.row
    if not row.columns or row.place.row is None or (column := row.columns[number]) is None:
        return {}
    return {"cell": f"{column_letters(column)}{row.place.row}"}


def place_tree(place: DataPlace) -> Mapping[str, str]:
    """Return the file, sheet and row of a place."""
    known = {"file": place.file, "sheet": place.sheet, "row": None if place.row is None else str(place.row)}
    return {name: value for name, value in known.items() if value is not None}


def column_letters(number: int) -> str:
    """Return what a spreadsheet calls the column with this number from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701), column_letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def given_text(found: object) -> str | None:
    """Return what a cell says; None for an empty one, and for records."""
    match plain(found):
        case None | TooLong():
            return None
        case bool() as answer:
            return "true" if answer else "false"
        case date() as day:
            return day.isoformat()
        case Figure(text=text) | CellError(text=text):
            return text
        case Foreign():
            return None
        case str() as text:
            return text if text.strip() else None


def _given(found: object) -> dict[str, str]:
    text = given_text(found)
    return {} if text is None else {"given": text}


def cell_tree(cell: GivenCell | None) -> dict[str, Tree]:
    """Return what is known of a cell."""
    if cell is None:
        return {}
    given: dict[str, Tree] = {} if cell.given is None else {"given": cell.given}
    return {**given, "at": cell.at} if cell.at is not None else {**given, "set": True}
