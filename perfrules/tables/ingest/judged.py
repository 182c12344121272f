"""Judged marks of one block: the level and the mark a person gave, within the limits of the level.

A row goes to the reader of single rows unless both are given and fit, or the level alone that allows a single mark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.source import NumberFacts
from perfrules.ir.inputs import Bounds, InputDeclaration, JudgedDeclaration
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Date, Kind, Level, Points
from perfrules.readers.judged_limits import MarkLimits
from perfrules.tables.ingest.cells import Cells, Mask, nothing
from perfrules.tables.ingest.column import InputColumn, column_of
from perfrules.tables.ingest.figures import write_figures
from perfrules.tables.ingest.fit import MOST_DECIMALS
from perfrules.tables.ingest.reading import Read, missing_of
from perfrules.tables.ingest.words import WordReader

PARTS: Final = ("level", "mark", "on")
_FINEST: Final = 10**MOST_DECIMALS

Limits = Mapping[tuple[str, str], MarkLimits]


@frozen(eq=False)
class JudgedColumns:
    """The level and the mark of one indicator. *aside*: rows that are left to the reader of single rows.

    *unmarked*: of the others, those whose level is given alone; it allows one mark only.
    """

    level: InputColumn
    mark: InputColumn
    aside: Mask
    unmarked: Mask


def part_declarations(judged: JudgedDeclaration) -> Mapping[str, InputDeclaration]:
    """Return how the parts of a judged mark are read, by name (`A3.level`)."""
    kinds: dict[str, Kind] = {"level": Level(judged.levels), "mark": Points(), "on": Date()}
    return {
        f"{judged.code}.{part}": InputDeclaration(
            name=f"{judged.code}.{part}",
            title=None,
            kind=kinds[part],
            optional=True,
            options=judged.levels if part == "level" else (),
            unit_text="points" if part == "mark" else "",
        )
        for part in PARTS
    }


def judged_columns(
    judged: JudgedDeclaration,
    rows: int,
    cells: Callable[[str], Cells | None],
    words: Mapping[str, WordReader],
    limits: Limits,
) -> JudgedColumns:
    """Read the parts of a judged mark; *cells* gives those of a part, None where no column is headed so."""
    declared = part_declarations(judged)
    columns = {}
    for part in PARTS:
        name = f"{judged.code}.{part}"
        columns[part] = column_of(declared[name], cells(part) or nothing(rows), words[name])
    level, mark = columns["level"], columns["mark"]
    no_level, no_mark = _lacking(level.read, rows), _lacking(mark.read, rows)
    aside = no_level & no_mark
    for each in columns.values():
        aside = aside if each.read.refused is None else aside | each.read.refused
    if len(judged.levels) == 1:
        level = _always(level, judged.levels[0], no_level)
        no_level = np.zeros(rows, bool)
    aside |= no_level | _outside(judged, level, mark, no_mark, limits)
    return JudgedColumns(level, mark, aside, no_mark & ~aside)


def _lacking(read: Read, rows: int) -> Mask:
    found = missing_of(read)
    return np.zeros(rows, bool) if found is None else found


def _always(level: InputColumn, only: str, lacking: Mask) -> InputColumn:
    """Return the level with *only* where none is given: there is no other."""
    assert level.read.texts is not None
    codes, words = level.read.texts
    texts = (np.where(lacking, len(words), codes % len(words)), (*words, only))
    return InputColumn(level.declaration, Read(texts=texts))


def _outside(judged: JudgedDeclaration, level: InputColumn, mark: InputColumn, unmarked: Mask, limits: Limits) -> Mask:
    """Return the rows whose mark is outside the limits of the level, or not given although there is a choice."""
    assert level.read.texts is not None
    codes, words = level.read.texts
    outside = np.zeros(len(unmarked), bool)
    for name in judged.levels:
        chosen = np.array([word == name for word in words])[codes]
        known = limits.get((judged.code, name))
        if not chosen.any():
            continue
        single = known is not None and known.low == known.high and known.low_closed and known.high_closed
        wrong = np.zeros(len(unmarked), bool) if single else unmarked.copy()
        if known is not None:
            wrong |= ~unmarked & _beyond(mark, known, len(unmarked))
        outside |= chosen & wrong
    return outside


def _beyond(mark: InputColumn, limits: MarkLimits, rows: int) -> Mask:
    bounds = Bounds(limits.low, limits.high, limits.low_closed, limits.high_closed)
    declared = InputDeclaration(
        name=mark.declaration.name, title=None, kind=Points(), decimals=MOST_DECIMALS, bounds=bounds
    )
    facts = NumberFacts(low=limits.low, high=limits.high, scale=_FINEST)
    assert mark.read.figures is not None
    is_large = max(-limits.low, limits.high) * _FINEST >= Exact(2**53)
    room: NDArray[Any] = np.empty(rows, object if is_large else np.float64)
    bad, _ = write_figures(mark.read.figures, declared, facts, room)
    return np.zeros(rows, bool) if bad is None else bad
