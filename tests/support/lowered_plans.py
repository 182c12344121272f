"""A plan as a tape, read exactly: the value or state of each node for each entity, and who is put aside for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from perfrules.batch.exactly import Exactly
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked, Lowered, NodeColumns, Shape
from perfrules.batch.tape import STATES, Do, Op
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Facts, InputDeclaration
from perfrules.ir.plan import Plan
from tests.differential.facts_columns import FactsColumns, python_values
from tests.strategies.building import node, plan_of


@frozen(eq=False)
class Read:
    """What a tape says of some entities; *aside*: for which of them, by reason."""

    lowered: Lowered = field(repr=False)
    values: Mapping[str, Sequence[Value]]
    aside: Mapping[str, Sequence[bool]]

    def is_aside(self, row: int) -> bool:
        """Tell whether an entity is put aside for any reason."""
        return any(rows[row] for rows in self.aside.values())


def read_tape(plan: Plan, facts: Sequence[Facts]) -> Read:
    """Lower *plan* for what *facts* lack, and read every node."""
    columns = FactsColumns(plan, facts)
    lowered = lower(plan, Asked(as_of=facts[0].as_of, holes=columns.holes()))
    assert not lowered.unsupported
    columns.name_texts(lowered.texts)
    exactly = Exactly(lowered.tape, columns.known(lowered.tape.ops), len(facts), columns.counts)
    values = {name: _cells(exactly, read, len(facts)) for name, read in lowered.nodes.items()}
    texts = {code: text for text, code in columns.codes.items()}
    named = {
        name: [texts[cell] if lowered.nodes[name].shape is Shape.TEXT and type(cell) is int else cell for cell in cells]
        for name, cells in values.items()
    }
    aside = {each.reason: python_values(exactly.column(each.condition)) for each in lowered.aside}
    return Read(lowered, named, aside)


def tape_of(expr: Expr, inputs: Sequence[InputDeclaration], asked: Asked | None = None, **settings: Any) -> list[Op]:
    """Return the operations that are made of one expression, without constants and data."""
    lowered = lower(plan_of([node("x", expr)], inputs, **settings), asked or Asked())
    assert not lowered.unsupported
    return [op for op in lowered.tape.ops if op.do not in (Do.CONSTANT, Do.INPUT)]


def names_of(ops: Sequence[Op]) -> list[str]:
    """Return what operations do."""
    return [op.do.value for op in ops]


def _cells(exactly: Exactly, read: NodeColumns, rows: int) -> list[Any]:
    values = [None] * rows if read.value is None else python_values(exactly.column(read.value))
    states = [0] * rows if read.state is None else python_values(exactly.column(read.state))
    return [STATES[code] or _cell(cell, read.shape) for cell, code in zip(values, states, strict=True)]


def _cell(cell: Any, shape: Shape) -> Any:
    match shape:
        case Shape.NUMBER:
            return Fraction(*cell)
        case Shape.DATE:
            return date.fromordinal(Fraction(*cell).numerator)
        case Shape.TRUTH:
            return bool(cell)
        case Shape.TEXT:
            return int(cell)
