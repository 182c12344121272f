"""What one pass of a loop does, in LLVM's language: it works on `LANES` rows, a column is a vector in a register.

Arithmetic is that of IEEE 754 to nearest, as numpy's: no instruction carries a flag that would let LLVM fuse, reorder
or approximate.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from attrs import define, field, frozen

from perfrules.batch.columns.code import CODE, F8, I8, STATE, TRUTH, Argument, Reg

LANES: Final = 8
BITS_I1: Final = "i1"
"""Eight bits that are all set or none, where a choice among states asks for them (numpy's name for signed bytes)."""
Convert: TypeAlias = "Callable[[Loop, str], str]"
"""Writes what becomes of a column on the way to memory; returns the name of that."""
_CELL: Final = {F8: "double", I8: "i64", CODE: "i32", STATE: "i8", BITS_I1: "i8", TRUTH: "i1"}
FLAGS: Final = f"<{LANES} x i1>"
NO_FLAGS: Final = "zeroinitializer"


def in_memory(dtype: str) -> str:
    """Return the type of a cell in memory."""
    return "i8" if dtype == TRUTH else _CELL[dtype]


def vector(dtype: str) -> str:
    """Return the type of a column in a register.

    >>> vector("f8")
    '<8 x double>'
    """
    return f"<{LANES} x {_CELL[dtype]}>"


def constant(value: float | bool, dtype: str) -> str:
    """Return the same number in each row; floats by their bits, so that nothing is lost.

    >>> constant(True, "?")[:16]
    '<i1 true, i1 tru'
    """
    if dtype == F8:
        (bits,) = struct.unpack("<Q", struct.pack("<d", value))
        said = f"0x{bits:016X}"
    elif dtype == TRUTH:
        said = "true" if value else "false"
    else:
        said = str(int(value))
    return "<" + ", ".join([f"{_CELL[dtype]} {said}"] * LANES) + ">"


def float_of_bits(bits: int) -> float:
    """Return the float that has these bits.

    >>> float_of_bits(4607182418800017408)
    1.0
    """
    (found,) = struct.unpack("<d", struct.pack("<q", bits))
    return float(found)


@frozen
class Store:
    """A column that goes into an argument: its cells in a pass, and what becomes of them on the way."""

    pointer: str
    cells: str
    dtype: str
    convert: Convert
    as_dtype: str
    words: int


@define(eq=False)
class Loop:
    """A loop in the making: its *pointers* (arguments, in order), what it declares, and the lines of one pass."""

    pointers: int = 0
    unfit: str = NO_FLAGS
    """Rows in which some cell does not fit, in the pass that is being written."""
    lines: list[str] = field(factory=list)
    stores: list[Store] = field(factory=list)
    declared: dict[str, str] = field(factory=dict)
    _columns: dict[Reg, str] = field(factory=dict)
    _names: int = 0

    def new(self, operation: str) -> str:
        """Write an operation down; return the name of what it gives."""
        self._names += 1
        name = f"%v{self._names}"
        self.lines.append(f"  {name} = {operation}")
        return name

    def call(self, function: str, dtype: str, *operands: str, more: str = "") -> str:
        """Write the call of one of LLVM's functions on columns of one type; *more*: a further argument."""
        kind = vector(dtype)
        full = f"@llvm.{function}.v{LANES}{'f64' if dtype == F8 else _CELL[dtype]}"
        types = ", ".join([kind] * len(operands) + ([more.split()[0]] if more else []))
        self.declared[full] = f"declare {kind} {full}({types})"
        given = ", ".join([*(f"{kind} {each}" for each in operands), *([more] if more else [])])
        return self.new(f"call {kind} {full}({given})")

    def read(self, dtype: str, *, words: int = 1) -> str:
        """Write the reading of the next argument's cells; *words* lie in memory for each row."""
        found = self.cells_at(self._pointer(), "%row", dtype, words)
        return self.new(f"icmp ne <{LANES} x i8> {found}, zeroinitializer") if dtype == TRUTH else found

    def store(self, cells: str, dtype: str, convert: Convert | None = None, as_dtype: str = "", words: int = 1) -> None:
        """Write that cells of *dtype* go into the next argument: as they are, or as what *convert* makes of them, of
        *as_dtype*, so many *words* for each row.
        """
        if dtype == TRUTH:
            cells = self.new(f"zext {FLAGS} {cells} to <{LANES} x i8>")
        self.stores.append(Store(self._pointer(), cells, dtype, convert or _as_it_is, as_dtype or dtype, words))

    def cells_at(self, pointer: str, row: str, dtype: str, words: int = 1) -> str:
        """Write the reading of LANES rows from *row* on; a truth is a byte."""
        at = self._at(pointer, row, dtype, words)
        return self.new(f"load <{LANES * words} x {in_memory(dtype)}>, ptr {at}, align 1")

    def put(self, cells: str, pointer: str, row: str, dtype: str, words: int = 1) -> None:
        """Write that LANES rows from *row* on become *cells*."""
        at = self._at(pointer, row, dtype, words)
        self.lines.append(f"  store <{LANES * words} x {in_memory(dtype)}> {cells}, ptr {at}, align 1")

    def _at(self, pointer: str, row: str, dtype: str, words: int) -> str:
        first = row if words == 1 else self.new(f"mul i64 {row}, {words}")
        return self.new(f"getelementptr {in_memory(dtype)}, ptr {pointer}, i64 {first}")

    def _pointer(self) -> str:
        self.pointers += 1
        return f"%p{self.pointers - 1}"

    @contextmanager
    def elsewhere(self) -> Iterator[list[str]]:
        """Write what follows down in other lines, which do not belong to the pass."""
        before, self.lines = self.lines, []
        try:
            yield self.lines
        finally:
            self.lines = before

    def bind(self, register: Reg, value: str) -> None:
        """Note what a register holds."""
        self._columns[register] = value

    def column(self, argument: Argument, dtype: str) -> str:
        """Return a column, or a scalar in each row."""
        if isinstance(argument, Reg):
            return self._columns[argument]
        assert isinstance(argument, int | float)
        return constant(argument, dtype)

    def does_not_fit(self, rows: str) -> None:
        """Note further rows in which something does not fit."""
        self.unfit = rows if self.unfit == NO_FLAGS else self.new(f"or {FLAGS} {self.unfit}, {rows}")


def _as_it_is(_loop: Loop, cells: str) -> str:
    return cells
