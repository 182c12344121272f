"""One walk over a plan: what every node can be, and what every expression in it can be at its place."""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import JudgedMark
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.prove.compared import comparisons
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.families import FAMILIES
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
    """What a survey starts from besides the inputs; see `World`. *settled*: nodes of which all is known already."""

    as_of: date | None = None
    judged: Mapping[str, JudgedMark] | None = None
    overrides: Mapping[str, Exact] = field(factory=dict)
    eventual: bool = False
    if_supplied: Scene | None = None
    settled: Mapping[str, Enclosure] = field(factory=dict)
    cohort: Mapping[str, Enclosure] = field(factory=dict)


def survey(
    plan: Plan, inputs: Mapping[str, Enclosure], given: Given | None = None, keeps_visits: bool = True
) -> Survey:
    """Enclose every node of *plan*, in order.

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
    reads, bit = _dependencies(plan)
    world = World(
        families=FAMILIES,
        nodes={node.id: node for node in plan.nodes},
        inputs=inputs,
        reads=reads,
        bit=bit,
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
    with _deep_expressions():
        for node in plan.nodes:
            walk = Walk(keeps_visits)
            found = Scene(world, values, walk).enclose(node.expr)
            values[node.id] = given.settled.get(node.id, found)
            if keeps_visits:
                visits[node.id] = walk.last()
    done = MappingProxyType(values)
    return Survey(plan, done, MappingProxyType(visits), Scene(world, done, Walk(False)))


def _dependencies(plan: Plan) -> tuple[Callable[[str], int], Callable[[Expr], int]]:
    """Return which inputs and nodes a node depends on, and which an expression names, as sets of bits."""
    bits: dict[tuple[str, str], int] = {}
    reads: dict[str, int] = {}

    def names(expr: Expr) -> int:
        mask = 0
        for part in everything(expr):
            match part:
                case core.Input(name=name):
                    mask |= bits.setdefault(("input", name), 1 << len(bits))
                case core.NodeRef(id=id_):
                    mask |= bits.setdefault(("node", id_), 1 << len(bits)) | reads.get(id_, 0)
        return mask

    def own(expr: Expr) -> int:
        match expr:
            case core.Input(name=name):
                return bits.get(("input", name), 0)
            case core.NodeRef(id=id_):
                return bits.get(("node", id_), 0)
            case _:
                mask = 0
                for part in everything(expr):
                    mask |= own(part) if isinstance(part, core.Input | core.NodeRef) else 0
                return mask

    for node in plan.nodes:
        reads[node.id] = names(node.expr)
    return (lambda id_: reads.get(id_, 0)), own


@contextmanager
def _deep_expressions() -> Iterator[None]:
    """Let expressions nest as deeply as the parser allows; and pause the collector, since all that is made is kept."""
    before, collects = sys.getrecursionlimit(), gc.isenabled()
    sys.setrecursionlimit(max(before, _DEEPEST))
    gc.disable()
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
        if collects:
            gc.enable()
