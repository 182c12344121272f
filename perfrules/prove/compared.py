"""What each statistic across entities compares, told apart from the nodes it is computed in.

Two expressions mean one value of an entity where they are equal once names that only stand for something are replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Node, Plan
from perfrules.ir.walk import everything

_CONDITIONS: Final = frozenset({CohortOp.SHARE, CohortOp.ANY, CohortOp.ALL})


@frozen(eq=False)
class Compared:
    """A statistic: an entity's *own* value in it (None: there is no such number), the condition, the groups.

    *may_be_overridden*: what a person decided can stand in the place of values that *own* depends on. *texts*: the
    files it is written in; what a base says is taken over the entities of all that extend it.
    """

    expr: core.CohortAggregate
    own: Expr | None
    where: Expr | None
    groups: frozenset[Expr]
    may_be_overridden: bool
    texts: frozenset[str]


@frozen(eq=False)
class Comparisons:
    """The statistics of a plan by node; the nodes that depend on one; what a name stands for; the values compared."""

    statistics: Mapping[str, Compared] = field(repr=False)
    dependants: frozenset[str] = field(repr=False)
    meanings: Mapping[str, Expr] = field(repr=False)
    own_values: frozenset[Expr] = field(repr=False)

    def meaning(self, expr: Expr) -> Expr:
        """Return what *expr* stands for, itself if it is no name."""
        return self.meanings.get(expr.id, expr) if isinstance(expr, core.NodeRef) else expr

    def statistic(self, expr: Expr) -> Compared | None:
        """Return the statistic that *expr* is, if it is one."""
        return self.statistics.get(expr.id) if isinstance(expr, core.NodeRef) else None


@per_plan
def comparisons(plan: Plan) -> Comparisons:
    """Look at all statistics across entities of *plan*."""
    nodes = {node.id: node for node in plan.nodes}
    found = {node.id: node.expr for node in plan.nodes if isinstance(node.expr, core.CohortAggregate)}
    bodies = {id_: body for id_, expr in found.items() if (body := _own_value(expr, nodes)) is not None}
    meanings = _meanings(plan, frozenset(bodies.values()))
    overridden = _dependants(plan, lambda part: isinstance(part, core.Overridable))

    def meaning(part: Expr) -> Expr:
        return meanings.get(part.id, part) if isinstance(part, core.NodeRef) else part

    statistics = {
        id_: Compared(
            expr,
            own=meaning(bodies[id_]) if id_ in bodies else None,
            where=None if expr.where is None else meaning(_read(expr.where, nodes)),
            groups=frozenset(meaning(_read(group, nodes)) for group in expr.groups),
            may_be_overridden=isinstance(expr.body, core.NodeRef) and expr.body.id in overridden,
            texts=frozenset(written.spans[0].file for written in expr.places),
        )
        for id_, expr in found.items()
    }
    return Comparisons(
        MappingProxyType(statistics),
        _dependants(plan, lambda part: isinstance(part, core.CohortAggregate)),
        MappingProxyType(meanings),
        frozenset(each.own for each in statistics.values() if each.own is not None),
    )


def _own_value(expr: core.CohortAggregate, nodes: Mapping[str, Node]) -> Expr | None:
    """Return what an entity that is asked brings, without the condition around it."""
    if expr.body is None or expr.op in _CONDITIONS:
        return None
    body = _read(expr.body, nodes)
    if expr.where is not None:
        assert isinstance(body, core.Select)  # the condition guards the value
        [(_, body)] = body.cases
    return body


def _read(part: Expr, nodes: Mapping[str, Node]) -> Expr:
    assert isinstance(part, core.NodeRef)  # every part of a statistic is a node
    return nodes[part.id].expr


def _meanings(plan: Plan, bodies: frozenset[Expr]) -> dict[str, Expr]:
    """Return what nodes stand for that only name an input, another node, or a value that is compared."""
    found: dict[str, Expr] = {}
    for node in plan.nodes:
        match node.expr:
            case core.NodeRef(id=id_):
                found[node.id] = found.get(id_, node.expr)
            case core.Input():
                found[node.id] = node.expr
            case _ if node.expr in bodies:
                found[node.id] = node.expr
    return found


def _dependants(plan: Plan, is_meant: Callable[[Expr], bool]) -> frozenset[str]:
    """Return the nodes that have such a part, or read a node that has; nodes stand after what they read."""
    found: set[str] = set()
    for node in plan.nodes:
        if any(is_meant(part) or part_id in found for part, part_id in _parts(node.expr)):
            found.add(node.id)
    return frozenset(found)


def _parts(expr: Expr) -> Iterator[tuple[Expr, str | None]]:
    for part in everything(expr):
        yield part, part.id if isinstance(part, core.NodeRef) else None
