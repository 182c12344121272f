"""Rows with the name of their entity, and what each of their columns gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve, frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.readers.captions import is_caption_row
from perfrules.readers.headings import Headings, Resolved, Target, resolve
from perfrules.readers.python_values import CellError, Figure, Foreign, TooLong, plain
from perfrules.readers.raw import RawRow, ReadOptions, unreadable, wanted_by

OF_HEADINGS: Final = frozenset(
    {
        Code.DATA_UNKNOWN_COLUMN,
        Code.DATA_AMBIGUOUS_COLUMN,
        Code.DATA_DUPLICATE_COLUMN,
        Code.DATA_NO_ENTITY_COLUMN,
    }
)
"""What is wrong with a source as a whole, not with one of its rows."""


@frozen
class NamedRow:
    """A row whose entity is known, with what its columns give; *problems* of its headings and its name."""

    entity: str
    targets: tuple[Target | None, ...]
    row: RawRow
    problems: tuple[Diagnostic, ...]


def named_rows(
    rows: Sequence[RawRow], known: Headings, plan: Plan, options: ReadOptions, fields: Sequence[InputDeclaration] = ()
) -> list[NamedRow]:
    """Resolve the headings of each row, once per distinct headings, and read the entity's name.

    A first row of captions, as a template has it, is left out; *fields* are those of a table, else the inputs.
    """
    resolved: dict[tuple[str, ...], Resolved] = {}
    one_heading = len({row.headings for row in rows}) == 1
    named: list[NamedRow] = []
    for row in rows:
        place = evolve(row.place, row=None) if one_heading else row.place
        if row.headings not in resolved or not one_heading:
            resolved[row.headings] = resolve(row.headings, known, options, place)
        found = resolved[row.headings]
        entity, problems = _entity_of(row, found.targets, place, plan, options)
        of_headings = _but_the_entity(found.problems, problems)
        named.append(NamedRow(entity, found.targets, row, (*row.problems, *of_headings, *problems)))
    if named and is_caption_row(plan, named[0].targets, fields or plan.data_inputs, named[0].row.cells):
        return named[1:]
    return named


def meant_by_wrong_headings(problems: Iterable[Diagnostic]) -> set[str]:
    """Return what headings that are refused may have meant: nothing is said to be missing that stands under them."""
    listed = (
        problem.args.get("names" if problem.code is Code.DATA_AMBIGUOUS_COLUMN else "suggestions", ())
        for problem in problems
        if problem.code in (Code.DATA_AMBIGUOUS_COLUMN, Code.DATA_UNKNOWN_COLUMN)
    )
    return {name for names in listed if isinstance(names, tuple) for name in names}


def _but_the_entity(of_headings: tuple[Diagnostic, ...], of_entity: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out the one unknown column where the one that names the entity is not there: it is very likely that."""
    unknown = [problem for problem in of_headings if problem.code is Code.DATA_UNKNOWN_COLUMN]
    if len(unknown) != 1 or all(problem.code is not Code.DATA_NO_ENTITY_COLUMN for problem in of_entity):
        return of_headings
    return tuple(problem for problem in of_headings if problem not in unknown)


def _entity_of(
    row: RawRow, targets: Sequence[Target | None], place: DataPlace, plan: Plan, options: ReadOptions
) -> tuple[str, tuple[Diagnostic, ...]]:
    column = next((index for index, each in enumerate(targets) if each is not None and each.is_entity), None)
    if column is None and options.number_rows:
        return str(row.place.row or 1), ()
    if column is None:
        names = wanted_by(plan).entity
        return "", (Diagnostic(Code.DATA_NO_ENTITY_COLUMN, args={"names": names}, where=place),)
    here = evolve(row.place, column=row.headings[column])
    match plain(row.cells[column]):
        case str() as text if text.strip():
            return text.strip(), ()
        case Figure(text=text):
            return text, ()
        case None | str():
            return "", (Diagnostic(Code.DATA_MISSING, args={"name": plan.entity_name}, where=here),)
        case CellError():
            return "", (unreadable("cell-error", here),)
        case Foreign() | TooLong():
            return "", (unreadable("not-a-value", here),)
        case other:
            return str(other).lower(), ()
