"""The statistics across entities of a ruleset: their numbers, in the order of the text, and their nodes.

What means the same is one statistic, wherever in a file it is written. A ruleset and what it extends do not share one:
that of the base is taken over the entities of all that extend it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from attrs import AttrsInstance, evolve, fields

from perfrules.ir.expressions import CohortAggregate, WrittenAt
from perfrules.ir.plan import Node
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.tree import Tree


class Cohorts:
    """Collects statistics while a ruleset is lowered."""

    __slots__ = ("_ids", "_next", "_nodes", "_numbers", "_places", "_within")

    def __init__(self, within: Tree | None = None) -> None:
        self._within = within
        self._numbers: dict[int, int] | None = None
        self._next = 1
        self._ids: dict[Hashable, str] = {}
        self._nodes: list[Node] = []
        self._places: dict[str, list[WrittenAt]] = {}

    def id_of(self, tree: Across, meaning: Hashable, make: Callable[[str], tuple[Node, ...]]) -> str:
        """Return the id of the statistic of that *meaning*; *make* makes its nodes when it is met first."""
        if meaning not in self._ids:
            self._ids[meaning] = f"cohort.{self._number(tree)}"
            self._nodes += make(self._ids[meaning])
        return self._ids[meaning]

    def note_place(self, id_: str, place: WrittenAt) -> None:
        """Add one of the places where a statistic is written."""
        places = self._places.setdefault(id_, [])
        if place not in places:
            places.append(place)

    def nodes(self) -> tuple[Node, ...]:
        """Return the nodes of all statistics met so far."""
        return tuple(self._with_places(node) for node in self._nodes)

    def _with_places(self, node: Node) -> Node:
        if not isinstance(node.expr, CohortAggregate):
            return node
        return evolve(node, expr=evolve(node.expr, places=tuple(self._places.get(node.id, ()))))

    def _number(self, tree: Across) -> int:
        if self._numbers is None:
            places = [] if self._within is None else _statistics(self._within)
            self._numbers = {id(each): number for number, each in enumerate(places, start=1)}
            self._next = len(self._numbers) + 1
        # One tree may stand in several places, such as in the uses of a definition.
        number = self._numbers.pop(id(tree), None)
        if number is None:
            number, self._next = self._next, self._next + 1
        return number


def _statistics(tree: Tree) -> list[Across]:
    """List the statistics within *tree* in the order of the text, each once."""
    found = (each for each in _everything(tree) if isinstance(each, Across))
    return list({id(each): each for each in found}.values())


def _everything(tree: Tree) -> Iterator[Tree]:
    waiting: list[object] = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting.extend(reversed(each))
        elif isinstance(each, Tree):
            yield each
            waiting.extend(reversed(_parts(each)))


def _parts(tree: AttrsInstance) -> list[object]:
    return [getattr(tree, each.name) for each in fields(type(tree))]
