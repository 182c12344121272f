"""The text of one loop in LLVM's language: each pass works on `LANES` rows, a column is a vector in a register.

Arithmetic is that of IEEE 754 to nearest, as numpy's: no instruction carries a flag that would let LLVM fuse, reorder
or approximate. The last pass takes the last rows, of which it may have seen some before; so a loop must not read what
it writes.
"""

from __future__ import annotations

import struct
from typing import Final

from attrs import define, field

from perfrules.batch.columns.code import CODE, F8, I8, STATE, TRUTH, Argument, Reg

LANES: Final = 8
BITS_I1: Final = "i1"
"""Eight bits that are all set or none, where a choice among states asks for them (numpy's name for signed bytes)."""
_CELL: Final = {F8: "double", I8: "i64", CODE: "i32", STATE: "i8", BITS_I1: "i8", TRUTH: "i1"}
FLAGS: Final = f"<{LANES} x i1>"
NO_FLAGS: Final = "zeroinitializer"


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


@define(eq=False)
class Loop:
    """A loop in the making: its *pointers* (arguments, in order), what it declares, and the lines of one pass."""

    pointers: int = 0
    unfit: str = NO_FLAGS
    """Rows in which some cell does not fit, in the pass that is being written."""
    _lines: list[str] = field(factory=list)
    _stores: list[str] = field(factory=list)
    _declared: dict[str, str] = field(factory=dict)
    _columns: dict[Reg, str] = field(factory=dict)
    _names: int = 0

    def new(self, operation: str) -> str:
        """Write an operation down; return the name of what it gives."""
        self._names += 1
        name = f"%v{self._names}"
        self._lines.append(f"  {name} = {operation}")
        return name

    def call(self, function: str, dtype: str, *operands: str, more: str = "") -> str:
        """Write the call of one of LLVM's functions on columns of one type; *more*: further arguments."""
        kind = vector(dtype)
        full = f"@llvm.{function}.v{LANES}{'f64' if dtype == F8 else _CELL[dtype]}"
        types = ", ".join([kind] * len(operands) + ([more.split()[0]] if more else []))
        self._declared[full] = f"declare {kind} {full}({types})"
        given = ", ".join([*(f"{kind} {each}" for each in operands), *([more] if more else [])])
        return self.new(f"call {kind} {full}({given})")

    def pointer(self) -> str:
        """Take the next argument; return the name of its address in this pass."""
        self.pointers += 1
        return f"%p{self.pointers - 1}"

    def read(self, dtype: str, *, words: int = 1) -> str:
        """Write the reading of the next argument's cells; *words* lie in memory for each row."""
        kind = "i8" if dtype == TRUTH else _CELL[dtype]
        at = self._at(self.pointer(), kind, words)
        found = self.new(f"load <{LANES * words} x {kind}>, ptr {at}, align 1")
        return self.new(f"icmp ne <{LANES} x i8> {found}, zeroinitializer") if dtype == TRUTH else found

    def store(self, value: str, dtype: str, *, words: int = 1) -> None:
        """Write that a column goes into the next argument, at the end of the pass."""
        kind = "i8" if dtype == TRUTH else _CELL[dtype]
        if dtype == TRUTH:
            value = self.new(f"zext {FLAGS} {value} to <{LANES} x i8>")
        at = self._at(self.pointer(), kind, words)
        self._stores.append(f"  store <{LANES * words} x {kind}> {value}, ptr {at}, align 1")

    def _at(self, pointer: str, kind: str, words: int) -> str:
        row = "%row" if words == 1 else self.new(f"mul i64 %row, {words}")
        return self.new(f"getelementptr {kind}, ptr {pointer}, i64 {row}")

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

    def text(self, name: str) -> str:
        """Return the function *name* of the addresses of its arguments and of the number of rows (at least LANES).

        It gives 1 where some cell did not fit, else 0.
        """
        reduce = f"@llvm.vector.reduce.or.v{LANES}i1"
        taken = [
            line
            for place in range(self.pointers)
            for line in (
                f"  %a{place} = getelementptr ptr, ptr %arguments, i64 {place}",
                f"  %p{place} = load ptr, ptr %a{place}",
            )
        ]
        return "\n".join(
            [
                f"declare i1 {reduce}({FLAGS})",
                *self._declared.values(),
                f"define i64 @{name}(ptr %arguments, i64 %rows) {{",
                "entry:",
                *taken,
                f"  %last = sub i64 %rows, {LANES}",
                "  br label %pass",
                "pass:",
                "  %row = phi i64 [0, %entry], [%next, %pass]",
                f"  %before = phi {FLAGS} [{NO_FLAGS}, %entry], [%unfit, %pass]",
                *self._lines,
                *self._stores,
                f"  %unfit = or {FLAGS} %before, {self.unfit}",
                f"  %ahead = add i64 %row, {LANES}",
                "  %beyond = icmp sgt i64 %ahead, %last",
                "  %next = select i1 %beyond, i64 %last, i64 %ahead",
                "  %done = icmp sge i64 %row, %last",
                "  br i1 %done, label %end, label %pass",
                "end:",
                f"  %any = call i1 {reduce}({FLAGS} %unfit)",
                "  %found = zext i1 %any to i64",
                "  ret i64 %found",
                "}",
            ]
        )
