"""Where in a plan the sections of a result are read: the nodes of each indicator, its vetoes, the shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from perfrules.evaluate.numbering import Placed, layout_of
from perfrules.ir.expressions import Combine, Recover, ShareRule
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Node, OutlineItem, Plan, Role
from perfrules.lang.states import State

BEFORE_VETOES: Final = "~"
"""Ends the ids of nodes that only conditions of vetoes read."""
ZERO_EFFECT: Final = "zero"
"""The effect, as the plan's outline names it, of a veto that takes an indicator's marks."""
MISSING_POLICY: Final = "missing policy"
"""The construct that the recovery of a `missing -> …` clause comes from."""
_RESULTS: Final = frozenset(
    (
        *(Role.FINAL, Role.MEASURE, Role.LIGHT, Role.TOTAL, Role.TOTAL_ROUNDED, Role.GRADE),
        *(Role.DECISION, Role.ALERT, Role.OUTPUT, Role.FLAG),
    )
)


@frozen(eq=False)
class IndicatorPlace:
    """Where an indicator's values are: its node ids by role, its veto conditions, its missing policies."""

    code: str
    title: str | None
    nodes: Mapping[Role, str]
    zeroed_by: tuple[str, ...]
    policies: tuple[Placed, ...]


@frozen(eq=False)
class Places:
    """The indicators by full code, full codes by what may be written, slots of results, slots of sharing members."""

    items: Mapping[str, IndicatorPlace]
    full_codes: Mapping[str, str | None]
    results: tuple[int, ...]
    shares: tuple[tuple[str, int], ...]


@per_plan
def places_of(plan: Plan) -> Places:
    """Look up where the sections of a result are; done once per plan."""
    layout = layout_of(plan)
    own: dict[str | None, list[Node]] = {}
    for node in plan.nodes:
        if not node.id.endswith(BEFORE_VETOES):
            own.setdefault(node.indicator, []).append(node)
    zeroing: dict[str | None, list[str]] = {}
    for veto in plan.vetoes:
        if veto.effect == ZERO_EFFECT:
            zeroing.setdefault(veto.indicator, []).append(veto.node)
    items = {
        item.code: _place(plan, item, own.get(item.code, ()), zeroing.get(item.code, ()))
        for item in _all_items(plan.outline)
    }
    short: dict[str, str | None] = {}
    for item in _all_items(plan.outline):
        short[item.short] = None if item.short in short else item.code
    nodes = [node for node in plan.nodes if not node.id.endswith(BEFORE_VETOES)]
    results = tuple(layout.roots[node.id].slot for node in reported_nodes(plan))
    shares = (share for node in nodes for placed in _placed(layout.roots[node.id]) for share in _shares(placed))
    return Places(items, {**short, **{code: code for code in items}}, results, tuple(shares))


def reported_nodes(plan: Plan) -> Sequence[Node]:
    """Return the nodes that a result shows; while one of them is pending, the result is provisional."""
    return [node for node in plan.nodes if node.role in _RESULTS and not node.id.endswith(BEFORE_VETOES)]


def _all_items(items: Sequence[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _all_items(item.children)


def _place(plan: Plan, item: OutlineItem, mine: Sequence[Node], zeroed_by: Sequence[str]) -> IndicatorPlace:
    layout = layout_of(plan)
    policies = (
        placed
        for node in mine
        for placed in _placed(layout.roots[node.id])
        if isinstance(placed.expr, Recover)
        and placed.expr.state is State.MISSING
        and placed.expr.origin.construct == MISSING_POLICY
    )
    return IndicatorPlace(
        item.code, item.title, {node.role: node.id for node in mine}, tuple(zeroed_by), tuple(policies)
    )


def _placed(root: Placed) -> Iterator[Placed]:
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        yield placed
        waiting.extend(reversed(placed.parts))


def _shares(placed: Placed) -> Iterator[tuple[str, int]]:
    """List the members that leave the denominator of *placed* when they are excluded, with the slot of their marks."""
    if isinstance(placed.expr, Combine) and placed.expr.share in (ShareRule.RESCALE, ShareRule.TO):
        parts = iter(placed.parts)
        for member in placed.expr.members:
            slot = next(parts).slot
            for _ in (size for size in (member.weight, member.full) if size is not None):
                next(parts)
            if not member.bonus:
                yield member.code, slot
