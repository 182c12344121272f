"""Rows for the kernel from whole numbers in memory, nothing of them checked: what the kernel itself costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import define, field, frozen

from benchmarks.table.cases.columns import Columns
from benchmarks.table.cases.pinghu import LEVELS, SCALES
from benchmarks.table.cases.projects import Projects
from benchmarks.table.numbers import Array, Numbers
from benchmarks.table.rubric import Unit
from perfrules.batch.plain import PlainCells, PlainForm, Reading
from perfrules.batch.source import NumberFacts, Wider

BLOCK = 196_608
MOST_MARKS = Fraction(10)
FORMS = {np.dtype(np.int32): PlainForm.INT32, np.dtype(np.int64): PlainForm.INT64}
PERCENT = 100
"""The kernel has percentages as proportions."""


@frozen
class Whole:
    """Columns by name and table, with how many of their whole numbers make one; *starts* of the records of a table."""

    columns: Mapping[tuple[str, str | None], tuple[Array, int]]
    starts: Mapping[str, Array]
    rows: int

    def blocks(self) -> Iterator[WholeBlock]:
        """Yield the blocks; they share nothing that is written."""
        for start in range(0, self.rows, BLOCK):
            yield WholeBlock(self, start, min(BLOCK, self.rows - start))


@define(eq=False)
class WholeBlock:
    """Some consecutive rows (`perfrules.batch.source.Block`)."""

    whole: Whole
    place: int
    rows: int
    holes: Any = None
    aside: Array = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.aside = np.zeros(self.rows, bool)

    def counts(self, table: str) -> Array:
        return np.diff(self.whole.starts[table][self.place : self.place + self.rows + 1])

    def number(self, name: str, table: str | None, facts: NumberFacts, out: Array) -> None:
        cells, scale = self._cells(name, table)
        if facts.scale % scale:  # a judged mark has no declared decimals
            raise Wider(name, NumberFacts(low=Fraction(0), high=MOST_MARKS, scale=scale))
        np.multiply(cells, facts.scale // scale, out=out, casting="unsafe")

    def plain(self, name: str, table: str | None, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        cells, scale = self._cells(name, table)
        if facts is None or facts.scale % scale or cells.dtype not in FORMS or not cells.flags.c_contiguous:
            return None
        return PlainCells(cells, Reading(FORMS[cells.dtype], 1, -(2**63), 2**63 - 1, facts.scale // scale))

    def exact(self, name: str, table: str | None, rows: Array) -> tuple[Array, Array]:
        cells, scale = self._cells(name, table)
        return cells[rows].astype(object), np.full(len(rows), scale, object)

    def codes(self, name: str, table: str | None, out: Array) -> None:
        out[:] = self._cells(name, table)[0]

    def states(self, name: str, table: str | None, out: Array) -> None:
        out[:] = 0

    def _cells(self, name: str, table: str | None) -> tuple[Array, int]:
        cells, scale = self.whole.columns[name, table]
        if table is None:
            return cells[self.place : self.place + self.rows], scale
        starts = self.whole.starts[table]
        return cells[starts[self.place] : starts[self.place + self.rows]], scale


def whole_of(data: Numbers | Columns | Projects, texts: Sequence[str]) -> Whole:
    """Return the data of a case as the kernel takes them; *texts* are those of its codes."""
    match data:
        case Numbers():
            scales = [c.scale * (PERCENT if c.unit is Unit.PERCENT else 1) for c in data.columns]
            stored = zip(data.columns, np.array(data.stored), scales, strict=True)
            return Whole({(c.name, None): (values, scale) for c, values, scale in stored}, {}, data.rows)
        case Columns():
            return Whole({(_full(n), None): _coded(n, v, texts) for n, v in data.arrays.items()}, {}, data.rows)
        case Projects():
            named = {"budget": (data.budget, 100), "paid": (data.paid, 100), "done": (data.done, 1)}
            named["delay"] = (data.delay, 1)
            columns = {(name, "projects"): cells for name, cells in named.items()}
            return Whole(columns, {"projects": data.starts}, data.rows)


def _full(name: str) -> str:
    return f"C.C3.{name}" if name.startswith("C31.") else name


def _coded(name: str, cells: Array, texts: Sequence[str]) -> tuple[Array, int]:
    if name == "C31.level":
        return np.array([texts.index(level) for level in LEVELS])[cells], 1
    is_percent = SCALES.get(name) == PERCENT and name != "C31.mark"
    return cells, SCALES.get(name, 1) * (PERCENT if is_percent else 1)
