"""The kernel: a plan as a program for blocks of rows, made again where the data hold more than it was made for.

What is declared is relied on from the start. Of an input without declared range or decimals the kernel relies on what
the data held so far (a power of ten, so many decimals), checked in every block; a block that holds more makes the
program wider, and is computed again. Results do not depend on it.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen

from perfrules.batch.columns.program import Program, maker_of, program_of
from perfrules.batch.columns.proofs import Proof
from perfrules.batch.columns.ways import dtype_for
from perfrules.batch.declared import columns_of, declared_facts
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked, Holes, Lowered
from perfrules.batch.native.threshold import is_worth_it
from perfrules.batch.owners import owners_of
from perfrules.batch.results import BlockResult, CellForm
from perfrules.batch.source import Block, NumberFacts, Wider
from perfrules.batch.tape import Read, Source, Type
from perfrules.ir.plan import Plan
from perfrules.lang.collector import collector_paused
from perfrules.lang.exact import Exact

_UNKNOWN = NumberFacts(low=Exact(0), high=Exact(1), scale=1)
Named = tuple[str, str | None]


@frozen(kw_only=True)
class Relied:
    """What a program was made for beyond the declarations."""

    holes: Holes = field(factory=Holes)
    numbers: Mapping[Named, NumberFacts] = field(factory=dict)
    most: Mapping[str, int] = field(factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What is equal where programs may be shared."""
        return self.holes, tuple(sorted(self.numbers.items(), key=str)), tuple(sorted(self.most.items()))


@define(eq=False)
class Kernel:
    """A plan for columns; *nodes* are those that are asked for (all, where None). May be used by several threads."""

    plan: Plan = field(repr=False)
    as_of: date | None = None
    nodes: tuple[str, ...] | None = None
    recomputed: Counter[str] = field(factory=Counter, init=False)
    programs_made: int = field(default=0, init=False)
    _relied: Relied = field(factory=Relied, init=False)
    _tapes: dict[Holes, Lowered] = field(factory=dict, init=False, repr=False)
    _columns_by_holes: dict[Holes, Mapping[Named, Type]] = field(factory=dict, init=False, repr=False)
    _programs: dict[tuple[object, ...], Program] = field(factory=dict, init=False, repr=False)
    _lock: threading.RLock = field(factory=threading.RLock, init=False, repr=False)
    _measured: bool = field(default=False, init=False)
    _rows: int = field(default=0, init=False)
    _expected: int = field(default=0, init=False)
    _declared: Mapping[Named, NumberFacts] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._declared = declared_facts(self.plan)
        if self.as_of is None:
            self.as_of = self.plan.as_of_default

    @property
    def unsupported(self) -> Mapping[str, str]:
        """Which nodes have no columns, and why; with any, `run` must not be called."""
        return self._lowered(Holes()).unsupported

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the codes below their number."""
        return self._lowered(Holes()).texts

    def expect(self, rows: int) -> None:
        """Take notice that so many rows are to come: what pays only for many is done at once."""
        self._expected = max(self._expected, rows)

    def run(self, block: Block, asked: Mapping[str, CellForm] | None = None) -> BlockResult:
        """Compute one block of rows; numbers that are *asked* for in a form, by node, may come in it."""
        if not self._measured:
            self._measure(block)
        while True:
            relied = self._relied
            program = self._program(relied)
            block.aside[:] = False
            self._tell(block, relied)
            try:
                self._look_at_others(block, program, relied.holes)
                result = program.run(block, asked, joined=is_worth_it(max(self._rows, self._expected)))
            except Wider as wider:
                self._widen(wider)
                continue
            by_node = self._by_node(program, result.recomputed) if result.recomputed else Counter()
            with self._lock:
                self.recomputed.update(by_node)
                self._rows += block.rows
            return evolve(result, recomputed=by_node)

    def counts(self) -> Counter[Proof]:
        """Count the roundings and comparisons of the programs made so far, by their proof."""
        with self._lock:
            return Counter(each.proof for p in self._programs.values() for each in p.maker.decisions.values())

    def joined_counts(self) -> tuple[int, int]:
        """Count the instructions that became machine code, and those beside them that did not."""
        with self._lock:
            found = [program.joined_counts() for program in self._programs.values()]
        return sum(joined for joined, _ in found), sum(alone for _, alone in found)

    def _wanted(self, lowered: Lowered) -> tuple[str, ...]:
        return tuple(node.id for node in self.plan.nodes if self.nodes is None or node.id in self.nodes)

    def _lowered(self, holes: Holes) -> Lowered:
        with self._lock:
            found = self._tapes.get(holes)
            if found is None:
                nodes = None if self.nodes is None else frozenset(self.nodes)
                with collector_paused():
                    found = lower(self.plan, Asked(as_of=self.as_of, holes=holes, nodes=nodes))
                self._tapes[holes] = found
            return found

    def _program(self, relied: Relied) -> Program:
        with self._lock:
            found = self._programs.get(relied.key)
            if found is None:
                lowered = self._lowered(relied.holes)
                most = dict(relied.most)
                used = {table: number for table, number in most.items() if _uses(lowered, table)}
                with collector_paused():
                    maker = maker_of(lowered, lambda read: self._facts(read, relied), lambda table: most.get(table, 1))
                    found = program_of(lowered, maker, self._wanted(lowered), used)
                self._programs[relied.key] = found
                self.programs_made += 1
            return found

    def _facts(self, read: Read, relied: Relied) -> NumberFacts:
        if read.source is Source.COUNT:
            return NumberFacts(low=Exact(0), high=Exact(relied.most.get(read.name, 1)), scale=1)
        name = (read.name, read.table)
        declared = self._declared.get(name, NumberFacts(low=None, high=None, scale=None))
        return _filled(declared, relied.numbers.get(name, _UNKNOWN))

    def _tell(self, block: Block, relied: Relied) -> None:
        """Tell a block which states the program expects, so that it raises Wider for others."""
        block.holes = relied.holes

    def _widen(self, wider: Wider) -> None:
        with self._lock:
            relied = self._relied
            if wider.state is not None:
                names = getattr(relied.holes, wider.state) | {wider.name}
                self._relied = evolve(relied, holes=evolve(relied.holes, **{wider.state: names}))
            elif wider.facts is not None and wider.name in self._tables:
                most = 1 << max(int(wider.facts.high or 0) - 1, 0).bit_length()
                most = max(most, relied.most.get(wider.name, 1))
                self._relied = evolve(relied, most={**relied.most, wider.name: most})
            elif wider.facts is not None:
                name = self._named(wider.name)
                joined = _joined(relied.numbers.get(name, _UNKNOWN), wider.facts)
                self._relied = evolve(relied, numbers={**relied.numbers, name: joined})

    def _named(self, name: str) -> Named:
        """Tell the field of a table from an input whose name has a dot itself (`A3.mark`)."""
        table = next((each for each in self._tables if name.startswith(f"{each}.")), None)
        return (name, None) if table is None else (name.removeprefix(f"{table}."), table)

    @property
    def _tables(self) -> frozenset[str]:
        return frozenset(each.name for each in self.plan.inputs if each.fields)

    def _measure(self, block: Block) -> None:
        """Look at the first block for what is not declared, so that the program is made once."""
        with self._lock:
            if self._measured:
                return
            for table in sorted(self._tables):
                counts = self._until_expected(block, lambda name=table: block.counts(name))  # type: ignore[misc]
                most = int(np.asarray(counts).max(initial=0))
                self._widen(Wider(table, NumberFacts(low=Exact(0), high=Exact(most), scale=1)))
            for (name, of), kind in self._columns(Holes()).items():
                self._until_expected(block, lambda n=name, t=of, k=kind: self._look(block, n, t, k))  # type: ignore[misc]
            self._measured = True

    def _until_expected(self, block: Block, look: Callable[[], Any]) -> Any:
        """Look at a block until it holds nothing that is not expected."""
        while True:
            self._tell(block, self._relied)
            try:
                return look()
            except Wider as wider:
                self._widen(wider)

    def _columns(self, holes: Holes) -> Mapping[Named, Type]:
        """Return the columns of the data, and what the tape reads besides them: statistics across entities."""
        found = self._columns_by_holes.get(holes)
        if found is None:
            reads = [(op.param, op.type) for op in self._lowered(holes).tape.ops if isinstance(op.param, Read)]
            values = {(read.name, read.table): kind for read, kind in reads if read.source is Source.VALUE}
            found = self._columns_by_holes[holes] = {**values, **columns_of(self.plan)}
        return found

    def _look_at_others(self, block: Block, program: Program, holes: Holes) -> None:
        """Look at the columns that the program does not read, or reads cell by cell where it computes exactly: there
        too a cell may be lacking, or wrong.
        """
        for table in sorted(self._tables):
            block.counts(table)
        for (name, of), kind in self._columns(holes).items():
            if (name, of) not in program.maker.reads:
                self._look(block, name, of, kind)

    def _look(self, block: Block, name: str, table: str | None, kind: Type) -> None:
        cells = block.rows if table is None else int(np.asarray(block.counts(table)).sum())
        if kind is Type.NUMBER:
            facts = self._facts(Read(name, table=table), self._relied)
            block.number(name, table, facts, np.empty(cells, dtype=_dtype(facts)))
        else:
            block.codes(name, table, np.empty(cells, dtype=np.bool_ if kind is Type.TRUTH else np.int32))

    def _by_node(self, program: Program, recomputed: Mapping[str, int]) -> Counter[str]:
        owner = owners_of(program.lowered, (node.id for node in self.plan.nodes))
        found: Counter[str] = Counter()
        for place, number in recomputed.items():
            found[owner(int(place)) or ""] += number
        return found


def _uses(lowered: Lowered, table: str) -> bool:
    return any(op.table == table or (isinstance(op.param, Read) and op.param.name == table) for op in lowered.tape.ops)


def _filled(declared: NumberFacts, seen: NumberFacts) -> NumberFacts:
    return NumberFacts(
        low=seen.low if declared.low is None else declared.low,
        high=seen.high if declared.high is None else declared.high,
        scale=seen.scale if declared.scale is None else declared.scale,
    )


def _joined(first: NumberFacts, second: NumberFacts) -> NumberFacts:
    lows = [each for each in (first.low, second.low) if each is not None]
    highs = [each for each in (first.high, second.high) if each is not None]
    scale = None if first.scale is None or second.scale is None else max(first.scale, second.scale)
    return NumberFacts(low=min(lows, default=None), high=max(highs, default=None), scale=scale)


def _dtype(facts: NumberFacts) -> str:
    """Return what holds any of the whole numbers that a column may have."""
    if facts.low is None or facts.high is None or facts.scale is None:
        return "O"
    return dtype_for(max(abs(facts.low), abs(facts.high)) * facts.scale) or "O"
