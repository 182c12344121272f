"""The work at hand while a plan becomes a tape: columns, nodes so far, records, conditions, what is put aside.

It knows no construct: *construct* does, which asks for the pairs of operands by yielding them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TypeAlias

from attrs import define, field

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import Columns, Unsupported
from perfrules.batch.lower.pairs import Pair
from perfrules.batch.lowered import Asked
from perfrules.batch.tape import Do, Type
from perfrules.evaluate.stack import run_on_stack
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan

Lowered: TypeAlias = Generator[Expr, Pair, Pair]
"""Yields the operands whose pairs are needed, returns a pair."""


@define(eq=False)
class Lowering:
    """*records* tells of which table each variable's records are; *guards* what holds where the core looks at all."""

    plan: Plan
    asked: Asked
    construct: Callable[[Lowering, Expr], Lowered]
    declared: Mapping[str, InputDeclaration]
    columns: Columns = field(factory=Columns)
    nodes: dict[str, Pair] = field(factory=dict)
    records: dict[str, str] = field(factory=dict)
    guards: list[tuple[int, bool]] = field(factory=list)
    texts: dict[str, int] = field(factory=dict)
    asides: dict[str, list[int]] = field(factory=dict)

    def pair(self, expr: Expr) -> Pair:
        """Return the columns of *expr*: of entities, or of the records it is about (see `Columns.spread`)."""
        return run_on_stack(partial(self.construct, self), expr)

    @contextmanager
    def about(self, variable: str, table: str) -> Iterator[None]:
        """Let *variable* stand for the records of *table*, and no other variable for anything."""
        outer, self.records = self.records, {variable: table}
        try:
            yield
        finally:
            self.records = outer

    @contextmanager
    def where(self, condition: int, *, holds: bool = True) -> Iterator[None]:
        """Lower what the core only looks at where *condition* holds (or does not)."""
        self.guards.append((condition, holds))
        try:
            yield
        finally:
            self.guards.pop()

    def aside(self, reason: str, condition: int) -> None:
        """Put aside the entities for which *condition* holds where the core looks; of records: for any of theirs."""
        c = self.columns
        if c.constant(condition) is False:
            return
        here = c.op(condition).table
        guards = [place if holds else truths.negation(c, place) for place, holds in self.guards]
        condition = truths.all_of(c, [condition, *(self._guard(place, here) for place in guards)])
        table = c.op(condition).table
        if table is not None:
            condition = c.gathered(Do.ANY, table, condition, type=Type.TRUTH)
        if c.constant(condition) is not False:
            self.asides.setdefault(reason, []).append(condition)

    def _guard(self, place: int, table: str | None) -> int:
        """Return a guard as a column that goes with those of *table*; of other records whether it holds for any."""
        c = self.columns
        of = c.op(place).table
        if of is None or table is None or of == table:
            return place
        return c.gathered(Do.ANY, of, place, type=Type.TRUTH)

    def text(self, text: str) -> int:
        """Return the column of the code of *text*."""
        return self.columns.code(self.texts.setdefault(text, len(self.texts)))

    def variable_table(self, variable: str) -> str:
        """Return the table whose records *variable* stands for."""
        table = self.records.get(variable)
        if table is None:
            raise Unsupported("what is said of a record depends on another record")
        return table
