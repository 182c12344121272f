"""All nodes that come from scoring: of every indicator, of the total, of grades, flags and the ruleset's own light."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import YesNo
from perfrules.model.block import Block, all_blocks
from perfrules.model.grade_nodes import grade_nodes
from perfrules.model.indicator_nodes import Surroundings, indicator_nodes
from perfrules.model.lights import light_nodes
from perfrules.model.lowering import Lowering
from perfrules.model.total_nodes import total_nodes
from perfrules.model.vetoes import Cause, condition, flag_nodes, root_causes


@frozen(kw_only=True)
class Rules:
    """The nodes in no particular order, and every veto."""

    nodes: tuple[Node, ...]
    causes: tuple[Cause, ...]


def rule_nodes(root: Block, around: Surroundings) -> Rules:
    """Lower every rule of a ruleset."""
    vetoed = [indicator_nodes(block, around) for block in all_blocks(root) if block.path]
    own = root_causes(root)
    causes = (*(cause for each in vetoed for cause in each.causes), *own)
    nodes = (
        *(node for each in vetoed for node in each.nodes),
        *(_condition_node(cause, around.lowering) for cause in own),
        *total_nodes(root, around.worths, around.settings, causes, around.lowering),
        *(grade_nodes(around.settings, causes, around.lowering) if root.has_marks else ()),
        *flag_nodes(causes),
        *light_nodes(root, around.lowering, around.guards),
    )
    return Rules(nodes=nodes, causes=causes)


def _condition_node(cause: Cause, lowering: Lowering) -> Node:
    expr = condition(cause, lowering)
    return Node(id=cause.node, role=Role.VETO, expr=expr, kind=YesNo(), origin=expr.origin)
