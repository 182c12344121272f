"""The statistics across entities of a ruleset: their numbers, in the order of the text, and their nodes.

A place has one statistic for each indicator it is lowered in: the tree of a definition may stand in several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import AttrsInstance, fields

from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Node
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.tree import Tree


class Cohorts:
    """Collects statistics while a ruleset is lowered; each is made once, whoever asks."""

    __slots__ = ("_made", "_next", "_nodes", "_numbers", "_trees", "_within")

    def __init__(self, within: Tree | None = None) -> None:
        self._within = within
        self._numbers: dict[int, int] | None = None
        self._next = 1
        self._trees: list[Across] = []
        self._made: dict[tuple[int, str], Expr] = {}
        self._nodes: dict[str, tuple[Node, ...]] = {}

    def made(self, tree: Across, owner: str, make: Callable[[str], tuple[Expr, tuple[Node, ...]]]) -> Expr:
        """Return what stands for *tree* inside *owner*; *make* is given its id, and makes it with its nodes."""
        key = (id(tree), owner)
        if key not in self._made:
            self._trees.append(tree)  # its identity stays its own
            id_ = f"cohort.{self._number(tree)}"
            self._made[key], self._nodes[id_] = make(id_)
        return self._made[key]

    def nodes(self) -> tuple[Node, ...]:
        """Return the nodes of all statistics made so far."""
        return tuple(node for nodes in self._nodes.values() for node in nodes)

    def _number(self, tree: Across) -> int:
        if self._numbers is None:
            places = [] if self._within is None else _statistics(self._within)
            self._numbers = {id(each): number for number, each in enumerate(places, start=1)}
            self._next = len(self._numbers) + 1
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
