"""A block of rows held as exact numbers, for tests of the kernel alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

import numpy as np
from attrs import define, field

from perfrules.batch.lowered import Holes
from perfrules.batch.plain import PlainCells, PlainForm, Reading
from perfrules.batch.source import NumberFacts, Wider

Named = tuple[str, str | None]


@define(eq=False)
class ArrayBlock:
    """Columns by (name, table): Fractions (None: missing), bools, codes; counts of records by table."""

    rows: int
    columns: Mapping[Named, Sequence[object]]
    records: Mapping[str, Sequence[int]] = field(factory=dict)
    place: int = 0
    holes: Holes = field(factory=Holes)
    aside: np.ndarray = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.aside = np.zeros(self.rows, dtype=bool)

    def counts(self, table: str) -> np.ndarray:
        return np.asarray(self.records[table], dtype=np.int64)

    def number(self, name: str, table: str | None, facts: NumberFacts, out: np.ndarray) -> None:
        cells = self.columns[name, table]
        self._check_missing(name, table, cells)
        for place, cell in enumerate(cells):
            value = Fraction(0) if cell is None else cell
            assert isinstance(value, Fraction)
            raw = value * (facts.scale or 1)
            below = facts.low is not None and value < facts.low
            above = facts.high is not None and value > facts.high
            if cell is not None and (raw.denominator != 1 or below or above):
                raise Wider(
                    name if table is None else f"{table}.{name}",
                    NumberFacts(low=min(value, facts.low or value), high=max(value, facts.high or value), scale=10**9),
                )
            out[place] = raw.numerator if raw.denominator == 1 else 0

    def exact(self, name: str, table: str | None, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        cells = self.columns[name, table]
        above, below = np.empty(len(rows), object), np.empty(len(rows), object)
        for place, row in enumerate(rows):
            value = cells[row]
            value = Fraction(0) if value is None else value
            assert isinstance(value, Fraction)
            above[place], below[place] = value.numerator, value.denominator
        return above, below

    def plain(self, name: str, table: str | None, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        cells = self.columns[name, table]
        if facts is None:
            truths = all(isinstance(cell, bool) for cell in cells)
            return PlainCells(np.array(cells, bool), Reading(PlainForm.TRUTHS)) if truths else None
        if facts.low is None or facts.high is None or facts.scale is None:
            return None
        low, high = ceil(facts.low * facts.scale), floor(facts.high * facts.scale)
        raws = [cell * facts.scale for cell in cells if isinstance(cell, Fraction)]
        if len(raws) < len(cells) or any(raw.denominator != 1 or abs(raw) >= 2**63 for raw in raws):
            return None
        values = np.array([raw.numerator for raw in raws], np.int64)
        if dtype == "f8" and facts.scale < 10**9 and max(abs(low), abs(high)) < 2**51 and self.place % 2 == 0:
            return PlainCells(values / facts.scale, Reading(PlainForm.FLOATS, facts.scale, low, high))
        return PlainCells(values, Reading(PlainForm.INT64, 1, low, high))

    def codes(self, name: str, table: str | None, out: np.ndarray) -> None:
        cells = self.columns[name, table]
        self._check_missing(name, table, cells)
        out[:] = [0 if cell is None else cell for cell in cells]

    def states(self, name: str, table: str | None, out: np.ndarray) -> None:
        out[:] = [3 if cell is None else 0 for cell in self.columns[name, table]]

    def _check_missing(self, name: str, table: str | None, cells: Sequence[object]) -> None:
        full = name if table is None else f"{table}.{name}"
        if full not in self.holes.missing and any(cell is None for cell in cells):
            raise Wider(full, state="missing")
