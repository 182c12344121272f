"""Plans written down by hand: the smallest plan that holds given nodes."""

from collections.abc import Mapping, Sequence
from typing import Any

from perfrules.ir.expressions import Const, Expr
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration
from perfrules.ir.plan import Node, Plan, Role
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Number


def constant(value: str | int | Exact) -> Const:
    """Return a number as an expression: `constant("1/3")`."""
    return Const(Exact(value))


def node(name: str, expr: Expr, role: Role = Role.LET, indicator: str | None = None) -> Node:
    """Return a node."""
    return Node(id=name, role=role, expr=expr, kind=expr.kind, indicator=indicator)


def declare(name: str, kind: Kind | None = None, **settings: Any) -> InputDeclaration:
    """Return a declaration of a number, unless *kind* says otherwise."""
    return InputDeclaration(name=name, title=None, kind=kind or Number(), **settings)


def plan_of(nodes: Sequence[Node], inputs: Sequence[InputDeclaration] = (), **settings: Any) -> Plan:
    """Return a plan of these nodes in this order."""
    empty: dict[str, Any] = {
        "name": "t",
        "title": None,
        "version": None,
        "language_version": "1",
        "source_hash": "",
        "compiled_hash": "",
        "authority": (),
        "citations": (),
        "effective": None,
        "entity_name": "entity",
        "entity_title": None,
        "judged": (),
        "edges": (),
        "outline": (),
        "vetoes": (),
        "grades": (),
        "grade_stage": None,
        "total_full": None,
        "decisions": (),
        "alerts": (),
        "outputs": (),
        "flags": (),
        "as_of_dates": (),
        "as_of_default": None,
        "calendar": None,
    }
    return Plan(nodes=tuple(nodes), inputs=tuple(inputs), **{**empty, **settings})


def facts_of(values: Mapping[str, FactValue] | None = None, **settings: Any) -> Facts:
    """Return the facts of one entity."""
    return Facts(entity="e", values=values or {}, **settings)
