"""Some instructions as one: machine code that reads, checks and computes row after row what they do column by column.

Machine code is made for the forms in which the data lie in memory. Where a cell does not fit, it cannot say which: the
column is then read as ever, with all that follows of it, and machine code takes what was read.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from attrs import define, field, frozen

from perfrules.batch.columns.code import F8, FRAME, Array, Instruction, Reg
from perfrules.batch.columns.instructions import Keep, KeepNumbers, ReadCodes, ReadNumbers, Writing
from perfrules.batch.native.host import MachineCode, NoMachineCodeError, machine_code
from perfrules.batch.native.loop import LANES, Loop
from perfrules.batch.native.operations import joined
from perfrules.batch.native.reading import read
from perfrules.batch.native.writing import write
from perfrules.batch.plain import PlainCells, Reading
from perfrules.batch.results import CellForm, StoredCells
from perfrules.batch.slabs import room_for

if TYPE_CHECKING:
    from perfrules.batch.columns.frame import BlockFrame

Readings: TypeAlias = "tuple[Reading | None, ...]"
"""How each column of the data is read; None: it was read before."""
Writings: TypeAlias = "tuple[Writing | None, ...]"
"""How each column that is given back is written; None: as it is."""
Column: TypeAlias = "PlainCells | Array"
"""A column of the data as it lies in memory, or as it was read."""
_MOST_READINGS: Final = 8
"""So many kinds of data machine code is made for; for others, all columns are read before."""
_BLOCKS: Final = 16
"""For so many blocks a column is read before, once some cell of it did not fit: the next may well not fit either."""


@define(eq=False)
class Stretch:
    """The *instructions* on columns of *table*; they need the registers *given* and give the registers *found*."""

    instructions: tuple[Instruction, ...] = field(repr=False)
    table: str | None
    given: tuple[Reg, ...]
    found: tuple[Reg, ...]
    _reads: tuple[Instruction, ...] = field(init=False, repr=False)
    _keeps: tuple[Instruction, ...] = field(init=False, repr=False)
    _made: dict[tuple[Readings, Writings], MachineCode] = field(factory=dict, init=False, repr=False)
    _looks: dict[Reading, MachineCode] = field(factory=dict, init=False, repr=False)
    _unfit: dict[int, int] = field(factory=dict, init=False, repr=False)
    """By the places of columns in which some cell did not fit: for how many blocks more they are read before."""
    _refused: bool = field(default=False, init=False, repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._reads = tuple(each for each in self.instructions if isinstance(each.function, ReadNumbers | ReadCodes))
        self._keeps = tuple(each for each in self.instructions if isinstance(each.function, Keep))

    def __call__(self, frame: BlockFrame, *columns: Array) -> None:
        """Compute the columns that are *found* (the last of *columns*) from those that are *given* (the first)."""
        rows = frame.size(self.table)
        try:
            if rows >= LANES and not self._refused:
                self._at_once(frame, columns, rows)
                return
        except NoMachineCodeError:
            self._refused = True  # as will be the next
        self._column_by_column(frame, columns, rows)

    def _at_once(self, frame: BlockFrame, columns: Sequence[Array], rows: int) -> None:
        kept = [_Kept.of(each, frame, rows) for each in self._keeps]
        writings = tuple(each.writing for each in kept)
        data = self._data(frame, rows, writings)
        given, found = columns[: len(self.given)], columns[len(self.given) :]
        others = [*found, *(each.cells for each in kept)]
        while not self._code(_readings(data), writings).run([*given, *map(_values, data), *others], rows):
            for place in self._unfitting(data, rows):
                data[place] = self._as_read(frame, place, rows)
        for each in kept:
            each.give(frame)

    def _column_by_column(self, frame: BlockFrame, columns: Sequence[Array], rows: int) -> None:
        """Run the instructions themselves."""
        arrays = dict(zip((*self.given, *self.found), columns, strict=True))
        for each in self.instructions:
            for register in each.written:
                arrays.setdefault(register, np.empty(rows, register.dtype))
            each.function(*(arrays[a] if isinstance(a, Reg) else frame if a is FRAME else a for a in each.arguments))

    def _data(self, frame: BlockFrame, rows: int, writings: Writings) -> list[Column]:
        data = [self._column(frame, place, rows) for place in range(len(self._reads))]
        if len(self._made) < _MOST_READINGS or (_readings(data), writings) in self._made:
            return data
        return [self._as_read(frame, place, rows) for place in range(len(self._reads))]

    def _column(self, frame: BlockFrame, place: int, rows: int) -> Column:
        each = self._reads[place]
        assert isinstance(each.function, ReadNumbers | ReadCodes)
        plain = None if self._is_unfit(place) else each.function.plain(frame, _last(each).dtype)
        if plain is None:
            return self._as_read(frame, place, rows)
        assert len(plain.values) == rows * plain.reading.words
        return plain

    def _is_unfit(self, place: int) -> bool:
        with self._lock:
            left = self._unfit.get(place, 0)
            self._unfit[place] = max(left - 1, 0)
        return left > 0

    def _as_read(self, frame: BlockFrame, place: int, rows: int) -> Array:
        column = np.empty(rows, _last(self._reads[place]).dtype)
        self._reads[place].function(frame, column)
        return column

    def _unfitting(self, data: Sequence[Column], rows: int) -> list[int]:
        """Return in which columns some cell does not fit; for a while they are read before."""
        found = [
            place
            for place, column in enumerate(data)
            if isinstance(column, PlainCells) and not self._look(column.reading).run([column.values], rows)
        ]
        assert found, "a loop says that some cell does not fit"
        with self._lock:
            self._unfit.update(dict.fromkeys(found, _BLOCKS))
        return found

    def _code(self, readings: Readings, writings: Writings) -> MachineCode:
        """Return the machine code for columns given, of the data, found and kept."""
        with self._lock:
            if (readings, writings) not in self._made:
                self._made[readings, writings] = machine_code(self._loop(readings, writings))
            return self._made[readings, writings]

    def _look(self, reading: Reading) -> MachineCode:
        """Return the machine code that only looks whether the cells of one column fit."""
        with self._lock:
            if reading not in self._looks:
                loop = Loop()
                read(loop, reading, F8)
                self._looks[reading] = machine_code(loop)
            return self._looks[reading]

    def _loop(self, readings: Readings, writings: Writings) -> Loop:
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
        for register in self.found:
            loop.store(loop.column(register, register.dtype), register.dtype)
        for each, writing in zip(self._keeps, writings, strict=True):
            write(loop, loop.column(_last(each), _last(each).dtype), _last(each).dtype, writing)
        return loop


@frozen(eq=False)
class _Kept:
    """Where a column goes that is given back, and how it is written there."""

    keep: Keep
    cells: Array
    writing: Writing | None = None
    asked: CellForm | None = None

    @classmethod
    def of(cls, instruction: Instruction, frame: BlockFrame, rows: int) -> _Kept:
        keep, dtype = instruction.function, _last(instruction).dtype
        assert isinstance(keep, Keep)
        if isinstance(keep, KeepNumbers) and keep.node in frame.asked:
            asked = frame.asked[keep.node]
            writing = keep.writing(asked, dtype)
            if writing is not None:
                return cls(keep, asked.room(rows), writing, asked)
        return cls(keep, room_for(rows, dtype))

    def give(self, frame: BlockFrame) -> None:
        if self.asked is None:
            frame.outputs[self.keep.key] = self.cells
        else:
            frame.stored[self.keep.key] = StoredCells(self.cells, self.asked.scale)


def _last(instruction: Instruction) -> Reg:
    """Return the register that an instruction writes, or keeps."""
    register = instruction.arguments[-1]
    assert isinstance(register, Reg)
    return register


def _readings(data: Sequence[Column]) -> Readings:
    return tuple(each.reading if isinstance(each, PlainCells) else None for each in data)


def _values(column: Column) -> Array:
    return column.values if isinstance(column, PlainCells) else column
