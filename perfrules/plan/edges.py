"""Which node reads which, and where the author wrote the reading."""

from collections.abc import Iterable, Iterator

from perfrules.ir.expressions import Expr, NodeRef
from perfrules.ir.plan import Edge, Node
from perfrules.ir.walk import everything


class PlanDefect(ValueError):  # noqa: N818 - our own mistake, named by what it is
    """A node reads one that does not exist; `resolve` never makes such a model."""


def references(expr: Expr) -> Iterator[NodeRef]:
    """The readings of other nodes within an expression, in evaluation order."""
    return (part for part in everything(expr) if isinstance(part, NodeRef))


def find_edges(nodes: Iterable[Node]) -> tuple[Edge, ...]:
    """Return one edge for each pair of nodes of which one reads the other, with the place of the first reading."""
    nodes = tuple(nodes)
    known = {node.id for node in nodes}
    edges: dict[tuple[str, str], Edge] = {}
    for node in nodes:
        for part in everything(node.expr):
            if type(part) is not NodeRef:
                continue
            if part.id not in known:
                raise PlanDefect(f"{node.id} reads {part.id}, which does not exist")
            key = (part.id, node.id)
            if key not in edges:
                edges[key] = Edge(source=part.id, target=node.id, span=part.origin.span)
    return tuple(edges.values())
