"""A program: the instructions for all columns that are wanted, run on block after block, in any thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from attrs import define, field, frozen

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import CODE, Array, Code, Function, Reg, code_of
from perfrules.batch.columns.depth import calls_needed
from perfrules.batch.columns.facts import facts_of
from perfrules.batch.columns.frame import BlockFrame
from perfrules.batch.columns.instructions import Keep, KeepNumbers
from perfrules.batch.columns.maker import Maker
from perfrules.batch.exactly import Numbers
from perfrules.batch.lowered import Lowered, NodeColumns, Shape
from perfrules.batch.native.joining import stretches_of, with_stretches
from perfrules.batch.rationals import reduced
from perfrules.batch.results import BlockResult, CellForm, CodeCells, NodeCells, RatioCells, ScaledCells
from perfrules.batch.source import Block
from perfrules.lang.deep_calls import room_for_calls
from perfrules.lang.exact import Exact

_MOST = 2**63 - 1
_LINE = 64
Calls: TypeAlias = list[tuple[Function, tuple[Any, ...]]]


@frozen(eq=False)
class _Scaled:
    """An output of whole numbers in *unit*."""

    unit: Exact
    size: Exact
    key: object


@frozen(eq=False)
class _Divided:
    """An output of int64 quotients times *factor*."""

    factor: Exact
    keys: tuple[object, object]


@frozen(eq=False)
class _Exact:
    """An output that is computed in Python integers."""

    place: int


@frozen(eq=False)
class _Code:
    key: object


@frozen(eq=False)
class Output:
    """How a node is put together from what the instructions kept."""

    values: _Scaled | _Divided | _Exact | _Code | None
    states: object | None


@define(eq=False)
class _Workplace:
    """What one block at a time is computed in: *calls* on buffers for blocks of one size."""

    frame: BlockFrame
    bound: tuple[int, bool] | None = None
    """For how many rows, and whether of the joined code."""
    calls: Calls = field(factory=list)


@define(eq=False)
class Program:
    """The code, its outputs, and places to work: as many as blocks were computed at one time."""

    lowered: Lowered = field(repr=False)
    maker: Maker = field(repr=False)
    code: Code = field(repr=False)
    outputs: Mapping[str, Output] = field(repr=False)
    most: dict[str, int]
    _idle: list[_Workplace] = field(factory=list, init=False, repr=False)
    _joined: Code | None = field(default=None, init=False, repr=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def run(self, block: Block, asked: Mapping[str, CellForm] | None = None, *, joined: bool = False) -> BlockResult:
        """Compute one block; raises Wider where the data hold more than the program was made for.

        With *joined* there is machine code for instructions that can be joined; it writes numbers as they are *asked*
        for, where it can.
        """
        try:
            workplace = self._idle.pop()
        except IndexError:
            workplace = _Workplace(BlockFrame(self.lowered.tape, self.most))
        try:
            workplace.frame.start(block, asked or {})
            return self._run(workplace, joined)
        finally:
            workplace.frame.leave()
            self._idle.append(workplace)

    def _run(self, workplace: _Workplace, joined: bool) -> BlockResult:
        frame = workplace.frame
        with np.errstate(all="ignore"):  # rows in which an operation does not matter may hold anything
            for function, arguments in self._bound(workplace, joined):
                function(*arguments)
            nodes = {node: _cells(frame, output) for node, output in self.outputs.items()}
        by_op = {place: number for place, number in frame.recomputed.items() if number}
        return BlockResult(
            nodes=nodes, aside=frame.block.aside, recomputed={str(k): v for k, v in sorted(by_op.items())}
        )

    def _bound(self, workplace: _Workplace, joined: bool) -> Calls:
        """Return the calls bound to buffers of the block's size; those for entities alone are kept for the next."""
        frame, rows = workplace.frame, workplace.frame.block.rows
        if not self.most and workplace.bound == (rows, joined):
            return workplace.calls
        code = self._joined_code() if joined else self.code
        arrays = _side_by_side([(frame.size(table), np.dtype(dtype)) for dtype, table in code.buffers])
        bound = code.bind(arrays, frame)
        if not self.most:
            workplace.bound, workplace.calls = (rows, joined), bound
        return bound

    def joined_counts(self) -> tuple[int, int]:
        """Count the instructions that became machine code, and those that did not; none before anything was joined."""
        if self._joined is None:
            return 0, 0
        joined = sum(len(each.instructions) for each in stretches_of(self._joined.instructions))
        return joined, len(self.code.instructions) - joined

    def _joined_code(self) -> Code:
        with self._lock:
            if self._joined is None:
                self._joined = code_of(with_stretches(self.code.instructions), functions.IN_PLACE)
            return self._joined


def _side_by_side(wanted: Sequence[tuple[int, np.dtype[Any]]]) -> list[Array]:
    """Return zeroed arrays in one piece of memory, each from the beginning of a line of the cache on; large pieces come
    in huge pages.
    """
    starts = [0, *accumulate(-(-size * dtype.itemsize // _LINE) * _LINE for size, dtype in wanted)]
    memory = np.zeros(starts[-1], np.uint8)
    return [np.ndarray(size, dtype, memory.data, start) for (size, dtype), start in zip(wanted, starts, strict=False)]


def program_of(lowered: Lowered, maker: Maker, wanted: Iterable[str], most: dict[str, int]) -> Program:
    """Write the instructions for the nodes *wanted*, node after node."""
    outputs = {}
    with room_for_calls(calls_needed(lowered.tape)):
        for name in wanted:
            outputs[name] = _output(maker, name, lowered.nodes[name])
        for aside in lowered.aside:
            maker.writer.act(_add_aside, maker.truth(aside.condition))
    return Program(lowered, maker, code_of(maker.writer.instructions, functions.IN_PLACE), outputs, most)


def maker_of(lowered: Lowered, input_facts: Any, most: Any) -> Maker:
    """Prove what can be proved of the tape, operands first (so that no proof has to go deep)."""
    maker = Maker(lowered.tape, facts_of(lowered.tape, input_facts, most), input_facts, most)
    for place, fact in enumerate(maker.proved_facts):
        if fact is not None:
            maker.whole(place)
            maker.near(place)
            maker.quotient(place)
    return maker


def _output(m: Maker, name: str, node: NodeColumns) -> Output:
    states = None
    if node.state is not None:
        states = _kept(m, m.code(node.state), (name, "state"))
    if node.value is None:
        return Output(None, states)
    if node.shape in (Shape.TRUTH, Shape.TEXT):
        register = m.truth(node.value) if node.shape is Shape.TRUTH else m.code(node.value)
        return Output(_Code(_kept(m, register, (name, "value"))), states)
    whole = m.whole(node.value)
    if whole is not None:
        key = (name, "value")
        m.writer.act(KeepNumbers(key, name, whole.unit, whole.size), whole.reg())
        return Output(_Scaled(whole.unit, whole.size, key), states)
    quotient = m.quotient(node.value)
    if quotient is not None:
        above, below = quotient.regs()
        keys = _kept(m, above, (name, "above")), _kept(m, below, (name, "below"))
        return Output(_Divided(quotient.factor, keys), states)
    return Output(_Exact(node.value), states)


def _kept(m: Maker, register: Reg, key: object) -> object:
    m.writer.act(Keep(key), register)
    return key


def _add_aside(frame: BlockFrame, condition: Array) -> None:
    frame.add_aside(condition)


def _cells(frame: BlockFrame, output: Output) -> NodeCells:
    states = None if output.states is None else frame.outputs[output.states].astype(np.uint8, copy=False)
    match output.values:
        case _Scaled(unit, size, key):
            stored = frame.stored.get(key)
            return NodeCells(stored or _scaled(frame.outputs[key], unit, size), states)
        case _Divided(factor, (above, below)):
            return NodeCells(_lowest_terms(frame.outputs[above], frame.outputs[below], factor), states)
        case _Exact(place):
            return NodeCells(_exact_cells(frame, place), states)
        case _Code(key):
            codes = frame.outputs[key]
            return NodeCells(CodeCells(codes if codes.dtype != np.uint8 else codes.astype(CODE)), states)
    return NodeCells(None, states)


def _scaled(raw: Array, unit: Exact, size: Exact) -> ScaledCells:
    """Bring whole numbers of at most *size* to a unit of one over a whole number."""
    times, below = unit.numerator, unit.denominator
    if times == 1:
        return ScaledCells(raw, below)
    if max(size, Exact(1)) * abs(times) <= (2**53 if raw.dtype == np.float64 else _MOST):
        return ScaledCells(raw * (float(times) if raw.dtype == np.float64 else times), below)
    whole = np.clip(np.nan_to_num(raw), -(2.0**62), 2.0**62).astype(np.int64) if raw.dtype == np.float64 else raw
    return ScaledCells(whole.astype(object) * times, below)


def _lowest_terms(above: Array, below: Array, factor: Exact) -> RatioCells:
    below = np.where(below <= 0, 1, below)
    common = np.gcd(above, below)
    above, below = above // common, below // common
    longest = max(
        int(np.abs(above).max(initial=1)) * abs(factor.numerator), int(below.max(initial=1)) * factor.denominator
    )
    if longest > _MOST:
        found = reduced(Numbers(above.astype(object) * factor.numerator, below.astype(object) * factor.denominator))
        return RatioCells(found.numerators, found.of_each())
    above, below = above * factor.numerator, below * factor.denominator
    common = np.gcd(above, below)
    return RatioCells(above // common, np.maximum(below // common, 1))  # below 1 only where nothing matters


def _exact_cells(frame: BlockFrame, place: int) -> ScaledCells | RatioCells:
    column = frame.exactly(place)
    assert isinstance(column, Numbers)
    frame.recomputed[place] += len(column)
    if isinstance(column.denominators, int):
        return ScaledCells(column.numerators, column.denominators)
    found = reduced(column)
    return RatioCells(found.numerators, found.of_each())
