"""Which node reads which, and where the author wrote the reading."""

from collections.abc import Container, Iterable, Iterator

from perfrules.ir.expressions import Expr, NodeRef
from perfrules.ir.plan import Edge, Node
from perfrules.ir.walk import everything


class PlanDefect(ValueError):  # noqa: N818 - our own mistake, named by what it is
    """A node reads one that does not exist; `resolve` never makes such a model."""


def references(expr: Expr) -> Iterator[NodeRef]:
    """The readings of other nodes within an expression, in evaluation order."""
    return (part for part in everything(expr) if isinstance(part, NodeRef))


def all_references(nodes: Iterable[Node]) -> Iterator[tuple[str, NodeRef]]:
    """Yield the id of the reader and the reading, for each reading of a node."""
    return ((node.id, part) for node in nodes for part in everything(node.expr) if type(part) is NodeRef)


def find_edges(known: Container[str], readings: Iterable[tuple[str, NodeRef]]) -> tuple[Edge, ...]:
    """Return one edge for each pair of nodes of which one reads the other, with the place of the first reading."""
    edges: dict[tuple[str, str], Edge] = {}
    for target, part in readings:
        key = (part.id, target)
        if key not in edges:
            if part.id not in known:
                raise PlanDefect(f"{target} reads {part.id}, which does not exist")
            edges[key] = Edge(source=part.id, target=target, span=part.origin.span)
    return tuple(edges.values())
