"""Strata: what is evaluated for every entity before which statistics across entities can be known.

The level of a node is how many rounds of statistics it needs: 0 for what an entity's own data give, one more for each
statistic on the way. Round k makes the statistics of level k from the nodes below that level. Several rulesets that
share statistics have their rounds in common: a shared one waits until all of them have what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.plan.edges import references

Shared = Mapping[int, CohortAggregate]
"""One statistic, as each ruleset that takes part in it has it: by the ruleset's place among all."""


@frozen(eq=False)
class Round:
    """The part of each ruleset that its entities are evaluated by first (None: no part), then the statistics made."""

    parts: tuple[Plan | None, ...] = field(repr=False)
    statistics: tuple[Shared, ...]


def statistics_of(plan: Plan) -> tuple[CohortAggregate, ...]:
    """Return the statistics across entities, in the order of evaluation."""
    return tuple(node.expr for node in plan.nodes if isinstance(node.expr, CohortAggregate))


@per_plan
def rounds_of(plan: Plan) -> tuple[Round, ...]:
    """Return the rounds of one ruleset in order; none for a plan without rules across entities."""
    return rounds([plan], [{0: expr} for expr in statistics_of(plan)])


def rounds(plans: Sequence[Plan], statistics: Sequence[Shared]) -> tuple[Round, ...]:
    """Return the rounds of several rulesets, of whose *statistics* none needs itself."""
    needs = _needs(plans, statistics)
    levels = _levels(needs.of_statistics)
    of_nodes = [_levels_of_nodes(place, needs, levels) for place in range(len(plans))]
    found = []
    for level in range(1, max(levels.values(), default=0) + 1):
        made = tuple(shared for number, shared in enumerate(statistics) if levels[number] == level)
        taking_part = {place for shared in made for place in shared}
        parts = (
            _part(plan, level, of_nodes[place]) if place in taking_part else None for place, plan in enumerate(plans)
        )
        found.append(Round(tuple(parts), made))
    return tuple(found)


def cyclic(plans: Sequence[Plan], statistics: Sequence[Shared]) -> tuple[int, ...]:
    """Return statistics that need one another, each the next and the last the first; nothing where none do.

    One ruleset by itself has none, but what fills a slot in one may need a statistic of what fills a slot in another.
    """
    needs = _needs(plans, statistics).of_statistics
    open_ = set(needs) - set(_levels(needs))
    if not open_:
        return ()
    path = [min(open_)]
    while True:
        following = min(needs[path[-1]] & open_)
        if following in path:
            return tuple(path[path.index(following) :])
        path.append(following)


@frozen(eq=False)
class _Needs:
    """The statistics, by number, that each node of each plan and each statistic needs directly; *numbers* are those of
    the nodes of each plan that are statistics.
    """

    numbers: Sequence[Mapping[str, int]]
    of_nodes: tuple[Mapping[str, frozenset[int]], ...]
    of_statistics: Mapping[int, frozenset[int]]


def _needs(plans: Sequence[Plan], statistics: Sequence[Shared]) -> _Needs:
    numbers: list[dict[str, int]] = [{} for _ in plans]
    for number, shared in enumerate(statistics):
        for place, expr in shared.items():
            numbers[place][expr.id] = number
    of_nodes = tuple(_of_nodes(plan, numbers[place]) for place, plan in enumerate(plans))
    of_statistics = {
        number: frozenset().union(*(of_nodes[place][expr.id] for place, expr in shared.items()))
        for number, shared in enumerate(statistics)
    }
    return _Needs(numbers, of_nodes, of_statistics)


def _of_nodes(plan: Plan, numbers: Mapping[str, int]) -> Mapping[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for node in plan.nodes:
        read = {reference.id for reference in references(node.expr)}
        direct = frozenset(numbers[id_] for id_ in read if id_ in numbers)
        found[node.id] = direct.union(*(found[id_] for id_ in read if id_ not in numbers))
    return found


def _levels(needs: Mapping[int, frozenset[int]]) -> Mapping[int, int]:
    """Return the level of each statistic, from 1; those that need themselves have none."""
    levels: dict[int, int] = {}
    while ready := [number for number in needs if number not in levels and needs[number] <= levels.keys()]:
        levels |= {number: 1 + max((levels[each] for each in needs[number]), default=0) for number in ready}
    return levels


def _levels_of_nodes(place: int, needs: _Needs, levels: Mapping[int, int]) -> Mapping[str, int]:
    found = {id_: max((levels[each] for each in needed), default=0) for id_, needed in needs.of_nodes[place].items()}
    return found | {id_: levels[number] for id_, number in needs.numbers[place].items()}


def _part(plan: Plan, level: int, levels: Mapping[str, int]) -> Plan:
    """Return a plan of the nodes below *level*, of which nothing is reported."""
    nodes = tuple(node for node in plan.nodes if levels[node.id] < level)
    return evolve(plan, nodes=nodes, outline=(), vetoes=(), decisions=(), alerts=(), outputs=(), flags=())
