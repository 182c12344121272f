"""Literals, inputs, record fields, other nodes, dated values, and the states an author writes."""

from datetime import date

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.interval import EVERYTHING
from perfrules.lang.kinds import is_numeric
from perfrules.lang.states import State
from perfrules.prove.enclosure import BOTH, UNKNOWN, Enclosure, exactly, hull_of, in_states
from perfrules.prove.pending import asks_what_is_pending, may_be_pending
from perfrules.prove.scene import Scene


def constant(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a literal."""
    assert isinstance(expr, core.Const)
    return exactly(expr.value)


def state_constant(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a state the author wrote; what is eventually decided can be anything of its kind."""
    assert isinstance(expr, core.StateConst)
    if scene.world.eventual and expr.state is State.PENDING:
        return Enclosure(numbers=EVERYTHING) if is_numeric(expr.kind) else Enclosure(booleans=BOTH, texts=None)
    return in_states([expr.state])


def fact(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose an input."""
    assert isinstance(expr, core.Input)
    return scene.world.inputs.get(expr.name, UNKNOWN)


def record_field(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a field of the record at hand."""
    assert isinstance(expr, core.FieldOf)
    return scene.records.get(expr.variable, {}).get(expr.name, UNKNOWN)


def node(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the value of another node."""
    assert isinstance(expr, core.NodeRef)
    return scene.node(expr.id)


def broken(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose what was already reported as wrong."""
    return UNKNOWN


def recovered(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose an operand with its replacement; a replacement that waits stands for what the operand turns out to be."""
    assert isinstance(expr, core.Recover)
    operand = scene.enclose(expr.operand)
    usual = operand.without(expr.state)
    if expr.state not in operand.states and not _may_yet_be_asked(expr, scene):
        return operand
    waits = isinstance(expr.replacement, core.StateConst) and expr.replacement.state is State.PENDING
    if waits and scene.world.eventual and scene.world.if_supplied is not None:
        supplied = scene.world.if_supplied
        later = evolve(supplied, assumed={}, records=scene.records).quietly(expr.operand).without(expr.state)
        return hull_of((usual, Enclosure(numbers=EVERYTHING) if later.is_nothing else later))
    return hull_of((usual, scene.enclose(expr.replacement)))


def dated(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a dated value: of the as-of date, or of all dates it can be asked for."""
    assert isinstance(expr, core.Dated)
    values = [(start, scene.enclose(value)) for start, value in sorted(expr.entries, key=lambda entry: entry[0])]
    first, last = _period(scene)
    begun = [value for start, value in values if last is None or start <= last]
    before = sum(1 for start, _ in values if first is not None and start <= first)
    return hull_of(begun[max(0, before - 1) :])


def overridable(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a computed value, or the override that stands in its place."""
    assert isinstance(expr, core.Overridable)
    computed = scene.enclose(expr.operand)
    override = scene.world.overrides.get(expr.code)
    return computed if override is None else exactly(override)


def is_state(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose whether an operand is in a state."""
    assert isinstance(expr, core.IsState)
    operand = scene.enclose(expr.operand)
    decided = operand.states if expr.state is State.PENDING else operand.states - {State.PENDING}
    possible = {True} if expr.state in decided else set()
    if operand.has_value or decided - {expr.state}:
        possible.add(False)
    if _may_yet_be_asked(expr, scene):
        possible.add(True)
    return Enclosure(booleans=frozenset(possible), states=operand.states - decided)


def _may_yet_be_asked(expr: core.IsState | core.Recover, scene: Scene) -> bool:
    return asks_what_is_pending(expr) and may_be_pending(expr.operand, scene.world)


def _period(scene: Scene) -> tuple[date | None, date | None]:
    """Return the first and the last date for which dated values may be asked."""
    world = scene.world
    if world.as_of is not None:
        return world.as_of, world.as_of
    return world.effective or (None, None)
