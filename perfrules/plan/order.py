"""The order of evaluation: dependencies first, ties by id, whatever the hash seed; or None where there are cycles."""

from collections.abc import Iterable

from perfrules.ir.plan import Edge


def evaluation_order(ids: Iterable[str], edges: Iterable[Edge]) -> tuple[str, ...] | None:
    """Return *ids* so that the source of every edge stands before its target; of those that may come next, the least.

    >>> evaluation_order(["b", "a", "c"], [Edge(source="c", target="a")])
    ('b', 'c', 'a')
    >>> evaluation_order(["a"], [Edge(source="a", target="a")]) is None
    True
    """
    import networkx as nx  # costs 150 ms, and a plan that comes from the cache does not need it

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    try:
        return tuple(nx.lexicographical_topological_sort(graph))
    except nx.NetworkXUnfeasible:
        return None
