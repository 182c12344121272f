"""Statistics as columns of the run: a plan reads them like inputs, or as constants where all entities have the same.

A quotient whose denominators differ is read as two columns of whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import INT64_END, Cells, Figures, as_objects, greatest, joined
from perfrules.batch.cohort.members import Mask
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import code_of_state
from perfrules.ir.expressions import Arith, ArithOp, CohortAggregate, Const, Expr, Input
from perfrules.ir.inputs import Bounds, InputDeclaration
from perfrules.ir.plan import Node, Plan, Role
from perfrules.lang.exact import Exact
from perfrules.lang.kind_classes import is_numeric
from perfrules.lang.kinds import Number, YesNo
from perfrules.lang.states import State

_OPEN: Final = code_of_state(State.PENDING)
_REFUSED: Final = code_of_state(State.REFUSED)
_ONE: Final = Exact(1)


@frozen(eq=False)
class RunColumn:
    """One column of the run: whole numbers over *scale*, exact numbers (*scale* None), or truths (no *facts*).

    *states* are codes, MISSING and EXCLUDED only (None: a value in every row).
    """

    values: Figures | Cells
    facts: NumberFacts | None
    states: NDArray[Any] | None = None


@frozen(eq=False)
class Entered:
    """What a plan reads in place of a statistic, the columns of the run that this needs, by their names, and the rows
    that columns leave to the evaluator of single entities.
    """

    expr: Expr
    columns: Mapping[str, RunColumn]
    aside: Mask


def entered(expr: CohortAggregate, values: Figures | Cells | None, states: NDArray[Any], aside: Mask) -> Entered:
    """Return how a plan reads a statistic with these *values* and *states*; *aside* are rows without either."""
    aside = aside | (states == _OPEN) | (states == _REFUSED)
    lacking = (states > 0) & ~aside
    shown, known = (states if lacking.any() else None), ~(aside | lacking)
    name = f"statistic {expr.id}"
    if shown is not None:
        shown = np.where(lacking, states, 0).astype(np.uint8)
    if not isinstance(values, Figures):
        truths = np.zeros(len(states), bool) if values is None else values
        facts = NumberFacts(low=Exact(0), high=Exact(0), scale=1) if is_numeric(expr.kind) else None
        column = RunColumn(Figures(truths.astype(np.int64)) if facts else truths, facts, shown)
        return Entered(Input(name, kind=expr.kind, origin=expr.origin), {name: column}, aside)
    numbers = _harmless(values, known)
    if shown is None and (constant := _constant(numbers)) is not None:
        return Entered(Const(constant, kind=expr.kind, origin=expr.origin), {}, aside)
    read, columns = _of_numbers(expr, name, RunColumn(numbers, None, shown))
    return Entered(read, columns, aside)


def not_yet_known(expr: CohortAggregate) -> Entered:
    """Return how a plan reads a statistic that is not made yet, to see whether columns can score it."""
    return Entered(Input(f"statistic {expr.id}", kind=expr.kind, origin=expr.origin), {}, np.zeros(0, bool))


def with_statistics(plan: Plan, statistics: Mapping[str, Entered]) -> Plan:
    """Return *plan* with what is read in place of its statistics; the columns of the run are inputs of it, declared to
    lie where they do.
    """
    columns = (_declared(name, each) for known in statistics.values() for name, each in known.columns.items())
    nodes = tuple(_entered_node(node, statistics) for node in plan.nodes)
    return evolve(plan, nodes=nodes, inputs=(*plan.inputs, *columns))


def _declared(name: str, column: RunColumn) -> InputDeclaration:
    facts = column.facts
    if facts is None:
        return InputDeclaration(name=name, title=None, kind=YesNo())
    assert facts.low is not None
    assert facts.high is not None
    return InputDeclaration(name=name, title=None, kind=Number(), bounds=Bounds(facts.low, facts.high))


def _entered_node(node: Node, statistics: Mapping[str, Entered]) -> Node:
    found = statistics.get(node.id)
    return node if found is None else evolve(node, expr=found.expr, role=Role.LET)


def _of_numbers(expr: CohortAggregate, name: str, column: RunColumn) -> tuple[Expr, Mapping[str, RunColumn]]:
    reading, numbers = Input(name, kind=expr.kind, origin=expr.origin), column.values
    assert isinstance(numbers, Figures)
    if isinstance(numbers.below, int) or numbers.tops.dtype == object or numbers.below.dtype == object:
        return reading, {name: evolve(column, facts=_facts(numbers))}
    above, below = Figures(numbers.tops), Figures(numbers.below)
    divisor = Input(f"{name} below", kind=Number(), origin=expr.origin)
    quotient = Arith(ArithOp.DIVIDE, (reading, divisor), kind=expr.kind, origin=expr.origin)
    columns = {
        name: evolve(column, values=above, facts=_facts(above)),
        divisor.name: RunColumn(below, _facts(below)),
    }
    return quotient, columns


def _facts(numbers: Figures) -> NumberFacts:
    """Return what holds of all numbers; without a scale they are read as exact numbers."""
    if not len(numbers):
        return NumberFacts(low=Exact(0), high=_ONE, scale=1)
    if isinstance(numbers.below, int) and numbers.tops.dtype != object and numbers.below < INT64_END:
        ends = (Exact(int(end), numbers.below) for end in (numbers.tops.min(), numbers.tops.max()))
        low, high = ends
        return NumberFacts(low=low, high=high, scale=numbers.below)
    whole = as_objects(numbers.tops) // as_objects(numbers.belows)
    return NumberFacts(low=Exact(int(whole.min())), high=Exact(int(whole.max()) + 1), scale=None)


def _harmless(values: Figures, known: Mask) -> Figures:
    """Put a value that occurs where there is none, and take one denominator where that keeps the numbers short."""
    if not known.all():
        first = int(np.argmax(known))
        instead = values.tops[first] if known.any() else 0
        below = values.below
        if not isinstance(below, int):
            below = np.where(known, below, below[first] if known.any() else 1)
        values = Figures(np.where(known, values.tops, instead), below)
    found = joined(values)
    return found if greatest(found.tops) < 2**53 else values


def _constant(numbers: Figures) -> Exact | None:
    if not len(numbers) or not bool((numbers.tops == numbers.tops[0]).all()):
        return None
    if not isinstance(numbers.below, int) and not bool((numbers.below == numbers.below[0]).all()):
        return None
    return numbers.at(0)
