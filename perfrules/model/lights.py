"""Lights: of an indicator, of an alert, and the most severe of those below a node."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Lights
from perfrules.methods.misplaced import unstated
from perfrules.methods.otherwise import after_otherwise
from perfrules.methods.parts import placed
from perfrules.model.block import Block
from perfrules.model.fallbacks import Guards
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast import clauses as ast
from perfrules.text import Span


def light_nodes(block: Block, lowering: Lowering, guards: Guards) -> tuple[Node, ...]:
    """Return the node of an indicator's (or the ruleset's) own light, or of the most severe below it."""
    lights, status = block.first(ast.Lights), block.first(ast.StatusWorst)
    if lights is not None:
        expr = chosen_light(lights.lights, lights.span, lowering)
    elif status is not None:
        below = tuple(
            core.NodeRef(_light_id(each), kind=Lights(), origin=Origin("lights", "child", each.span))
            for each in _lit_below(block)
        )
        if not below:
            dark = block.children[0] if block.children else block
            lowering.report(unstated("lights", dark.name, "lights { … }", status.span))
            return ()
        expr = core.WorstLight(below, kind=Lights(), origin=Origin("lights", "worst", status.span))
    else:
        return ()
    return (
        Node(
            id=_light_id(block),
            role=Role.LIGHT,
            expr=guards.guarded_light(block, expr, lowering) if block.path else expr,
            kind=Lights(),
            indicator=block.path or None,
            origin=expr.origin,
        ),
    )


def chosen_light(lights: tuple[ast.Light, ...], span: Span, lowering: Lowering, owner: str = "lights") -> Expr:
    """Return the first light whose condition holds; `otherwise` is required, and last."""
    after_otherwise([(light.condition is None, light.span) for light in lights], lowering)
    cases = tuple(
        (placed(lowering.condition(light.condition), Origin("light", "condition", light.span)), _light(light))
        for light in lights
        if light.condition is not None
    )
    last = next((light for light in lights if light.condition is None), None)
    if last is None:
        otherwise: Expr = lowering.broken(unstated("otherwise", owner, "otherwise green", span), span)
    else:
        otherwise = _light(last)
    return core.Select(cases, otherwise, kind=Lights(), origin=Origin("lights", "", span))


def _light(light: ast.Light) -> core.Const:
    return core.Const(light.colour.value, kind=Lights(), origin=Origin("light", "value", light.span))


def _light_id(block: Block) -> str:
    return f"{block.path or 'total'}/light"


def _lit_below(block: Block) -> Iterator[Block]:
    """Yield the nearest blocks below that have a light."""
    for child in block.children:
        if child.first(ast.Lights) or child.first(ast.StatusWorst):
            yield child
        else:
            yield from _lit_below(child)
