"""A block of rows with the columns of the run beside those of the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import Cells, Figures, as_objects
from perfrules.batch.cohort.run_columns import RunColumn
from perfrules.batch.lowered import Holes
from perfrules.batch.plain import PlainCells
from perfrules.batch.source import Block, NumberFacts, Wider
from perfrules.batch.tape import STATES, code_of_state
from perfrules.lang.states import State


class DataBlock(Block, Protocol):
    """A block of data that can be asked to look at all of them."""

    def look_at_everything(self) -> None:
        """Put aside also the rows in which something is wrong that no rule asks for."""


@define(eq=False, slots=False)
class RunBlock:
    """The rows of *data*, with *columns* of the whole run; *aside_in_run*, of all rows, are put aside anyhow."""

    data: DataBlock = field(repr=False)
    columns: Mapping[str, RunColumn] = field(repr=False)
    aside_in_run: NDArray[Any] = field(repr=False)
    _begun: bool = field(default=False, init=False)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.data.rows

    @property
    def place(self) -> int:
        """Where the first row stands among all rows of the run."""
        return self.data.place

    @property
    def holes(self) -> Holes:
        """What the program expects to lack."""
        return self.data.holes

    @holes.setter
    def holes(self, holes: Holes) -> None:
        self.data.holes = holes

    @property
    def aside(self) -> NDArray[Any]:
        """The rows put aside; a program that reads statistics alone leaves it to this to look at the data."""
        if self._begun:
            self.data.look_at_everything()
        self._begun = True
        found = self.data.aside
        np.logical_or(found, self._here(self.aside_in_run), out=found)
        return found

    def counts(self, table: str) -> NDArray[Any]:
        """Return how many records each row has in *table*."""
        return self.data.counts(table)

    def number(self, name: str, table: str | None, facts: NumberFacts, out: NDArray[Any]) -> None:
        """Write raw numbers; raises Wider where a column of the run needs more."""
        column = self._column(name, table)
        if column is None:
            self.data.number(name, table, facts, out)
            return
        assert column.facts is not None
        if not _covers(facts, column.facts):
            raise Wider(name, facts=column.facts)
        self._expect(name, column)
        if facts.scale is not None and column.facts.scale is not None:
            assert isinstance(column.values, Figures)
            factor = facts.scale // column.facts.scale
            np.multiply(self._here(column.values.tops), factor, out=out, casting="unsafe")

    def plain(self, name: str, table: str | None, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        """Return cells of the data as they lie in memory."""
        return self.data.plain(name, table, facts, dtype) if self._column(name, table) is None else None

    def exact(self, name: str, table: str | None, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return numerators and denominators of the cells at *rows*."""
        column = self._column(name, table)
        if column is None:
            return self.data.exact(name, table, rows)
        assert isinstance(column.values, Figures)
        cells = column.values.take(rows + self.place)
        return as_objects(cells.tops), as_objects(cells.belows)

    def codes(self, name: str, table: str | None, out: NDArray[Any]) -> None:
        """Write truths or codes of texts."""
        column = self._column(name, table)
        if column is None:
            self.data.codes(name, table, out)
            return
        self._expect(name, column)
        assert not isinstance(column.values, Figures)
        np.copyto(out, self._here(column.values))

    def states(self, name: str, table: str | None, out: NDArray[Any]) -> None:
        """Write states."""
        column = self._column(name, table)
        if column is None:
            self.data.states(name, table, out)
        else:
            out[:] = 0 if column.states is None else self._here(column.states)

    def _column(self, name: str, table: str | None) -> RunColumn | None:
        return self.columns.get(name) if table is None else None

    def _here(self, cells: Cells) -> Cells:
        return cells[self.place : self.place + self.rows]

    def _expect(self, name: str, column: RunColumn) -> None:
        """See that the states of the whole column are expected, so that the program is made once."""
        if column.states is None:
            return
        for code in np.flatnonzero(np.bincount(column.states, minlength=len(STATES))).tolist():
            state = STATES[code]
            if state is not None and name not in _expected(self.holes, state):
                raise Wider(name, state=state.value)


def _expected(holes: Holes, state: State) -> frozenset[str]:
    assert code_of_state(state) in (code_of_state(State.MISSING), code_of_state(State.EXCLUDED))
    return holes.missing if state is State.MISSING else holes.excluded


def _covers(facts: NumberFacts, needed: NumberFacts) -> bool:
    """Tell whether a program made for *facts* can read what *needed* describes."""
    if facts.scale is not None and (needed.scale is None or facts.scale % needed.scale):
        return False
    assert needed.low is not None
    assert needed.high is not None
    return (facts.low is None or facts.low <= needed.low) and (facts.high is None or facts.high >= needed.high)
