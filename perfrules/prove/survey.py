"""One walk over a plan: what every node can be, and what every expression in it can be at its place."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.inputs import JudgedMark
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.lang.collector import collector_paused
from perfrules.lang.deep_calls import room_for_calls
from perfrules.lang.exact import Exact
from perfrules.prove.compared import comparisons
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.families import FAMILIES
from perfrules.prove.reads import Reads
from perfrules.prove.scene import Scene, Visit, Walk, World

_DEEPEST: Final = 20_000
"""Frames for the deepest expression that the parser lets through."""


@frozen(eq=False)
class Survey:
    """What the nodes of a plan can be, and the visits of their expressions by node."""

    plan: Plan = field(repr=False)
    values: Mapping[str, Enclosure] = field(repr=False)
    visits: Mapping[str, Visit] = field(repr=False)
    scene: Scene = field(repr=False)


@frozen(kw_only=True)
class Given:
    """What a survey starts from besides the inputs; see `World`.

    *settled*: nodes of which all is known already. *same*: for nodes that are like another (`alike`) the first of
    those; they have no visits.
    """

    as_of: date | None = None
    judged: Mapping[str, JudgedMark] | None = None
    overrides: Mapping[str, Exact] = field(factory=dict)
    eventual: bool = False
    if_supplied: Scene | None = None
    settled: Mapping[str, Enclosure] = field(factory=dict)
    cohort: Mapping[str, Enclosure] = field(factory=dict)
    same: Mapping[str, str] = field(factory=dict)


def survey(
    plan: Plan, inputs: Mapping[str, Enclosure], given: Given | None = None, keeps_visits: bool = True
) -> Survey:
    """Enclose every node of *plan*, in order. Nodes that `Given.same` has get what the nodes they are like can be.

    However little *inputs* allow this entity, the statistics across entities are those of all declared data.
    """
    given = given or Given()
    over_all = over_all_data(plan, given.as_of) if has_statistics(plan) else {}
    return _walk(plan, inputs, given, over_all, keeps_visits)


@per_plan
def has_statistics(plan: Plan) -> bool:
    """Tell whether there are statistics across entities."""
    return any(isinstance(node.expr, core.CohortAggregate) for node in plan.nodes)


def over_all_data(plan: Plan, as_of: date | None) -> Mapping[str, Enclosure]:
    """Enclose the statistics across entities, for any cohort of which nothing is known."""
    values = _walk(plan, declared(plan), Given(as_of=as_of), {}, False).values
    return {node.id: values[node.id] for node in plan.nodes if isinstance(node.expr, core.CohortAggregate)}


def _walk(
    plan: Plan, inputs: Mapping[str, Enclosure], given: Given, over_all: Mapping[str, Enclosure], keeps_visits: bool
) -> Survey:
    nodes = {node.id: node for node in plan.nodes}
    world = World(
        families=FAMILIES,
        nodes=nodes,
        inputs=inputs,
        reads=Reads(nodes),
        calendar=plan.calendar,
        as_of=given.as_of or plan.as_of_default,
        effective=plan.effective,
        judged=given.judged,
        overrides=given.overrides,
        eventual=given.eventual,
        if_supplied=given.if_supplied,
        cohort={**over_all, **given.cohort},
        over_all=over_all,
        comparisons=comparisons(plan) if has_statistics(plan) else None,
    )
    values: dict[str, Enclosure] = {}
    visits: dict[str, Visit] = {}
    with collector_paused(), room_for_calls(_DEEPEST):
        for node in plan.nodes:
            if node.id in given.same:
                values[node.id] = values[given.same[node.id]]
                continue
            walk = Walk(keeps_visits)
            found = Scene(world, values, walk).enclose(node.expr)
            values[node.id] = given.settled.get(node.id, found)
            if keeps_visits:
                visits[node.id] = walk.last()
    done = MappingProxyType(values)
    return Survey(plan, done, MappingProxyType(visits), Scene(world, done, Walk(False)))
