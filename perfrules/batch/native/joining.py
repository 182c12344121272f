"""Instructions sorted into stretches that are machine code, and those between them that are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from perfrules.batch.columns.code import FRAME, Instruction, Reg
from perfrules.batch.columns.instructions import Keep, ReadCodes, ReadNumbers
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
    there, result = set[Reg](), list[Instruction]()
    readers = Counter(register for each in instructions for register in _read_by(each))
    joinable = [each for each in instructions if _is_joinable(each)]
    known = {id(each) for each in joinable}
    alone = [each for each in instructions if id(each) not in known]
    while alone or joinable:
        taken, alone = _ready(alone, there)
        result.extend(taken)
        first = next((each for each in joinable if there.issuperset(_read_by(each))), None)
        if first is not None:
            taken, joinable = _ready(joinable, there, first, most)
            result.extend([_as_one(taken, readers)] if len(taken) >= _LEAST else taken)
    return result


def stretches_of(instructions: Sequence[Instruction]) -> list[Stretch]:
    """Return the stretches among instructions."""
    return [each.function for each in instructions if isinstance(each.function, Stretch)]


def _ready(
    waiting: Sequence[Instruction], there: set[Reg], like: Instruction | None = None, most: int | None = None
) -> tuple[list[Instruction], list[Instruction]]:
    """Return the instructions (on columns of one table, if they are to be *like* one of them) whose operands are
    *there*, or become so by those before; and the others.

    What they write is there from then on.
    """
    taken, left = list[Instruction](), list[Instruction]()
    for place, each in enumerate(waiting):
        if len(taken) == most:
            return taken, [*left, *waiting[place:]]
        if (like is None or _table(each) == _table(like)) and there.issuperset(_read_by(each)):
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


def _as_one(taken: Sequence[Instruction], readers: Mapping[Reg, int]) -> Instruction:
    """Return a stretch; it gives what others than its own instructions read, too."""
    own = Counter(register for each in taken for register in _read_by(each))
    written = [register for each in taken for register in each.written]
    inside = frozenset(written)
    given = tuple(register for register in own if register not in inside)
    found = tuple(register for register in written if readers[register] > own[register])
    stretch = Stretch(tuple(taken), _table(taken[0]), given, found)
    return Instruction(stretch, (FRAME, *given, *found), found)


def _read_by(instruction: Instruction) -> list[Reg]:
    return [each for each in instruction.arguments if isinstance(each, Reg) and each not in instruction.written]


def _table(instruction: Instruction) -> str | None:
    """Return of which table's records the columns of an instruction are (None: of entities)."""
    register = instruction.arguments[-1]
    assert isinstance(register, Reg)
    return register.table
