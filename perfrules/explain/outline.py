"""A plan looked up from the side of explanations: indicators by code, nodes by indicator and role, inputs by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Node, OutlineItem, Plan, Role


@frozen(eq=False)
class Index:
    """What is looked up more than once in a plan."""

    items: Mapping[str, OutlineItem]
    parents: Mapping[str, str]
    nodes: Mapping[str, Node]
    by_role: Mapping[tuple[str, Role], str]
    inputs: Mapping[str, InputDeclaration]


@per_plan
def index_of(plan: Plan) -> Index:
    """Index *plan*; done once per plan."""
    items = {item.code: item for item in every_item(plan.outline)}
    parents = {child.code: item.code for item in items.values() for child in item.children}
    by_role: dict[tuple[str, Role], str] = {}
    for node in plan.nodes:
        if node.indicator is not None and not node.id.endswith("~"):
            by_role.setdefault((node.indicator, node.role), node.id)
    return Index(
        items=items,
        parents=parents,
        nodes={node.id: node for node in plan.nodes},
        by_role=by_role,
        inputs={declaration.name: declaration for declaration in plan.inputs},
    )


def every_item(items: Sequence[OutlineItem]) -> Iterator[OutlineItem]:
    """Yield all indicators, parents before children, in the order of the rubric."""
    for item in items:
        yield item
        yield from every_item(item.children)


def final_total(plan: Plan) -> str | None:
    """Name the node of the total as it is reported; None where there is no total."""
    nodes = index_of(plan).nodes
    return next((id_ for id_ in ("rounded total", "total") if id_ in nodes), None)
