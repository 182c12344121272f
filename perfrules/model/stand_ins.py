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
from perfrules.lang.kinds import Unknown
from perfrules.model.collector import Problems
from perfrules.model.readings import Readings

_OF_THE_RULESET: Final = frozenset({"total", "rounded total", "grade"})


def with_stand_ins(nodes: tuple[Node, ...], readings: Readings, problems: Problems) -> tuple[Node, ...]:
    """Return *nodes*, with a broken one for each id that none of them has; a total there is none of is reported."""
    known = {node.id for node in nodes}
    missing = {part.id: part for _, part in readings.nodes if part.id not in known}
    for id_, part in missing.items():
        if id_ in _OF_THE_RULESET and part.origin.span is not None:
            args: dict[str, Argument] = {"kind": Word("value"), "name": id_, "suggestions": ()}
            problems.report(Diagnostic(Code.UNKNOWN_NAME, at=part.origin.span, args=args))
    return (*nodes, *(_broken(id_) for id_ in missing))


def _broken(id_: str) -> Node:
    expr = core.Broken(kind=Unknown(), origin=Origin("broken"))
    return Node(id=id_, role=Role.LET, expr=expr, kind=Unknown(), origin=expr.origin)
