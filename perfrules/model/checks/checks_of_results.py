"""wrong-place: a check of the data is made before anything is scored, so it reads nothing of the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Node, Role
from perfrules.ir.walk import everything
from perfrules.methods.misplaced import misplaced

_OF_DATA: Final = frozenset({Role.PARAMETER, Role.LET, Role.CHECK})
_PLACES: Final = ("score", "decision", "output")


def checks_of_results(nodes: Iterable[Node], inputs: Iterable[InputDeclaration]) -> Iterator[Diagnostic]:
    """Report every reading of marks, totals, grades, cohorts or earlier results, where a check needs it."""
    by_id = {node.id: node for node in nodes}
    supplied = {each.name for each in inputs if each.external is None or each.external.alias}
    for node in by_id.values():
        if node.role is Role.CHECK:
            for part in _readings(node, by_id, supplied):
                span = part.origin.span
                if span is not None:
                    yield misplaced(_name(part), Word("a-check"), _PLACES, span)


def _readings(check: Node, by_id: Mapping[str, Node], supplied: set[str]) -> Iterator[core.NodeRef | core.Input]:
    """Yield what may not be read, by the check itself or by parameters and lets on the way."""
    waiting, seen = [check.expr], {check.id}
    while waiting:
        for part in everything(waiting.pop()):
            match part:
                case core.Input(name=name) if name not in supplied:
                    yield part
                case core.NodeRef(id=id_) if id_ in by_id and id_ not in seen:
                    seen.add(id_)
                    if by_id[id_].role in _OF_DATA:
                        waiting.append(by_id[id_].expr)
                    elif not isinstance(by_id[id_].expr, core.Broken):
                        yield part


def _name(part: core.NodeRef | core.Input) -> str:
    owner, _, stage = (part.id if isinstance(part, core.NodeRef) else part.name).partition("/")
    return f"{owner}.{stage}" if stage else owner
