"""`Broken` nodes for what is read but could not be made, so that every id that is read exists.

Only a ruleset with reported errors needs any.
"""

from __future__ import annotations

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Origin
from perfrules.ir.plan import Node, Role
from perfrules.ir.walk import everything
from perfrules.lang.kinds import Unknown


def with_stand_ins(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return *nodes*, with one that is broken for each id that none of them has."""
    known = {node.id for node in nodes}
    read = (part.id for node in nodes for part in everything(node.expr) if isinstance(part, core.NodeRef))
    missing = dict.fromkeys(id_ for id_ in read if id_ not in known)
    return (*nodes, *(_broken(id_) for id_ in missing))


def _broken(id_: str) -> Node:
    expr = core.Broken(kind=Unknown(), origin=Origin("broken"))
    return Node(id=id_, role=Role.LET, expr=expr, kind=Unknown(), origin=expr.origin)
