"""`let` names a part of an expression: one node each, lowered once, in the block where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Kind, Unknown
from perfrules.model.symbols import LetSymbol

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def let_kind(lowering: Lowering, symbol: LetSymbol) -> Kind:
    """Return the kind of a let; unknown inside itself."""
    found = _expression(lowering, symbol)
    return Unknown() if found is None else found.kind


def let_nodes(lowering: Lowering) -> tuple[Node, ...]:
    """Return a node for each let of the ruleset and of its indicators."""
    lets = [symbol for owned in lowering.scope.names.lets.values() for symbol in owned.values()]
    return tuple(node for symbol in lets for node in _node(lowering, symbol))


def _node(lowering: Lowering, symbol: LetSymbol) -> tuple[Node, ...]:
    expr = _expression(lowering, symbol)
    if expr is None:
        return ()
    origin = Origin("let", span=symbol.span)
    return (
        Node(id=symbol.id, role=Role.LET, expr=expr, kind=expr.kind, indicator=symbol.owner or None, origin=origin),
    )


def _expression(lowering: Lowering, symbol: LetSymbol) -> Expr | None:
    value = symbol.tree.value
    return lowering.memo.expression(symbol.id, lambda: lowering.inside(symbol.owner).expression(value))
