"""What every file format comes down to: rows of headed cells with their places, no declaration looked at yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic, Word
from perfrules.ir.plan import Plan
from perfrules.lang.names import normalise_name
from perfrules.readers.limits import DEFAULT_LIMITS, Limits, too_large
from perfrules.readers.python_values import CellError, Figure, shown_text

_NO_TABLES: Final[Mapping[str, tuple[RawRow, ...]]] = MappingProxyType({})


@frozen
class RawRow:
    """One row: its headings, the cells under them, and where it stands. Blank cells are None.

    *columns* are the numbers of the cells' columns from 0, None for a cell that is in no column; empty where the source
    has none.
    """

    headings: tuple[str, ...]
    cells: tuple[object, ...]
    place: DataPlace
    problems: tuple[Diagnostic, ...] = ()
    columns: tuple[int | None, ...] = ()


@frozen
class Raw:
    """The rows of a source; those of tables kept apart from their entities, by the table's name; what went wrong.

    *headings* is the row of headings, where a source has one: it is held against the plan even if nothing follows.
    """

    rows: tuple[RawRow, ...] = ()
    tables: Mapping[str, tuple[RawRow, ...]] = _NO_TABLES
    problems: tuple[Diagnostic, ...] = ()
    headings: RawRow | None = None


@frozen(kw_only=True)
class Wanted:
    """What a format has to know of a plan: the headings of the entity's column, and the names of each table."""

    entity: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]


@frozen(kw_only=True)
class ReadOptions:
    """What the caller decides: columns to leave aside (all unknown ones with *ignore_unknown*), the limits, as of when.

    *settings* gives every entity these values, by name or title, in place of what the data say.
    *plugins* are the names of the installed readers that may be loaded.
    With *number_rows*, entities without a column that names them are called by the number of their row.
    """

    ignore: frozenset[str] = field(factory=frozenset, converter=frozenset)
    ignore_unknown: bool = False
    number_rows: bool = False
    as_of: date | None = None
    settings: Mapping[str, str] = field(factory=dict)
    limits: Limits = DEFAULT_LIMITS
    plugins: frozenset[str] = frozenset()


DEFAULT_OPTIONS: Final = ReadOptions()


def wanted_by(plan: Plan) -> Wanted:
    """Return the names a format looks for."""
    tables = {each.name: _names(each.name, each.title) for each in plan.data_inputs if each.fields}
    return Wanted(entity=_names(plan.entity_name, plan.entity_title), tables=MappingProxyType(tables))


def heading_text(found: object) -> str:
    """Return a heading in the form in which headings are compared: names folded, blanks and line ends single blanks.

    >>> heading_text(" Spent\\n this year ")
    'Spent this year'
    """
    text = found.text if isinstance(found, Figure | CellError) else "" if found is None else str(found)
    return " ".join(normalise_name(shown_text(text)).split())


def unreadable(reason: str, where: DataPlace) -> Diagnostic:
    """Report what cannot be read at all; *reason* is a word of the catalogue."""
    return Diagnostic(Code.DATA_UNREADABLE, args={"reason": Word(reason)}, where=where)


def rows_of_grid(grid: Sequence[Sequence[object]], place: DataPlace, limits: Limits) -> Raw:
    """Read a grid whose first row that is not blank holds the headings; blank rows say nothing."""
    start = next((index for index, line in enumerate(grid) if _is_written(line)), None)
    if start is None:
        return Raw(problems=(unreadable("no-heading-row", place),))
    headings = _headings(grid[start])
    if len(headings) > limits.columns:
        return Raw(problems=(too_large(len(headings), "columns", limits.columns, place),))
    if len(grid) - start - 1 > limits.rows:
        return Raw(problems=(too_large(len(grid) - start - 1, "rows", limits.rows, place),))
    numbered = enumerate(grid[start + 1 :], start=start + 2)
    rows = tuple(_row(headings, line, evolve(place, row=n)) for n, line in numbered if _is_written(line))
    return Raw(rows, headings=_row(headings, headings, place))


def _names(name: str, title: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(heading_text(each) for each in (name, title) if each))


def _is_written(line: Sequence[object]) -> bool:
    return any(not is_blank(cell) for cell in line)


def is_blank(cell: object) -> bool:
    """Tell whether nothing stands in *cell*."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _headings(line: Sequence[object]) -> tuple[str, ...]:
    width = max(index for index, cell in enumerate(line) if not is_blank(cell)) + 1
    return tuple(heading_text(cell) for cell in line[:width])


def _row(headings: tuple[str, ...], line: Sequence[object], place: DataPlace) -> RawRow:
    """Cut a line to the headings; a cell that stands beyond them, or under none, makes the row unreadable."""
    cells = (*line[: len(headings)], *[None] * (len(headings) - len(line)))
    stray = [cell for cell, heading in zip(cells, headings, strict=True) if not heading] + [*line[len(headings) :]]
    problems = (unreadable("beyond-headings", place),) if _is_written(stray) else ()
    columns = tuple(number for number, heading in enumerate(headings) if heading)
    under = tuple(cells[number] for number in columns)
    return RawRow(tuple(headings[number] for number in columns), under, place, problems, columns)
