"""Some instructions as one: machine code that reads, checks and computes row after row what they do column by column.

Machine code is made for the forms in which the data lie in memory. Where a cell does not fit, it cannot say which: the
column is then read as ever, with all that follows of it, and machine code takes what was read.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from attrs import define, field

from perfrules.batch.columns.code import F8, FRAME, Array, Instruction, Reg
from perfrules.batch.columns.steps import Keep, ReadCodes, ReadNumbers
from perfrules.batch.native.host import MachineCode, machine_code
from perfrules.batch.native.operations import joined
from perfrules.batch.native.reading import read
from perfrules.batch.native.text import LANES, Loop
from perfrules.batch.plain import PlainCells, Reading
from perfrules.batch.slabs import room_for

if TYPE_CHECKING:
    from perfrules.batch.columns.frame import BlockFrame

Readings: TypeAlias = "tuple[Reading | None, ...]"
"""How each column of the data is read; None: it was read before."""
Column: TypeAlias = "PlainCells | Array"
"""A column of the data as it lies in memory, or as it was read."""
_MOST_READINGS: Final = 8
"""So many kinds of data machine code is made for; for others, all columns are read before."""


@define(eq=False)
class Stretch:
    """The *instructions* on columns of *table*; they need the registers *given* and give the registers *found*."""

    instructions: tuple[Instruction, ...] = field(repr=False)
    table: str | None
    given: tuple[Reg, ...]
    found: tuple[Reg, ...]
    _reads: tuple[Instruction, ...] = field(init=False, repr=False)
    _keeps: tuple[Instruction, ...] = field(init=False, repr=False)
    _made: dict[Readings, MachineCode] = field(factory=dict, init=False, repr=False)
    _looks: dict[Reading, MachineCode] = field(factory=dict, init=False, repr=False)
    _unfit: set[int] = field(factory=set, init=False, repr=False)
    """The places of the columns of the data in which some cell did not fit."""
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._reads = tuple(each for each in self.instructions if isinstance(each.function, ReadNumbers | ReadCodes))
        self._keeps = tuple(each for each in self.instructions if isinstance(each.function, Keep))

    def __call__(self, frame: BlockFrame, *columns: Array) -> None:
        """Compute the columns that are *found* (the last of *columns*) from those that are *given* (the first)."""
        rows = frame.size(self.table)
        if rows < LANES:
            self._column_by_column(frame, columns, rows)
            return
        data = [self._column(frame, place, rows) for place in range(len(self._reads))]
        if len(self._made) >= _MOST_READINGS and _readings(data) not in self._made:
            data = [self._as_read(frame, place, rows) for place in range(len(self._reads))]
        kept = [room_for(rows, _last(each).dtype) for each in self._keeps]
        given, found = columns[: len(self.given)], columns[len(self.given) :]
        while not self._code(_readings(data)).run([*given, *map(_values, data), *found, *kept], rows):
            for place in self._unfitting(data, rows):
                data[place] = self._as_read(frame, place, rows)
        for each, column in zip(self._keeps, kept, strict=True):
            assert isinstance(each.function, Keep)
            frame.outputs[each.function.key] = column

    def _column_by_column(self, frame: BlockFrame, columns: Sequence[Array], rows: int) -> None:
        """Run the instructions themselves."""
        arrays = dict(zip((*self.given, *self.found), columns, strict=True))
        for each in self.instructions:
            for register in each.written:
                arrays.setdefault(register, np.empty(rows, register.dtype))
            each.function(*(arrays[a] if isinstance(a, Reg) else frame if a is FRAME else a for a in each.arguments))

    def _column(self, frame: BlockFrame, place: int, rows: int) -> Column:
        each = self._reads[place]
        assert isinstance(each.function, ReadNumbers | ReadCodes)
        plain = None if place in self._unfit else each.function.plain(frame, _last(each).dtype)
        return self._as_read(frame, place, rows) if plain is None else plain

    def _as_read(self, frame: BlockFrame, place: int, rows: int) -> Array:
        column = np.empty(rows, _last(self._reads[place]).dtype)
        self._reads[place].function(frame, column)
        return column

    def _unfitting(self, data: Sequence[Column], rows: int) -> list[int]:
        """Return in which columns some cell does not fit; they are read before from now on."""
        found = [
            place
            for place, column in enumerate(data)
            if isinstance(column, PlainCells) and not self._look(column.reading).run([column.values], rows)
        ]
        with self._lock:
            self._unfit.update(found)
        return found

    def _code(self, readings: Readings) -> MachineCode:
        """Return the machine code for data that are read so: of columns given, of the data, found and kept."""
        with self._lock:
            if readings not in self._made:
                self._made[readings] = machine_code(self._loop(readings))
            return self._made[readings]

    def _look(self, reading: Reading) -> MachineCode:
        """Return the machine code that only looks whether the cells of one column fit."""
        with self._lock:
            if reading not in self._looks:
                loop = Loop()
                read(loop, reading, F8)
                self._looks[reading] = machine_code(loop)
            return self._looks[reading]

    def _loop(self, readings: Readings) -> Loop:
        loop, waiting = Loop(), iter(readings)
        for register in self.given:
            loop.bind(register, loop.read(register.dtype))
        for each in self.instructions:
            if isinstance(each.function, ReadNumbers | ReadCodes):
                reading, register = next(waiting), _last(each)
                loop.bind(
                    register, loop.read(register.dtype) if reading is None else read(loop, reading, register.dtype)
                )
            elif not isinstance(each.function, Keep):
                known = joined(loop, each)
                assert known
        for register in (*self.found, *map(_last, self._keeps)):
            loop.store(loop.column(register, register.dtype), register.dtype)
        return loop


def _last(instruction: Instruction) -> Reg:
    """Return the register that an instruction writes, or keeps."""
    register = instruction.arguments[-1]
    assert isinstance(register, Reg)
    return register


def _readings(data: Sequence[Column]) -> Readings:
    return tuple(each.reading if isinstance(each, PlainCells) else None for each in data)


def _values(column: Column) -> Array:
    return column.values if isinstance(column, PlainCells) else column
