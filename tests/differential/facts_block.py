"""The facts of many entities as a block of rows for the kernel: what it does not expect it is told, as by any table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

import numpy as np
from attrs import define, field

from perfrules.batch.exactly import Codes, Numbers, Truths
from perfrules.batch.lowered import Holes
from perfrules.batch.plain import PlainCells, PlainForm, Reading
from perfrules.batch.source import NumberFacts, Wider
from perfrules.batch.tape import STATES, Read, Source, Type
from perfrules.lang.exact import decimal_places
from perfrules.lang.states import State
from tests.differential.facts_columns import FactsColumns


@define(eq=False)
class FactsBlock:
    """Rows as *columns* has them; *strange* ones cannot be taken as they stand, for what a column holds there."""

    columns: FactsColumns
    strange: Mapping[str, Sequence[int]] = field(factory=dict)
    place: int = 0
    holes: Holes = field(factory=Holes)
    aside: Any = field(init=False)
    _seen: dict[str, NumberFacts] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.aside = np.zeros(self.rows, dtype=bool)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.columns.facts)

    def counts(self, table: str) -> Any:
        """Return how many records each row has."""
        self._expected(table, None)
        return self.columns.counts(table)

    def number(self, name: str, table: str | None, facts: NumberFacts, out: Any) -> None:
        """Write whole numbers in units of one over the scale."""
        self._expected(name, table)
        numbers = self._numbers(name, table)
        known = name if table is None else f"{table}.{name}"
        if self._lacks_all(name, table):
            out[:] = 0 if facts.low is None else ceil(facts.low * (facts.scale or 1))
            return
        self._covered(known, numbers, facts)
        if facts.scale is not None:
            out[:] = numbers.numerators * facts.scale // numbers.denominators
        self._put_aside(name, table, out, 0 if facts.low is None else int(facts.low * (facts.scale or 1)))

    def _lacks_all(self, name: str, table: str | None) -> bool:
        return all(isinstance(value, State) for value in self.columns.values(name, table))

    def _put_aside(self, name: str, table: str | None, out: Any, harmless: object) -> None:
        rows = self.strange.get(name, ()) if table is None else ()
        self.aside[list(rows)] = True
        out[list(rows)] = harmless

    def _covered(self, name: str, numbers: Numbers, facts: NumberFacts) -> None:
        if not len(numbers) or facts.low is None or facts.high is None:
            return
        if name not in self._seen:
            values = set(numbers.fractions())
            decimals = [decimal_places(value) for value in values]
            known = [each for each in decimals if each is not None]
            scale = 10 ** max(known) if len(known) == len(decimals) else None
            self._seen[name] = NumberFacts(low=min(values), high=max(values), scale=scale)
        seen = self._seen[name]
        assert seen.low is not None
        assert seen.high is not None
        scale = None if facts.scale is None or seen.scale is None else max(facts.scale, seen.scale)
        wider = NumberFacts(low=min(facts.low, seen.low), high=max(facts.high, seen.high), scale=scale)
        if wider != facts:
            raise Wider(name, wider)

    def plain(self, name: str, table: str | None, facts: NumberFacts | None, dtype: str) -> PlainCells | None:
        """Return numbers as int64, truths as bytes; what is strange or too large has to be read."""
        self._expected(name, table)
        if (table is None and self.strange.get(name)) or self._lacks_all(name, table):
            return None
        if facts is None:
            truths = self.columns.column(Read(name, Source.VALUE, table), Type.TRUTH)
            assert isinstance(truths, Truths)
            return PlainCells(np.ascontiguousarray(truths.cells), Reading(PlainForm.TRUTHS)) if dtype == "?" else None
        if facts.low is None or facts.high is None or facts.scale is None:
            return None
        numbers = self._numbers(name, table)
        self._covered(name if table is None else f"{table}.{name}", numbers, facts)
        raws = numbers.numerators * facts.scale // numbers.denominators
        if not all(abs(raw) < 2**63 for raw in raws):
            return None
        ends = ceil(facts.low * facts.scale), floor(facts.high * facts.scale)
        return PlainCells(raws.astype(np.int64), Reading(PlainForm.INT64, 1, *ends))

    def exact(self, name: str, table: str | None, rows: Any) -> tuple[Any, Any]:
        """Return the numbers of some cells."""
        cells = self._numbers(name, table)
        return cells.numerators[rows], cells.of_each()[rows]

    def _numbers(self, name: str, table: str | None) -> Numbers:
        found = self.columns.column(Read(name, Source.VALUE, table), Type.NUMBER)
        assert isinstance(found, Numbers)
        return found

    def codes(self, name: str, table: str | None, out: Any) -> None:
        """Write truths or the codes of texts."""
        self._expected(name, table)
        kind = Type.TRUTH if out.dtype == np.bool_ else Type.CODE
        found = self.columns.column(Read(name, Source.VALUE, table), kind)
        assert isinstance(found, Truths | Codes)
        out[:] = found.cells
        self._put_aside(name, table, out, 0)

    def states(self, name: str, table: str | None, out: Any) -> None:
        """Write the codes of states."""
        self._expected(name, table)
        found = self.columns.column(Read(name, Source.STATE, table), Type.CODE)
        assert isinstance(found, Codes)
        out[:] = found.cells
        self._put_aside(name, table, out, 0)

    def _expected(self, name: str, table: str | None) -> None:
        known = name if table is None else f"{table}.{name}"
        for state in sorted(self.columns.states(name, table), key=STATES.index):
            assert state in STATES
            if known not in getattr(self.holes, state.value):
                raise Wider(known, state=state.value)
