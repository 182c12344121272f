"""What a condition implies about the expressions in it, where it holds and where it does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CompareOp, Expr, LogicOp
from perfrules.lang.states import State
from perfrules.prove.comparison import MIRRORED, gap, opposite, sides
from perfrules.prove.enclosure import Enclosure, exactly, hull_of, in_states, refine
from perfrules.prove.inverse import implied_operands
from perfrules.prove.pending import may_be_pending
from perfrules.prove.scene import Scene

Implied: TypeAlias = "dict[Expr, Enclosure] | None"
"""Refinements by expression; None where the condition cannot come out so."""

_DEPTH: Final = 12
"""How many nodes and operands deep an implication is followed."""


def assume(scene: Scene, condition: Expr, truth: bool) -> Scene | None:
    """Return the scene in which *condition* is decided so; None if it never is."""
    if truth not in scene.quietly(condition).booleans:
        return None
    found = _implied(scene, condition, truth, _DEPTH)
    return None if found is None else _within(scene, found)


def assume_undecided_or(scene: Scene, condition: Expr, truth: bool) -> Scene:
    """Return the scene in which *condition* is not decided otherwise: so, or undecided."""
    value = scene.quietly(condition)
    if not value.states:
        return assume(scene, condition, truth) or scene
    if not isinstance(condition, core.Compare):
        return scene
    left, right = scene.quietly(condition.left), scene.quietly(condition.right)
    op = condition.op if truth else opposite(condition.op)
    new_left, new_right = sides(op, left.values_only(), right.values_only())
    # Where both sides can be in a state, either may be the reason, and the other side is free.
    found: dict[Expr, Enclosure] = {}
    if not right.states:
        found[condition.left] = evolve(new_left, states=left.states)
    elif not left.states:
        found[condition.right] = evolve(new_right, states=right.states)
    return _within(scene, found) or scene


def suppose(scene: Scene, expr: Expr, value: Enclosure) -> Scene | None:
    """Return the scene in which *expr* is within *value*; None if it cannot be."""
    found = _merge(scene, {}, _about(scene, expr, value, _DEPTH))
    return None if found is None else _within(scene, found)


def _within(scene: Scene, found: dict[Expr, Enclosure]) -> Scene | None:
    merged = dict(scene.assumed)
    for expr, value in found.items():
        merged[expr] = refine(merged[expr], value) if expr in merged else value
        if merged[expr].is_nothing:
            return None
    return scene.assuming(merged) if found else scene


def _implied(scene: Scene, condition: Expr, truth: bool, depth: int) -> Implied:
    if depth == 0:
        return {}
    own: Implied = {} if isinstance(condition, core.Const) else {condition: exactly(truth)}
    match condition:
        case core.Logic(op=LogicOp.NOT):
            return _merge(scene, own, _implied(scene, condition.operands[0], not truth, depth - 1))
        case core.Logic() if (condition.op is LogicOp.AND) is truth:
            return _all(scene, condition.operands, truth, depth)
        case core.Logic():
            return _any(scene, condition.operands, truth, depth)
        case core.Compare():
            op = condition.op if truth else opposite(condition.op)
            left, right = scene.quietly(condition.left), scene.quietly(condition.right)
            new_left, new_right = sides(op, left.values_only(), right.values_only())
            found = _merge(scene, own, _about(scene, condition.left, new_left, depth - 1))
            found = _merge(scene, found, _about(scene, condition.right, new_right, depth - 1))
            return _merge(scene, found, _gaps(condition, op, left, right))
        case core.IsState():
            before = scene.quietly(condition.operand)
            if truth and condition.state is State.PENDING and may_be_pending(condition.operand, scene.world):
                return own
            after = in_states([condition.state]) if truth else before.without(condition.state)
            return _merge(scene, own, _about(scene, condition.operand, refine(before, after), depth - 1))
        case core.NodeRef() if condition.id in scene.world.nodes:
            inner = _implied(scene, scene.world.nodes[condition.id].expr, truth, depth - 1)
            return _merge(scene, own, inner)
        case _:
            return own


def _gaps(condition: core.Compare, op: CompareOp, left: Enclosure, right: Enclosure) -> Implied:
    """Return what `a > b` implies of `a - b` and `b - a`; of a side that is constant the operands tell as much."""
    if any(each.numbers is None or each.numbers.is_point for each in (left, right)):
        return {}
    sides_ = (condition.left, condition.right)
    return {
        core.Arith(ArithOp.SUBTRACT, sides_): gap(op),
        core.Arith(ArithOp.SUBTRACT, sides_[::-1]): gap(MIRRORED[op]),
    }


def _all(scene: Scene, conditions: Sequence[Expr], truth: bool, depth: int) -> Implied:
    found: Implied = {}
    inside: Scene | None = scene
    for condition in conditions:
        if found is None or inside is None:
            return None
        found = _merge(inside, found, _implied(inside, condition, truth, depth - 1))
        inside = None if found is None else _within(scene, found)
    return found


def _any(scene: Scene, conditions: Sequence[Expr], truth: bool, depth: int) -> Implied:
    possible = [each for each in conditions if truth in scene.quietly(each).booleans]
    ways = [way for each in possible if (way := _implied(scene, each, truth, depth - 1)) is not None]
    if not ways:
        return None
    shared = set.intersection(*(set(way) for way in ways))
    return {expr: hull_of(way[expr] for way in ways) for expr in ways[0] if expr in shared}


def _about(scene: Scene, expr: Expr, value: Enclosure, depth: int) -> Implied:
    """Return what follows from *expr* being within *value*, about it and about what it is made of."""
    if value.is_nothing:
        return None
    found: Implied = {} if isinstance(expr, core.Const | core.StateConst) else {expr: value}
    if depth == 0 or not value.has_value:
        return found
    if isinstance(expr, core.NodeRef) and expr.id in scene.world.nodes:
        return _merge(scene, found, _about(scene, scene.world.nodes[expr.id].expr, value, depth - 1))
    for operand, inside in implied_operands(expr, value, scene.quietly):
        found = _merge(scene, found, _about(scene, operand, inside, depth - 1))
    return found


def _merge(scene: Scene, first: Implied, second: Implied) -> Implied:
    if first is None or second is None:
        return None
    merged = dict(first)
    for expr, value in second.items():
        merged[expr] = refine(merged[expr], value) if expr in merged else value
        if merged[expr].is_nothing:
            return None
    return merged


def certain_states(enclosures: Iterable[Enclosure]) -> frozenset[State]:
    """Collect the states that any of *enclosures* can be in."""
    return frozenset(state for each in enclosures for state in each.states)
