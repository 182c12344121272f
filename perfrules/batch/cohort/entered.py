"""Statistics as columns of the run: a plan reads them like inputs, or as constants where all entities have the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from attrs import evolve, frozen

from perfrules.batch.cohort.figures import Figures
from perfrules.batch.cohort.members import Mask
from perfrules.batch.cohort.run_columns import RunColumn, RunNumbers, facts_of, read_numbers
from perfrules.batch.cohort.statistic import Statistic
from perfrules.batch.tape import code_of_state
from perfrules.ir.expressions import CohortAggregate, Expr, Input
from perfrules.ir.inputs import Bounds, InputDeclaration
from perfrules.ir.plan import Node, Plan, Role
from perfrules.lang.kind_classes import is_numeric
from perfrules.lang.kinds import Number, YesNo
from perfrules.lang.states import State

_OPEN: Final = code_of_state(State.PENDING)
_REFUSED: Final = code_of_state(State.REFUSED)


@frozen(eq=False)
class Entered:
    """What a plan reads in place of a statistic, the columns of the run that this needs, by their names, and the rows
    that columns leave to the evaluator of single entities.
    """

    expr: Expr
    columns: Mapping[str, RunColumn]
    aside: Mask


def entered(expr: CohortAggregate, found: Statistic, singly: Mask) -> Entered:
    """Return how a plan reads what was *found*; *singly* are entities that are told something else."""
    states = found.states
    aside = singly | (states == _OPEN) | (states == _REFUSED)
    lacking = (states > 0) & ~aside
    shown = np.where(lacking, states, 0).astype(np.uint8) if lacking.any() else None
    name = f"statistic {expr.id}"
    if isinstance(found.values, Figures):
        read, columns = read_numbers(expr, name, _numbers(found).known(~(aside | lacking)), shown)
        return Entered(read, columns, aside)
    if is_numeric(expr.kind):  # nobody has a value
        column = RunColumn(nothing := Figures(np.zeros(len(states), np.int64)), facts_of(nothing), shown)
    else:
        column = RunColumn(np.zeros(len(states), bool) if found.values is None else found.values, None, shown)
    return Entered(Input(name, kind=expr.kind, origin=expr.origin), {name: column}, aside)


def _numbers(found: Statistic) -> RunNumbers:
    if found.of_groups is not None:
        return RunNumbers(found.of_groups, np.maximum(found.standing.groups, 0))
    assert isinstance(found.values, Figures)
    return RunNumbers(found.values, None)


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
