"""Instructions sorted into stretches that are machine code, and those between them that are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Final

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

    By turns come all that cannot be joined and whose operands are there, and as many as can be joined.
    """
    waiting, there, result = list(instructions), set[Reg](), list[Instruction]()
    joinable = {id(each) for each in instructions if _is_joinable(each)}
    while waiting:
        alone, waiting = _ready(waiting, there, lambda each: id(each) not in joinable)
        result.extend(alone)
        if not waiting:
            break
        table = _table(next(e for e in waiting if id(e) in joinable and there.issuperset(_read_by(e))))
        alike = partial(_is_of, table, joinable)
        taken, waiting = _ready(waiting, there, alike, most)
        needed = {register for each in waiting for register in _read_by(each)}
        result.extend([_as_one(taken, needed)] if len(taken) >= _LEAST else taken)
    return result


def stretches_of(instructions: Sequence[Instruction]) -> list[Stretch]:
    """Return the stretches among instructions."""
    return [each.function for each in instructions if isinstance(each.function, Stretch)]


def _is_of(table: str | None, joinable: Collection[int], instruction: Instruction) -> bool:
    return id(instruction) in joinable and _table(instruction) == table


def _ready(
    waiting: Sequence[Instruction], there: set[Reg], fits: Callable[[Instruction], bool], most: int | None = None
) -> tuple[list[Instruction], list[Instruction]]:
    """Return the instructions that fit and whose operands are *there*, or become so by those before; and the others.

    What they write is there from then on.
    """
    taken, left = list[Instruction](), list[Instruction]()
    for each in waiting:
        if (most is None or len(taken) < most) and fits(each) and there.issuperset(_read_by(each)):
            taken.append(each)
            there.update(each.written)
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


def _table(instruction: Instruction) -> str | None:
    """Return of which table's records the columns of an instruction are (None: of entities)."""
    register = instruction.arguments[-1]
    assert isinstance(register, Reg)
    return register.table
