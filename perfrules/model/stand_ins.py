"""`Broken` nodes for what is read but could not be made, so that every id that is read exists.

Only a ruleset with reported errors needs any.
"""

from __future__ import annotations

from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Origin
from perfrules.ir.plan import Node, Role
from perfrules.ir.walk import everything
from perfrules.lang.kinds import Unknown
from perfrules.model.collector import Problems

_OF_THE_RULESET: Final = frozenset({"total", "rounded total", "grade"})


def with_stand_ins(nodes: tuple[Node, ...], problems: Problems) -> tuple[Node, ...]:
    """Return *nodes*, with a broken one for each id that none of them has; a total there is none of is reported."""
    known = {node.id for node in nodes}
    read = (part for node in nodes for part in everything(node.expr) if isinstance(part, core.NodeRef))
    missing = {part.id: part for part in read if part.id not in known}
    for id_, part in missing.items():
        if id_ in _OF_THE_RULESET and part.origin.span is not None:
            args: dict[str, Argument] = {"kind": Word("value"), "name": id_, "suggestions": ()}
            problems.report(Diagnostic(Code.UNKNOWN_NAME, at=part.origin.span, args=args))
    return (*nodes, *(_broken(id_) for id_ in missing))


def _broken(id_: str) -> Node:
    expr = core.Broken(kind=Unknown(), origin=Origin("broken"))
    return Node(id=id_, role=Role.LET, expr=expr, kind=Unknown(), origin=expr.origin)
