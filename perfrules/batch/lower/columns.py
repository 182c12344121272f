"""Operations written on a tape, simplified where their operands are constants or say the same.

Operands of an entity are spread over the records of the table that others are of. Knows nothing of the core.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import define, field

from perfrules.batch.tape import Do, Op, Param, Read, Source, Tape, Type, code_of_state
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

NO_STATE: Final = 0
"""The code of a cell that has a value."""
_MOST_CHOICES: Final = 64


class Unsupported(Exception):  # noqa: N818 - no mistake: single entities are evaluated instead
    """Something has no columns; the message says what."""


@define(eq=False)
class Columns:
    """A tape being written, and which codes a column of codes may hold (where that is known)."""

    tape: Tape = field(factory=Tape)
    _possible: dict[int, frozenset[int]] = field(factory=dict)
    _listed: dict[int, tuple[int, frozenset[Exact]]] = field(factory=dict)
    asked: dict[tuple[int, int], int] = field(factory=dict)

    def op(self, place: int) -> Op:
        """Return the operation at *place*."""
        return self.tape.ops[place]

    def constant(self, place: int) -> Param:
        """Return the constant at *place*; None if it is none."""
        op = self.tape.ops[place]
        return op.param if op.do is Do.CONSTANT else None

    def number(self, value: Exact | int) -> int:
        """Return the column of a number."""
        return self.tape.add(Do.CONSTANT, type=Type.NUMBER, param=Exact(value))

    def truth(self, value: bool) -> int:
        """Return the column of a truth."""
        return self.tape.add(Do.CONSTANT, type=Type.TRUTH, param=value)

    def code(self, value: int) -> int:
        """Return the column of a code."""
        return self.tape.add(Do.CONSTANT, type=Type.CODE, param=value)

    def state(self, state: State) -> int:
        """Return the column of a state."""
        return self.code(code_of_state(state))

    def read(self, read: Read, type: Type) -> int:  # noqa: A002
        """Return a column of the data."""
        return self.tape.add(Do.INPUT, type=type, param=read, table=read.table)

    def states_read(self, name: str, table: str | None, states: frozenset[State]) -> int | None:
        """Return the column of an input's states, of which these are possible; None where none is."""
        if not states:
            return None
        place = self.read(Read(name, Source.STATE, table), Type.CODE)
        self._possible[place] = frozenset((NO_STATE, *map(code_of_state, states)))
        return place

    def add(self, do: Do, *operands: int, type: Type, param: Param = None) -> int:  # noqa: A002
        """Write an operation of entities, or of the records that its operands are of."""
        table = self.table(*operands)
        return self.tape.add(do, *self.aligned(operands, table), type=type, param=param, table=table)

    def gathered(self, do: Do, table: str, *operands: int, type: Type, param: Param = None) -> int:  # noqa: A002
        """Write an operation that makes of the records of *table* one cell for each entity."""
        return self.tape.add(do, *self.aligned(operands, table), type=type, param=param)

    def table(self, *operands: int) -> str | None:
        """Return the table whose records *operands* are of; None: of entities."""
        tables = {self.tape.ops[place].table for place in operands} - {None}
        if len(tables) > 1:
            raise Unsupported("records of two tables are taken together")
        return next(iter(tables), None)

    def aligned(self, operands: tuple[int, ...], table: str | None) -> tuple[int, ...]:
        """Return *operands* as columns of the records of *table*."""
        return operands if table is None else tuple(self.spread(place, table) for place in operands)

    def spread(self, place: int, table: str) -> int:
        """Return a column as one of the records of *table*, each record taking its entity's."""
        op = self.tape.ops[place]
        if op.table == table:
            return place
        if op.table is not None:
            raise Unsupported("records of two tables are taken together")
        if op.do is Do.CONSTANT:
            return self.tape.add(Do.CONSTANT, type=op.type, param=op.param, table=table)
        return self.tape.add(Do.SPREAD, place, type=op.type, table=table)

    def possible(self, place: int) -> frozenset[int] | None:
        """Return the codes that a column of codes may hold; None where that is not known."""
        found = self._possible.get(place)
        if found is None:
            op = self.tape.ops[place]
            rule = _POSSIBLE.get(op.do)
            found = None if rule is None else rule(self, op)
            if found is not None:
                self._possible[place] = found
        return found

    def listed(self, place: int) -> frozenset[Exact]:
        """Return the constants that a column of numbers is chosen from; none where it is not, or too deeply."""
        return self._choices(place)[1]

    def _choices(self, place: int) -> tuple[int, frozenset[Exact]]:
        found = self._listed.get(place)
        if found is None:
            op = self.tape.ops[place]
            found = 0, frozenset[Exact]()
            if op.do is Do.CONSTANT and isinstance(op.param, Exact):
                found = 0, frozenset((op.param,))
            elif op.do is Do.WHERE and op.type is Type.NUMBER:
                (some, first), (more, second) = self._choices(op.operands[1]), self._choices(op.operands[2])
                if first and second and some + more < _MOST_CHOICES:
                    found = some + more + 1, first | second
            self._listed[place] = found
        return found

    def learn(self, place: int) -> None:
        """Look once at what a choice is made from, so that long chains of choices are never walked at once."""
        if self.tape.ops[place].type is Type.CODE:
            self.possible(place)
        else:
            self.listed(place)

    def narrow(self, place: int, codes: frozenset[int]) -> None:
        """Note that a column of codes holds none but *codes*, which whoever chose its operands knows."""
        self._possible[place] = codes & (self.possible(place) or codes)


def _of_all(columns: Columns, operands: tuple[int, ...]) -> list[frozenset[int]] | None:
    found = [columns.possible(operand) for operand in operands]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def _constant(_columns: Columns, op: Op) -> frozenset[int] | None:
    return frozenset((op.param,)) if isinstance(op.param, int) else None


def _either(columns: Columns, op: Op) -> frozenset[int] | None:
    found = _of_all(columns, op.operands[1:])
    return None if found is None else frozenset[int]().union(*found)


def _strongest(columns: Columns, op: Op) -> frozenset[int] | None:
    found = _of_all(columns, op.operands)
    if found is None:
        return None
    least = max(min(each) for each in found)
    return frozenset(code for code in frozenset[int]().union(*found) if code >= least)


def _same(columns: Columns, op: Op) -> frozenset[int] | None:
    return columns.possible(op.operands[0])


def _strongest_of(columns: Columns, op: Op) -> frozenset[int] | None:
    found = columns.possible(op.operands[0])
    return None if found is None else found | {NO_STATE}


_POSSIBLE: Final[Mapping[Do, Callable[[Columns, Op], frozenset[int] | None]]] = {
    Do.CONSTANT: _constant,
    Do.WHERE: _either,
    Do.STRONGEST: _strongest,
    Do.SPREAD: _same,
    Do.STRONGEST_OF: _strongest_of,
}
