"""Instructions on buffers: registers shared out by how long each is needed, bound to arrays once per thread and size.

An instruction is a function that writes into its last argument: a numpy ufunc called with positions only, or one of
ours. Scalars stand among the arguments as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Function: TypeAlias = Callable[..., object]

F8: Final = "f8"
I8: Final = "i8"
TRUTH: Final = "?"
CODE: Final = "i4"
STATE: Final = "u1"


@frozen(eq=False)
class Reg:
    """A column while a block is computed: of what cells, of entities or of the records of a table."""

    dtype: str
    table: str | None = None


class Frame:
    """The place of the running block among an instruction's arguments."""


FRAME: Final = Frame()
Argument: TypeAlias = Reg | Frame | float | int | bool | type


@frozen(eq=False)
class Instruction:
    """*function* of *arguments*; the registers *written* come to life with it."""

    function: Function
    arguments: tuple[Argument, ...]
    written: tuple[Reg, ...]


@define(eq=False)
class Writer:
    """Writes instructions down, in order."""

    instructions: list[Instruction] = field(factory=list)

    def write(
        self, function: Function, *arguments: Argument, dtype: str = F8, table: str | None = None, frame: bool = False
    ) -> Reg:
        """Write *function* of *arguments* into a new register (as its last argument); *frame* puts FRAME first."""
        target = Reg(dtype, table)
        given = (FRAME, *arguments, target) if frame else (*arguments, target)
        self.instructions.append(Instruction(function, given, (target,)))
        return target

    def write_two(self, function: Function, *arguments: Argument, dtype: str) -> tuple[Reg, Reg]:
        """Write *function* of FRAME and *arguments* into two new registers of entities (its last arguments)."""
        first, second = Reg(dtype), Reg(dtype)
        self.instructions.append(Instruction(function, (FRAME, *arguments, first, second), (first, second)))
        return first, second

    def act(self, function: Function, *arguments: Argument) -> None:
        """Write down something that writes no register of its own (but perhaps into its arguments)."""
        self.instructions.append(Instruction(function, (FRAME, *arguments), ()))


@frozen(eq=False)
class Code:
    """Instructions whose registers share buffers: *buffer* of each register; dtype and table of each buffer."""

    instructions: tuple[Instruction, ...] = field(repr=False)
    buffer: dict[Reg, int] = field(repr=False)
    buffers: tuple[tuple[str, str | None], ...]

    def bind(self, arrays: Sequence[Array], frame: object) -> list[tuple[Function, tuple[Any, ...]]]:
        """Return the calls to be made, their registers replaced by *arrays* (one per buffer)."""
        return [
            (each.function, tuple(self._bound(argument, arrays, frame) for argument in each.arguments))
            for each in self.instructions
        ]

    def _bound(self, argument: Argument, arrays: Sequence[Array], frame: object) -> Any:
        if isinstance(argument, Reg):
            return arrays[self.buffer[argument]]
        return frame if argument is FRAME else argument


def code_of(instructions: Sequence[Instruction], in_place: Collection[Function] = ()) -> Code:
    """Give each register a buffer; one that is not needed after an instruction may take what that writes.

    Functions *in_place*, and numpy's, may write where they read.
    """
    last: dict[Reg, int] = {}
    for place, each in enumerate(instructions):
        for argument in each.arguments:
            if isinstance(argument, Reg):
                last[argument] = place
    buffer: dict[Reg, int] = {}
    buffers: list[tuple[str, str | None]] = []
    free: dict[tuple[str, str | None], list[int]] = {}
    for place, each in enumerate(instructions):
        ends = [r for r in dict.fromkeys(each.arguments) if isinstance(r, Reg) and last[r] == place]
        elementwise = isinstance(each.function, np.ufunc) or each.function in in_place
        if elementwise:  # may write where it reads
            for register in ends:
                if register not in each.written:
                    free.setdefault((register.dtype, register.table), []).append(buffer[register])
        over = _written_over(each, ends)
        for register in each.written:
            kind = (register.dtype, register.table)
            waiting = free.get(kind)
            if over is not None and (over.dtype, over.table) == kind:
                buffer[register] = buffer[over]
                ends.remove(over)
            elif waiting:
                buffer[register] = waiting.pop()
            else:
                buffer[register] = len(buffers)
                buffers.append(kind)
        for register in ends:
            if not elementwise or register in each.written:
                free.setdefault((register.dtype, register.table), []).append(buffer[register])
    return Code(tuple(instructions), buffer, tuple(buffers))


def _written_over(instruction: Instruction, ends: Sequence[Reg]) -> Reg | None:
    """Return the argument over which the function may write its result, if nobody needs it any more."""
    place = getattr(instruction.function, "may_take", None)
    if place is None:
        return None
    given = [each for each in instruction.arguments if each is not FRAME]
    argument = given[place]
    alone = sum(each is argument for each in instruction.arguments) == 1
    return argument if isinstance(argument, Reg) and argument in ends and alone else None
