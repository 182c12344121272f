"""What the nodes of a ruleset read: inputs by name, and one another."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything


@frozen
class Readings:
    """The names of the inputs that are read, and (reader's id, reading) for each reading of a node; in order."""

    inputs: tuple[str, ...]
    nodes: tuple[tuple[str, core.NodeRef], ...]


def readings(nodes: Iterable[Node]) -> Readings:
    """Look at every expression once."""
    inputs: dict[str, None] = {}
    refs: list[tuple[str, core.NodeRef]] = []
    for node in nodes:
        for part in everything(node.expr):
            if type(part) is core.Input:
                inputs[part.name] = None
            elif type(part) is core.NodeRef:
                refs.append((node.id, part))
    return Readings(tuple(inputs), tuple(refs))
