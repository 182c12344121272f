"""Cycles, told in the author's lines: one diagnostic for each group of nodes that need one another."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.plan import Edge
from perfrules.text import Span


def cycles(edges: Iterable[Edge], names: Mapping[str, str] = MappingProxyType({})) -> tuple[Diagnostic, ...]:
    """Report each strongly connected group once, by a shortest cycle through its least node.

    *names* has what the author calls the nodes that have no name of their own.
    """
    import networkx as nx

    edges = tuple(edges)
    graph: nx.DiGraph[str] = nx.DiGraph((edge.source, edge.target) for edge in edges)
    by_pair = {(edge.source, edge.target): edge for edge in edges}
    readers = {node: frozenset(graph.successors(node)) for node in graph}
    groups = (group for group in nx.strongly_connected_components(graph) if _is_cyclic(group, readers))
    found = (_shortest_cycle(min(group), group, readers) for group in sorted(groups, key=min))
    return tuple(_report(cycle, by_pair, names) for cycle in found)


def author_name(node_id: str) -> str:
    """Return what the author calls a node: `A.A1/score` is A.A1, `param.target` is target, `total/held` is total.

    >>> author_name("A.A1/score"), author_name("param.target"), author_name("A.A1/let.rate"), author_name("total~")
    ('A.A1', 'target', 'rate', 'total')
    """
    owner, _, stage = node_id.removesuffix("~").partition("/")
    for prefix in ("let.", "param.", "decision.", "alert.", "output.", "flag."):
        if stage.startswith(prefix):
            return stage.removeprefix(prefix)
        if not stage and owner.startswith(prefix):
            return owner.removeprefix(prefix)
    return owner


def _is_cyclic(group: set[str], readers: Mapping[str, frozenset[str]]) -> bool:
    return len(group) > 1 or any(node in readers[node] for node in group)


def _shortest_cycle(start: str, group: set[str], readers: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the nodes from *start* on, each read by the next, the last read by *start*."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for reader in sorted(readers[node] & group):
            if reader == start:
                return _trace(node, start, came_from)
            if reader not in came_from:
                came_from[reader] = node
                waiting.append(reader)
    raise AssertionError(f"{start} is in no cycle")


def _trace(last: str, start: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    path = [last]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))


def _report(cycle: tuple[str, ...], by_pair: Mapping[tuple[str, str], Edge], called: Mapping[str, str]) -> Diagnostic:
    pairs = zip(cycle, (*cycle[1:], cycle[0]), strict=True)
    # An edge goes from what is read to its reader; the author thinks the other way round: A needs B.
    needs = tuple(reversed(tuple(_needs(by_pair[pair], called) for pair in pairs)))
    written = tuple(need for need in needs if need[2] is not None and need[0] != need[1]) or needs
    names = _without_repeats(name for name, _, _ in written)
    return Diagnostic(
        Code.CYCLE,
        at=next((span for _, _, span in written if span is not None), None),
        args={"name": names[0], "path": " → ".join((*names, names[0]))},
        others=tuple(
            Labelled(span, "needs", args={"name": name, "other": other})
            for name, other, span in written
            if span is not None
        ),
    )


def _needs(edge: Edge, called: Mapping[str, str]) -> tuple[str, str, Span | None]:
    target, source = author_name(edge.target), author_name(edge.source)
    return called.get(target, target), called.get(source, source), edge.span


def _without_repeats(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_each_change(names))


def _each_change(names: Iterable[str]) -> Iterator[str]:
    before = None
    for name in names:
        if name != before:
            yield name
        before = name
