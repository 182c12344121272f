"""Marks that people give, vetoes of the grade, and lights."""

from typing import Final

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, GradeVeto, JudgedLevel
from perfrules.ir.inputs import JudgedMark
from perfrules.lang.interval import make_interval
from perfrules.lang.states import State
from perfrules.prove.enclosure import NOTHING, Enclosure, exactly, hull_of, in_interval, in_states, one_of_texts
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.scene import Scene

SEVEREST_FIRST: Final = ("red", "yellow", "blue", "green")


def judged(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a mark: the one given, else between the limits of its level, else between those of all levels."""
    assert isinstance(expr, core.Judged)
    limits = [(scene.enclose(level.low), scene.enclose(level.high)) for level in expr.levels]
    between = [_within(level, *ends) for level, ends in zip(expr.levels, limits, strict=True)]
    if scene.world.judged is None:
        return hull_of(between)
    given = scene.world.judged.get(expr.code, JudgedMark())
    if given.mark is not None:
        return exactly(given.mark)
    if given.level is None:
        return hull_of(between) if scene.world.eventual else in_states([State.PENDING])
    chosen = next((place for place, level in enumerate(expr.levels) if level.name == given.level), None)
    if chosen is None:
        return NOTHING
    waits = not scene.world.eventual and not _is_one_mark(*limits[chosen])
    return hull_of((between[chosen], in_states([State.PENDING]))) if waits else between[chosen]


def demote(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the grade after vetoes: of all outcomes that may hold together, the severest."""
    assert isinstance(expr, core.Demote)
    grade = scene.enclose(expr.grade)
    conditions = [scene.enclose(veto.condition) for veto in expr.vetoes]
    if grade.texts is None:
        return one_of_texts(expr.order, states_of([grade, *conditions]))
    reached: set[str] = set()
    for name in grade.texts:
        reached |= _after(name, expr, conditions)
    return one_of_texts(reached, states_of([grade, *conditions]))


def worst_light(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the most severe light among the operands that are lit."""
    assert isinstance(expr, core.WorstLight)
    possible: set[str | None] = {None}
    open_ = False
    for operand in expr.operands:
        light = scene.enclose(operand)
        here: set[str | None] = {*(SEVEREST_FIRST if light.texts is None else light.texts)}
        if light.states:
            here.add(None)
        open_ |= State.PENDING in light.states
        possible = {_worse(before, found) for before in possible for found in here}
    lit = [light for light in possible if light is not None]
    states = [State.EXCLUDED] if None in possible else []
    return one_of_texts(lit, [*states, State.PENDING] if open_ and possible != {SEVEREST_FIRST[0]} else states)


def _within(level: JudgedLevel, low: Enclosure, high: Enclosure) -> Enclosure:
    states = states_of((low, high))
    if low.numbers is None or high.numbers is None:
        return Enclosure(states=states)
    if _is_one_mark(low, high):
        return evolve(low, states=states)
    # Limits that coincide are one mark, whatever their ends.
    apart = low.numbers.hi is not None and high.numbers.lo is not None and low.numbers.hi < high.numbers.lo
    inside = make_interval(
        low.numbers.lo,
        high.numbers.hi,
        (level.low_closed or not apart) and low.numbers.lo_closed,
        (level.high_closed or not apart) and high.numbers.hi_closed,
    )
    return Enclosure(states=states) if inside is None else in_interval(inside, None, states)


def _is_one_mark(low: Enclosure, high: Enclosure) -> bool:
    """Tell whether the limits of a level surely coincide; only then nobody has to say which mark is meant."""
    return low.numbers is not None and low.numbers.is_point and low.numbers == high.numbers


def _after(grade: str, expr: core.Demote, conditions: list[Enclosure]) -> set[str]:
    place = expr.order.index
    if grade not in expr.order:
        return set(expr.order)
    worst: set[str | None] = {None}
    for veto, condition in zip(expr.vetoes, conditions, strict=True):
        outcome = _outcome(veto, grade, expr.order)
        held = {outcome if before is None else max(before, outcome, key=place) for before in worst}
        stays = worst if False in condition.booleans or condition.states else set()
        worst = stays | held if True in condition.booleans else stays
    return {grade if found is None else found for found in worst}


def _outcome(veto: GradeVeto, grade: str, order: tuple[str, ...]) -> str:
    return max(veto.grade, grade, key=order.index) if veto.at_most else veto.grade


def _worse(first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return second if first is None else first
    return min(first, second, key=SEVEREST_FIRST.index)
