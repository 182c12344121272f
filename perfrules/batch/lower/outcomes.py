"""Entities whose columns alone do not settle their result: what waits for a person, data checks that do not hold."""

from __future__ import annotations

from perfrules.batch.lower import truths
from perfrules.batch.lower.choices import surely_false
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.pairs import is_in
from perfrules.evaluate.places import reported_nodes
from perfrules.lang.states import State


def put_outcomes_aside(lowering: Lowering) -> None:
    """Put aside provisional entities, and those with a check that fails or is undecided."""
    c, nodes = lowering.columns, lowering.nodes
    waiting = [is_in(c, nodes[node.id], State.PENDING) for node in reported_nodes(lowering.plan)]
    lowering.aside("provisional", truths.any_of(c, waiting))
    for check in lowering.plan.checks:
        found = nodes[check.node]
        open_ = (is_in(c, found, state) for state in (State.MISSING, State.PENDING))
        lowering.aside("check", truths.any_of(c, (surely_false(c, found), *open_)))
