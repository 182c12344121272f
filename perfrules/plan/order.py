"""The order of evaluation: dependencies first, ties by id, whatever the hash seed; or None where there are cycles."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from perfrules.ir.plan import Edge


def evaluation_order(ids: Iterable[str], edges: Iterable[Edge]) -> tuple[str, ...] | None:
    """Return *ids* so that the source of every edge stands before its target; of those that may come next, the least.

    Written out, since importing networkx costs more than everything else a small ruleset needs; networkx finds the
    cycles where there are any.

    >>> evaluation_order(["b", "a", "c"], [Edge(source="c", target="a")])
    ('b', 'c', 'a')
    >>> evaluation_order(["a"], [Edge(source="a", target="a")]) is None
    True
    """
    waits_for = dict.fromkeys(ids, 0)
    readers: dict[str, list[str]] = {}
    for edge in edges:
        readers.setdefault(edge.source, []).append(edge.target)
        waits_for[edge.target] += 1
    ready = [id_ for id_, count in waits_for.items() if not count]
    heapify(ready)
    order: list[str] = []
    while ready:
        id_ = heappop(ready)
        order.append(id_)
        for reader in readers.get(id_, ()):
            waits_for[reader] -= 1
            if not waits_for[reader]:
                heappush(ready, reader)
    return tuple(order) if len(order) == len(waits_for) else None
