"""What nodes depend on: the inputs and nodes they read, directly or through others. Found when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything

Atom: TypeAlias = tuple[bool, str]
"""An input (false) or a node (true), and its name."""

_NOTHING: Final[frozenset[Atom]] = frozenset()


def atoms_of(expr: Expr) -> frozenset[Atom]:
    """Return the inputs and nodes that an expression names."""
    found: set[Atom] = set()
    for part in everything(expr):
        if isinstance(part, core.Input):
            found.add((False, part.name))
        elif isinstance(part, core.NodeRef):
            found.add((True, part.id))
    return frozenset(found)


@frozen(eq=False)
class Reads:
    """The dependencies of the nodes of one plan."""

    nodes: Mapping[str, Node] = field(repr=False)
    _direct: dict[str, frozenset[Atom]] = field(init=False, factory=dict, repr=False)
    _all: dict[str, frozenset[Atom]] = field(init=False, factory=dict, repr=False)

    def all_of(self, id_: str) -> frozenset[Atom]:
        """Return all that a node depends on, not itself; nothing for one that is not there."""
        if id_ not in self._all:
            found: set[Atom] = set()
            waiting = [id_]
            while waiting:
                name = waiting.pop()
                below = self._all.get(name)
                if below is not None:
                    found |= below
                    continue
                fresh = self._direct_of(name) - found
                found |= fresh
                waiting += [each for is_node, each in fresh if is_node]
            self._all[id_] = frozenset(found)
        return self._all[id_]

    def _direct_of(self, id_: str) -> frozenset[Atom]:
        if id_ not in self._direct:
            node = self.nodes.get(id_)
            self._direct[id_] = _NOTHING if node is None else atoms_of(node.expr)
        return self._direct[id_]
