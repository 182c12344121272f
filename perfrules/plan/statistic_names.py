"""What the author calls a statistic across entities: `rank(total)`."""

from collections.abc import Mapping

from perfrules.ir.expressions import CohortAggregate, Expr, Input, NodeRef
from perfrules.ir.plan import Node
from perfrules.plan.cycles import author_name


def statistic_names(nodes: Mapping[str, Node]) -> Mapping[str, str]:
    """Name every statistic by what it is of, where that has a name."""
    statistics = {id_: node.expr for id_, node in nodes.items() if isinstance(node.expr, CohortAggregate)}
    return {id_: f"{expr.op.value}({part_name(expr.body, nodes)})" for id_, expr in statistics.items()}


def part_name(part: Expr | None, nodes: Mapping[str, Node]) -> str:
    """Name what a part of a statistic reads, where that has a name."""
    read = nodes[part.id].expr if isinstance(part, NodeRef) else None
    match read:
        case NodeRef(id=id_):
            return author_name(id_)
        case Input(name=name):
            return name
        case _:
            return "…"
