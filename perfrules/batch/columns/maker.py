"""Makes columns on demand: whoever needs an operation asks for it in the form it needs, and it is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from attrs import define, field

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import CODE, F8, STATE, TRUTH, Argument, Function, Reg, Writer
from perfrules.batch.columns.facts import Fact, within
from perfrules.batch.columns.instructions import ReadCodes, ReadNumbers
from perfrules.batch.columns.proofs import Decision, Proof
from perfrules.batch.columns.ways import Near, Quotient, Whole
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Op, Read, Source, Tape, Type
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.frame import BlockFrame

Found = TypeVar("Found")


@define(eq=False)
class Maker:
    """The tape, what is proved of it, and what was written so far."""

    tape: Tape
    proved_facts: Sequence[Fact | None]
    input_facts: Callable[[Read], NumberFacts]
    most: Callable[[str], int]
    writer: Writer = field(factory=Writer)
    decisions: dict[int, Decision] = field(factory=dict)
    reads: set[tuple[str, str | None]] = field(factory=set)
    _wholes: dict[int, Whole | None] = field(factory=dict)
    _nears: dict[int, Near | None] = field(factory=dict)
    _quotients: dict[int, Quotient | None] = field(factory=dict)
    _regs: dict[int, Reg] = field(factory=dict)
    stairs: set[int] = field(factory=set)
    """Choices of constants by a chain of conditions, each of which implies the next (see `whole`)."""
    _masks: dict[tuple[Reg, str], Reg] = field(factory=dict)

    def facts(self, place: int) -> Fact:
        """Return what is proved of the numbers of an operation."""
        fact = self.proved_facts[place]
        assert fact is not None
        return fact

    def facts_of_read(self, read: Read) -> Fact:
        """Return what is relied on for a column of the data."""
        facts = self.input_facts(read)
        return within(facts.low, facts.high, None if facts.scale is None else Exact(1, facts.scale))

    def whole(self, place: int) -> Whole | None:
        """Return the operation's exact column of whole numbers, if it has one."""
        from perfrules.batch.columns.whole import whole_of

        return _known(self._wholes, place, lambda: whole_of(self, place))

    def near(self, place: int) -> Near | None:
        """Return a float column with a proved error, if there is one."""
        from perfrules.batch.columns.near import near_of

        return _known(self._nears, place, lambda: near_of(self, place))

    def quotient(self, place: int) -> Quotient | None:
        """Return the operation's exact quotients of int64, if it has them."""
        from perfrules.batch.columns.quotient import quotient_of

        return _known(self._quotients, place, lambda: quotient_of(self, place))

    def truth(self, place: int) -> Reg:
        """Return the register of a truth."""
        from perfrules.batch.columns.truths import truth_of

        return self._register(place, truth_of)

    def code(self, place: int) -> Reg:
        """Return the register of codes."""
        from perfrules.batch.columns.truths import codes_of

        return self._register(place, codes_of)

    def _register(self, place: int, make: Callable[[Maker, int], Reg]) -> Reg:
        found = self._regs.get(place)
        if found is None:
            found = self._regs[place] = make(self, place)
        return found

    def write(self, function: Function, *arguments: Argument, dtype: str = F8, table: str | None = None) -> Reg:
        """Write an instruction down."""
        return self.writer.write(function, *arguments, dtype=dtype, table=table)

    def mask(self, condition: Reg, dtype: str) -> Reg:
        """Return a truth as all bits or none, written once for all choices by it."""
        from perfrules.batch.columns.choosing import mask_of

        found = self._masks.get((condition, dtype))
        if found is None:
            found = self._masks[condition, dtype] = mask_of(self, condition, dtype)
        return found

    def choose(self, condition: int, x: Argument, y: Argument, dtype: str, table: str | None) -> Reg:
        """Write the choice of *x* where the truth at *condition* is true, else of *y*."""
        return self.choose_by(self.truth(condition), x, y, dtype, table)

    def choose_by(self, condition: Reg, x: Argument, y: Argument, dtype: str, table: str | None) -> Reg:
        """Write the choice of *x* where *condition* is true, else of *y*."""
        from perfrules.batch.columns.choosing import chosen

        return chosen(self, condition, x, y, dtype, table)

    def proved(self, place: int, proof: Proof, error: Exact = Exact(0), allowed: Exact | None = None) -> None:
        """Note how the operation is known to be exact."""
        self.decisions.setdefault(place, Decision(proof, error, allowed))

    def counts(self) -> Mapping[Proof, int]:
        """Count the operations by their proof."""
        return Counter(each.proof for each in self.decisions.values())

    def read_number(self, op: Op, dtype: str) -> Reg:
        """Write the reading of a column of numbers."""
        read = op.param
        assert isinstance(read, Read)
        if read.source is Source.COUNT:
            return self.writer.write(lambda frame, out: frame.counts(read, out), dtype=dtype, frame=True)
        facts = self.input_facts(read)
        self.reads.add((read.name, read.table))
        return self.writer.write(ReadNumbers(read, facts), dtype=dtype, table=op.table, frame=True)

    def read_codes(self, op: Op) -> Reg:
        """Write the reading of a column of truths, texts or states."""
        read = op.param
        assert isinstance(read, Read)
        if read.source is Source.STATE:
            return self.writer.write(
                lambda frame, out: frame.states(read, out), dtype=STATE, table=op.table, frame=True
            )
        dtype = TRUTH if op.type is Type.TRUTH else CODE
        self.reads.add((read.name, read.table))
        return self.writer.write(ReadCodes(read), dtype=dtype, table=op.table, frame=True)

    def recomputed(self, place: int, found: Reg, open_: Reg, unit: Exact | None = None) -> Reg:
        """Write that cells of *found* where *open_* is true are computed exactly (numbers in *unit*)."""

        def again(frame: BlockFrame, cells: np.ndarray, ambiguous: np.ndarray, out: np.ndarray) -> None:
            if out is not cells:
                np.copyto(out, cells)
            rows = np.flatnonzero(ambiguous)
            if len(rows):
                frame.recompute(place, rows, unit, out)

        again.may_take = 0  # type: ignore[attr-defined]
        return self.writer.write(again, found, open_, dtype=found.dtype, table=found.table, frame=True)

    def all_exactly(self, place: int, unit: Exact, dtype: str) -> Reg:
        """Write that all cells are computed in Python integers, whole in *unit*."""
        return self.writer.write(
            lambda frame, out: frame.compute(place, unit, out),
            dtype=dtype,
            table=self.tape.ops[place].table,
            frame=True,
        )

    def all_exactly_truth(self, place: int) -> Reg:
        """Write that all truths are found in Python integers."""
        return self.writer.write(
            lambda frame, out: frame.compute(place, None, out),
            dtype=TRUTH,
            table=self.tape.ops[place].table,
            frame=True,
        )

    def filled(self, value: Argument, dtype: str, table: str | None) -> Reg:
        """Write a column of one value."""
        return self.write(functions.fill, value, dtype=dtype, table=table)


def _known(memo: dict[int, Found | None], place: int, find: Callable[[], Found | None]) -> Found | None:
    if place not in memo:
        memo[place] = find()
    return memo[place]
