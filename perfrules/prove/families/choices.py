"""Conditions and ordered cases: each part is enclosed in the scene that it is evaluated in."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, LogicOp
from perfrules.lang.states import State
from perfrules.prove.assume import assume, assume_undecided_or
from perfrules.prove.comparison import outcomes
from perfrules.prove.enclosure import NOTHING, Enclosure, hull_of, truth_of
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.scene import Scene


def compare(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a comparison."""
    assert isinstance(expr, core.Compare)
    left, right = scene.enclose(expr.left), scene.enclose(expr.right)
    if left.is_nothing or right.is_nothing:
        return NOTHING
    return truth_of(outcomes(expr.op, left, right), states_of((left, right)))


def logic(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a compound condition; an operand is only looked at where those before it did not decide."""
    assert isinstance(expr, core.Logic)
    if expr.op is LogicOp.NOT:
        inner = scene.enclose(expr.operands[0])
        return truth_of((not truth for truth in inner.booleans), inner.states)
    decisive = expr.op is LogicOp.OR
    parts: list[Enclosure] = []
    inside = scene
    for operand in expr.operands:
        found = inside.enclose(operand)
        parts.append(found)
        if not found.states and (not decisive) not in found.booleans:
            break
        inside = assume_undecided_or(inside, operand, not decisive)
    return _joined(parts, decisive)


def _joined(parts: list[Enclosure], decisive: bool) -> Enclosure:
    """Combine operands of AND (decided by false) or OR (decided by true)."""
    booleans: set[bool] = set()
    if any(decisive in part.booleans for part in parts):
        booleans.add(decisive)
    surely = any(part.booleans == {decisive} and not part.states for part in parts)
    if all((not decisive) in part.booleans for part in parts):
        booleans.add(not decisive)
    return truth_of(booleans, () if surely else states_of(parts))


def select(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose ordered cases, each value where its condition holds and those above do not."""
    assert isinstance(expr, core.Select)
    values: list[Enclosure] = []
    reached: list[bool] = []
    undecided: frozenset[State] = frozenset()
    inside: Scene | None = scene
    for condition, value in expr.cases:
        if inside is None:
            reached.append(False)
            continue
        undecided |= inside.enclose(condition).states
        taken = assume(inside, condition, True)
        reached.append(taken is not None)
        if taken is not None:
            values.append(taken.enclose(value))
        inside = assume(inside, condition, False)
    reached.append(inside is not None)
    if inside is not None:
        values.append(inside.enclose(expr.otherwise))
    scene.walk.reach(reached)
    found = hull_of(values)
    return hull_of((found, Enclosure(states=undecided)))
