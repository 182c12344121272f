"""Instructions sorted into stretches that are machine code, and those between them that are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from perfrules.batch.columns.code import FRAME, Instruction, Reg
from perfrules.batch.columns.steps import Keep, ReadCodes, ReadNumbers
from perfrules.batch.native.operations import is_joinable
from perfrules.batch.native.stretch import Stretch

_MOST: Final = 600
"""Instructions in one stretch: the time to make machine code grows faster than they do."""
_LEAST: Final = 3
"""Fewer are left as they are."""


def with_stretches(instructions: Sequence[Instruction], most: int = _MOST) -> list[Instruction]:
    """Return the same computation with stretches in the place of what can be machine code.

    An instruction moves forward where all that it needs is there; whatever reads or gives back more than registers
    keeps its place among its like.
    """
    waiting, there, result = list(instructions), set[Reg](), list[Instruction]()
    joinable = {id(each): _is_joinable(each) for each in instructions}
    while waiting:
        taken, left = _next(waiting, there, lambda each: joinable[id(each)], most)
        there.update(register for each in taken for register in each.written)
        needed = {register for each in left for register in _read_by(each)}
        result.extend([_as_one(taken, needed)] if len(taken) >= _LEAST and joinable[id(taken[0])] else taken)
        waiting = left
    return result


def _next(
    waiting: Sequence[Instruction], there: set[Reg], joins: Callable[[Instruction], bool], most: int
) -> tuple[list[Instruction], list[Instruction]]:
    """Return the instructions that come next, and those that are left: all that join the first one, or it alone."""
    first = waiting[0]
    if not joins(first):
        return [first], list(waiting[1:])
    taken, left, known = list[Instruction](), list[Instruction](), set(there)
    for each in waiting:
        if len(taken) < most and joins(each) and _table(each) == _table(first) and known.issuperset(_read_by(each)):
            taken.append(each)
            known.update(each.written)
        else:
            left.append(each)
    return taken, left


def _is_joinable(instruction: Instruction) -> bool:
    if isinstance(instruction.function, ReadNumbers | ReadCodes | Keep):
        register = instruction.arguments[-1]
        return isinstance(register, Reg) and register.dtype != "O"
    return len(instruction.written) == 1 and is_joinable(instruction)


def _as_one(taken: Sequence[Instruction], needed: set[Reg]) -> Instruction:
    written = {register for each in taken for register in each.written}
    given = tuple(dict.fromkeys(r for each in taken for r in _read_by(each) if r not in written))
    found = tuple(register for each in taken for register in each.written if register in needed)
    stretch = Stretch(tuple(taken), _table(taken[0]), given, found)
    return Instruction(stretch, (FRAME, *given, *found), found)


def _read_by(instruction: Instruction) -> list[Reg]:
    return [each for each in instruction.arguments if isinstance(each, Reg) and each not in instruction.written]


def _table(instruction: Instruction) -> Any:
    """Return of which table's records the columns of an instruction are (None: of entities)."""
    register = instruction.arguments[-1]
    assert isinstance(register, Reg)
    return register.table
