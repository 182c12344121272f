"""Which column of a table gives what, by its headings, as the readers of rows understand them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from attrs import frozen

from perfrules.diagnostics import DataPlace, Diagnostic, in_order
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.readers.headings import Target, headings_of, headings_of_table, resolve
from perfrules.readers.named_rows import OF_HEADINGS, named_rows
from perfrules.readers.raw import Raw, RawRow, ReadOptions, heading_text
from perfrules.readers.settings import with_settings

_NOWHERE: Final = DataPlace()


Place: TypeAlias = int | str
"""A column by its number, or the text that the caller sets in the place of any."""


@frozen(kw_only=True)
class Layout:
    """Where the name of the entity, each input, each part of a judged mark and the overrides are found.

    *problems* are those of the table as a whole.
    """

    headings: tuple[str, ...]
    entity: Place | None
    values: Mapping[str, Place]
    judged: Mapping[str, Mapping[str, Place]]
    overrides: tuple[Place, ...]
    problems: tuple[Diagnostic, ...]


@frozen
class Fields:
    """The headings of records by the field they give; whether any heading is wrong, so that no record can be read."""

    headings: Mapping[str, str]
    is_wrong: bool


def layout_of(headings: Sequence[object], plan: Plan, options: ReadOptions) -> Layout:
    """Find what each of *headings* gives, with the settings of *options* in the place of theirs."""
    own = tuple(heading_text(each) for each in headings)
    row = RawRow(own, tuple(range(len(own))), _NOWHERE)
    [row] = with_settings(Raw((row,)), options.settings, headings_of(plan)).rows
    blank = RawRow(row.headings, (None,) * len(row.headings), _NOWHERE)
    [named] = named_rows([blank], headings_of(plan), plan, options)
    given = [
        (each, cell if isinstance(cell, int) else str(cell))
        for each, cell in zip(named.targets, row.cells, strict=True)
        if each is not None
    ]
    return Layout(
        headings=own,
        entity=next((place for each, place in given if each.is_entity), None),
        values={each.name: place for each, place in given if not each.part and not each.is_entity},
        judged=_judged(given),
        overrides=tuple(place for each, place in given if each.is_override),
        problems=in_order(each for each in named.problems if each.code in OF_HEADINGS),
    )


def fields_of(headings: Sequence[str], plan: Plan, table: InputDeclaration, options: ReadOptions) -> Fields:
    """Find which heading of nested records gives which field of *table*."""
    found = resolve(headings, headings_of_table(plan, table, with_entity=False), options, _NOWHERE)
    given = {each.name: heading for each, heading in zip(found.targets, headings, strict=True) if each is not None}
    return Fields(given, bool(found.problems))


def _judged(given: Sequence[tuple[Target, Place]]) -> Mapping[str, Mapping[str, Place]]:
    found: dict[str, dict[str, Place]] = {}
    for each, place in given:
        if each.part and not each.is_override:
            found.setdefault(each.name, {})[each.part] = place
    return found
