"""The values before any veto, for the conditions of vetoes to read.

A node is affected where it carries a veto or reads, directly or not, a node that does. The conditions of vetoes read
copies (`A.A1~`) of the affected nodes, in which every veto is left out; nothing else reads the copies.
"""

from collections import deque
from collections.abc import Iterable, Mapping

from attrs import evolve

from perfrules.ir.expressions import CohortAggregate, Demote, Expr, NodeRef, Select
from perfrules.ir.plan import Node, Role
from perfrules.ir.walk import transform
from perfrules.plan.edges import references


def separate_vetoes(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Let the conditions of vetoes read values before any veto, and add the copies that this needs."""
    nodes = tuple(nodes)
    vetoed = {node.id: plain for node in nodes if (plain := _without_veto(node)) is not None}
    if not vetoed:
        return nodes
    by_id = {node.id: node for node in nodes}
    affected = _affected(nodes, vetoed)
    conditions = tuple(node for node in nodes if node.role is Role.VETO)
    copied = tuple(_copy(by_id[id_], vetoed, affected) for id_ in _needed(conditions, by_id, vetoed, affected))
    changed = {node.id: evolve(node, expr=_reading_copies(node.expr, affected)) for node in conditions}
    return (*(changed.get(node.id, node) for node in nodes), *copied)


def _without_veto(node: Node) -> Expr | None:
    """Return the node's expression before its veto, None where it carries none."""
    match node.role, node.expr:
        case ((Role.FINAL | Role.TOTAL), Select(otherwise=before)):
            return before
        case Role.GRADE, Demote(grade=before):
            return before
    return None


def _affected(nodes: tuple[Node, ...], vetoed: Mapping[str, Expr]) -> frozenset[str]:
    readers: dict[str, list[str]] = {}
    for node in nodes:
        if node.role is not Role.VETO:
            for reference in references(node.expr):
                readers.setdefault(reference.id, []).append(node.id)
    return _reach(vetoed, readers)


def _needed(
    conditions: tuple[Node, ...], by_id: Mapping[str, Node], vetoed: Mapping[str, Expr], affected: frozenset[str]
) -> tuple[str, ...]:
    """Return the affected nodes that conditions read, directly or through other copies, by id."""
    found: set[str] = set()
    waiting = deque(node.expr for node in conditions)
    while waiting:
        for reference in references(waiting.popleft()):
            if reference.id in affected and reference.id not in found:
                found.add(reference.id)
                waiting.append(vetoed.get(reference.id, by_id[reference.id].expr))
    return tuple(sorted(found))


def _copy(node: Node, vetoed: Mapping[str, Expr], affected: frozenset[str]) -> Node:
    before = vetoed.get(node.id, node.expr)
    copy = _reading_copies(before, affected)
    if isinstance(copy, CohortAggregate):
        copy = evolve(copy, id=f"{node.id}~")  # a statistic is known by the id of its own node
    return evolve(node, id=f"{node.id}~", expr=copy)


def _reading_copies(expr: Expr, affected: frozenset[str]) -> Expr:
    def change(part: Expr) -> Expr:
        return evolve(part, id=f"{part.id}~") if isinstance(part, NodeRef) and part.id in affected else part

    return transform(expr, change)


def _reach(starts: Iterable[str], onward: Mapping[str, list[str]]) -> frozenset[str]:
    reached = set(starts)
    waiting = deque(sorted(reached))
    while waiting:
        for following in onward.get(waiting.popleft(), ()):
            if following not in reached:
                reached.add(following)
                waiting.append(following)
    return frozenset(reached)
