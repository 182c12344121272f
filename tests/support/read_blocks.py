"""A table read by blocks into the facts of each row, as a kernel reads it: for tests that compare them with rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from perfrules.batch.lowered import Holes
from perfrules.batch.source import NumberFacts, Wider
from perfrules.batch.tape import STATES
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.kinds import Date, YesNo, is_numeric
from perfrules.prove.declared import step_of
from perfrules.tables.ingest import FrameBlock

UNKNOWN = NumberFacts(low=Fraction(0), high=Fraction(1), scale=1)


class Reader:
    """What a kernel does with one block: it reads again, with wider facts, whenever the block says so."""

    def __init__(self, block: FrameBlock, inputs: Mapping[str, InputDeclaration], widest: type = np.float64) -> None:
        self.block, self.inputs, self.widest = block, inputs, widest
        self.facts: dict[str, NumberFacts] = {}
        self.holes = Holes()

    def rows(self) -> list[dict[str, Any] | None]:
        """Return what each row holds, None where it is put aside."""
        while True:
            self.block.aside[:] = False
            self.block.holes = self.holes
            try:
                columns = {name: self._input(each) for name, each in self.inputs.items()}
                break
            except Wider as wider:
                self._widen(wider)
        aside = self.block.aside
        return [
            None if aside[row] else {name: column[row] for name, column in columns.items()}
            for row in range(self.block.rows)
        ]

    def _widen(self, wider: Wider) -> None:
        if wider.state is not None:
            held = getattr(self.holes, wider.state)
            assert wider.name not in held
            new = {each: getattr(self.holes, each) for each in ("missing", "pending")}
            self.holes = Holes(**{**new, wider.state: held | {wider.name}})
        else:
            assert wider.facts != self.facts.get(wider.name)
            self.facts[wider.name] = wider.facts

    def _input(self, declaration: InputDeclaration) -> list[Any]:
        if not declaration.fields:
            return self._column(declaration, None, self.block.rows)
        counts = self.block.counts(declaration.name)
        assert counts.dtype == np.int64
        fields = {each.name: self._column(each, declaration.name, int(counts.sum())) for each in declaration.fields}
        ends = np.cumsum(counts)
        states = self._states(declaration.name, None, self.block.rows)
        return [
            states[row]
            or tuple(
                {name: cells[at] for name, cells in fields.items()} for at in range(ends[row] - counts[row], ends[row])
            )
            for row in range(self.block.rows)
        ]

    def _column(self, declaration: InputDeclaration, table: str | None, rows: int) -> list[Any]:
        name = declaration.name
        if is_numeric(declaration.kind) or isinstance(declaration.kind, Date):
            values = self._numbers(declaration, table, rows)
        elif isinstance(declaration.kind, YesNo):
            out = np.empty(rows, bool)
            self.block.codes(name, table, out)
            values = out.tolist()
        else:
            codes = np.empty(rows, np.int32)
            self.block.codes(name, table, codes)
            values = [self.block.texts.text_of(code) for code in codes.tolist()]
        states = self._states(name, table, rows)
        return [state or value for state, value in zip(states, values, strict=True)] if any(states) else values

    def _states(self, name: str, table: str | None, rows: int) -> list[Any]:
        out = np.empty(rows, np.uint8)
        self.block.states(name, table, out)
        return [STATES[code] for code in out.tolist()]

    def _numbers(self, declaration: InputDeclaration, table: str | None, rows: int) -> list[Any]:
        key = declaration.name if table is None else f"{table}.{declaration.name}"
        facts = self.facts.get(key) or declared(declaration)
        assert facts.low is not None
        assert facts.high is not None
        assert facts.scale is not None
        most = max(-facts.low, facts.high) * facts.scale
        out = np.empty(rows, object if most >= 2**63 else np.int64 if most >= 2**53 else self.widest)
        self.block.number(declaration.name, table, facts, out)
        values = [Fraction(int(raw), facts.scale) for raw in out.tolist()]
        step = Fraction(1, facts.scale)  # a range may hold no multiple of it at all
        assert all(facts.low - step <= each <= facts.high + step for each in values)
        places = np.arange(min(rows, 3))
        tops, bottoms = self.block.exact(declaration.name, table, places)
        for place in places:
            exact = Fraction(tops[place], bottoms[place])
            assert exact == values[place] or self.block.aside.any() or self.holes != Holes()
        if isinstance(declaration.kind, Date):
            return [date.fromordinal(int(each)) for each in values]
        return values


def declared(declaration: InputDeclaration) -> NumberFacts:
    """Return what a kernel relies on before it has seen anything."""
    bounds, step = declaration.bounds, step_of(declaration)
    if isinstance(declaration.kind, Date):
        return NumberFacts(
            low=bounds.low if bounds else Fraction(1),
            high=bounds.high if bounds else Fraction(date.max.toordinal()),
            scale=1,
        )
    return NumberFacts(
        low=bounds.low if bounds else UNKNOWN.low,
        high=bounds.high if bounds else UNKNOWN.high,
        scale=step.denominator if step else UNKNOWN.scale,
    )
