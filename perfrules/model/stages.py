"""A row of nodes, each stage reading the one before: `A.A1/score`, `A.A1/held`, … `A.A1`."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Points
from perfrules.made_often import made_often
from perfrules.text import Span

_MARKS: Final = Points()


@made_often
@frozen
class Stages:
    """The nodes so far of *owner* (an indicator's path, or `total`); *current* is the last stage of its marks."""

    owner: str
    nodes: tuple[Node, ...] = ()
    current: str = ""
    span: Span | None = None

    @property
    def last(self) -> core.NodeRef:
        """Read the last stage."""
        return core.NodeRef(self.current, kind=_MARKS, origin=Origin("stage", span=self.span))

    def then(self, stage: str, role: Role, expr: Expr, origin: Origin | None = None) -> Stages:
        """Add a stage of the marks; an empty *stage* is the last one of all, named like its owner."""
        added = self._node(stage, role, expr, origin)
        return Stages(self.owner, (*self.nodes, added), added.id, self.span)

    def aside(self, stage: str, role: Role, expr: Expr, origin: Origin | None = None) -> Stages:
        """Add a node that is no stage of the marks."""
        return Stages(self.owner, (*self.nodes, self._node(stage, role, expr, origin)), self.current, self.span)

    def _node(self, stage: str, role: Role, expr: Expr, origin: Origin | None) -> Node:
        return Node(
            id=f"{self.owner}/{stage}" if stage else self.owner,
            role=role,
            expr=expr,
            kind=expr.kind,
            indicator=None if self.owner == "total" else self.owner,
            origin=origin or expr.origin,
        )
