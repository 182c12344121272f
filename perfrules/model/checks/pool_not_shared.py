"""pool-not-shared: what is divided among entities is made of parameters and statistics that they all have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything

_OWN_PLACE: Final = frozenset({CohortOp.RANK, CohortOp.PERCENTILE_RANK, CohortOp.APPORTIONMENT})


def pool_not_shared(nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    """Report each apportionment whose pool can differ within a group, by what first makes it differ."""
    by_id = {node.id: node for node in nodes}
    for node in by_id.values():
        expr = node.expr
        if isinstance(expr, core.CohortAggregate) and isinstance(expr.pool, core.NodeRef):
            own = next(_own_parts(by_id[expr.pool.id].expr, by_id, _groups(expr, by_id)), None)
            if own is not None:
                yield Diagnostic(Code.POOL_NOT_SHARED, own.origin.span or expr.origin.span, args={"name": _name(own)})


def _own_parts(expr: Expr, by_id: Mapping[str, Node], groups: tuple[Expr, ...]) -> Iterator[Expr]:
    """Yield what an entity has for itself, in *expr* or in what it reads."""
    waiting, seen = [expr], set[str]()
    while waiting:
        for part in everything(waiting.pop()):
            match part:
                case core.Input() | core.FieldOf() | core.Judged() | core.Overridable():
                    yield part
                case core.NodeRef(id=id_) if id_ in by_id and id_ not in seen:
                    seen.add(id_)
                    read = by_id[id_].expr
                    if not isinstance(read, core.CohortAggregate):
                        waiting.append(read)
                    elif read.op in _OWN_PLACE or not set(_groups(read, by_id)) <= set(groups):
                        yield part
                    elif isinstance(read.empty, core.NodeRef):
                        waiting.append(by_id[read.empty.id].expr)


def _groups(statistic: core.CohortAggregate, by_id: Mapping[str, Node]) -> tuple[Expr, ...]:
    return tuple(by_id[group.id].expr for group in statistic.groups if isinstance(group, core.NodeRef))


def _name(part: Expr) -> str:
    match part:
        case core.Input(name=name):
            return name
        case core.FieldOf(variable=variable, name=name):
            return f"{variable}.{name}"
        case core.Judged(code=code) | core.Overridable(code=code):
            return code
        case _:
            return part.origin.role
