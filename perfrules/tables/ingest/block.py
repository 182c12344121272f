"""One block of a table of any kind, as the kernel reads it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from perfrules.batch.lowered import Holes
from perfrules.batch.plain import PlainCells
from perfrules.batch.source import NumberFacts, Wider
from perfrules.batch.tape import code_of_state
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.states import State
from perfrules.readers.raw import RawRow
from perfrules.tables.ingest.block_columns import BlockColumns
from perfrules.tables.ingest.cells import Mask
from perfrules.tables.ingest.column import InputColumn, Unfit
from perfrules.tables.ingest.records import field_key
from perfrules.tables.ingest.texts import TextCodes


@define(eq=False, slots=False)
class FrameBlock:
    """Consecutive rows of a table: `perfrules.batch.source.Block`.

    *holes* is what the program that reads the block expects to lack; the kernel sets it. Wider is not raised again for
    a state it was raised for: whoever caught it has widened the program. *texts* gives codes to texts.
    """

    columns: BlockColumns = field(repr=False)
    texts: TextCodes = field(repr=False)
    holes: Holes = field(factory=Holes)
    _was_read: set[str] = field(factory=set, init=False, repr=False)
    _told: set[tuple[str, State]] = field(factory=set, init=False, repr=False)
    _rest_is_known: bool = field(default=False, init=False, repr=False)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.columns.rows

    @property
    def place(self) -> int:
        """Where the first row stands among all rows of the run, from 0."""
        return self.columns.place

    @property
    def aside(self) -> Mask:
        """The rows put aside, by the block or by whoever wrote into this array; what the block put aside stays so.

        Once some column was read, those that were not are looked at, too: what is wrong in them refuses a row although
        no rule asks for it.
        """
        if self._was_read and not self._rest_is_known:
            self._look_at_the_rest()
        np.logical_or(self._given_out, self._own_aside, out=self._given_out)
        return self._given_out

    def counts(self, table: str) -> NDArray[Any]:
        """Return how many records each row has in *table*."""
        records = self.columns.records(table)
        self._settle(self.columns.run.inputs[table], table, Unfit(records.lack, records.aside))
        return records.counts

    def number(self, name: str, table: str | None, facts: NumberFacts, out: NDArray[Any]) -> None:
        """Write raw numbers; raises Wider where more has to be relied on, or where unexpectedly nothing stands.

        Of the field of a table Wider has the name `table.field`.
        """
        column, key = self._column(name, table)
        unfit = column.write_numbers(facts, out)
        if unfit.wider is not None:
            raise Wider(key, facts=unfit.wider)
        self._settle(column.declaration, key, unfit, table)

    def plain(self, name: str, table: str | None, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        """Return cells as they lie in memory, if nothing more has to be looked at."""
        return self._column(name, table)[0].plain(facts, dtype)

    def exact(self, name: str, table: str | None, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return numerators and denominators of single cells; of one that has no number, of any number."""
        return self._column(name, table)[0].exact(rows)

    def codes(self, name: str, table: str | None, out: NDArray[Any]) -> None:
        """Write truths, or codes of texts."""
        column, key = self._column(name, table)
        self._settle(column.declaration, key, column.write_codes(self.texts, out), table)

    def states(self, name: str, table: str | None, out: NDArray[Any]) -> None:
        """Write states: of rows that are not put aside, whether a value is missing, or a mark still to be given."""
        out[:] = code_of_state(None)
        code, _, part = name.rpartition(".")
        if table is None and code in self.columns.run.judged:
            if part == "mark":
                out[self.columns.judged(code).unmarked] = code_of_state(State.PENDING)
            return
        if table is None and self.columns.run.inputs[name].fields:
            lack = self.columns.records(name).lack
        else:
            lack = self._column(name, table)[0].lack()
        if lack is not None:
            out[lack] = code_of_state(State.MISSING)

    def row(self, index: int) -> RawRow:
        """Return the cells of one row as the readers of single rows take them."""
        return self.columns.row(index)

    @cached_property
    def _given_out(self) -> Mask:
        return np.zeros(self.rows, bool)

    @cached_property
    def _own_aside(self) -> Mask:
        return self.columns.aside_at_once()

    def _column(self, name: str, table: str | None) -> tuple[InputColumn, str]:
        if table is not None:
            records = self.columns.records(table)
            self._settle(records.table, table, Unfit(records.lack, records.aside))
            key = field_key(records.table, name)
            self._was_read.add(key)
            return records.column(name), key
        self._was_read.add(name)
        code, _, part = name.rpartition(".")
        if code in self.columns.run.judged:
            return self._judged_part(code, part), name
        return self.columns.column(name), name

    def _judged_part(self, code: str, part: str) -> InputColumn:
        judged = self.columns.judged(code)
        np.logical_or(self._own_aside, judged.aside, out=self._own_aside)
        return judged.level if part == "level" else judged.mark

    def _settle(self, declaration: InputDeclaration, key: str, unfit: Unfit, table: str | None = None) -> None:
        """Put rows aside, and see that what is lacking is expected to lack."""
        aside, lack = unfit.aside, unfit.lack
        if table is not None:
            records = self.columns.records(table)
            aside, lack = (None if each is None else records.rows_with(each) for each in (aside, lack))
        if aside is not None:
            np.logical_or(self._own_aside, aside, out=self._own_aside)
        if lack is None:
            return
        code, _, part = key.rpartition(".")
        if table is None and code in self.columns.run.judged:
            if part == "mark" and self.columns.judged(code).unmarked.any():
                self._expect(key, State.PENDING)
        elif not declaration.optional:
            np.logical_or(self._own_aside, lack, out=self._own_aside)
        elif (lack & ~self._own_aside).any():
            self._expect(key, State.MISSING)

    def _expect(self, key: str, state: State) -> None:
        expected = self.holes.pending if state is State.PENDING else self.holes.missing
        if key not in expected and (key, state) not in self._told:
            self._told.add((key, state))
            raise Wider(key, state=state.value)

    def look_at_everything(self) -> None:
        """Put aside also the rows in which something is wrong that no rule asks for."""
        if not self._rest_is_known:
            self._look_at_the_rest()

    def _look_at_the_rest(self) -> None:
        self._rest_is_known = True
        for mask in self.columns.rows_unfit(self._was_read):
            np.logical_or(self._own_aside, mask, out=self._own_aside)
