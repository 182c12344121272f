"""Formulas of marks that people give, of overrides, of grades after vetoes, and of lights."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from perfrules.evaluate.reference.marks import SEVEREST_FIRST
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, GradeVeto
from perfrules.lang.interval import EVERYTHING
from perfrules.lang.states import State
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.forms.comparing import compared
from perfrules.workbook.formula import Formula, literal
from perfrules.workbook.near import held_by, nearest


def judged(expr: Expr, at: At) -> Formula:
    """Write the mark a person gave: pending until it is there, unless its level allows one mark only."""
    assert isinstance(expr, core.Judged)
    mark, level = at.columns.datum(expr.code, "mark"), at.columns.datum(expr.code, "level")
    given = Formula(text=mark.name, is_cell=True, near=held_by(nearest(EVERYTHING, mark.step), at.value))
    chosen = Formula(text=level.name, is_cell=True, is_text=True)
    result = at.words.state_formula(State.PENDING)
    nears = [given]
    for each in expr.levels:
        low, high = at.known(each.low), at.known(each.high)
        if low.states or high.states:
            raise NoFormula("open-limits")
        if low.text == high.text:
            result = f.choose(f.equals(chosen, literal(each.name)), low, result)
            nears.append(low)
        elif low.constant is None or high.constant is None:
            one = compared(CompareOp.EQUAL, low, high, at, (each.low, each.high))
            result = f.choose(f.all_of([f.equals(chosen, literal(each.name)), one]), low, result)
            nears.append(low)
    found = f.choose(f.made(f'{mark.name}<>""', f.COMPARISON, [given]), given, result)
    return evolve(found, states=frozenset({State.PENDING}), near=f.either_near(nears), is_text=False)


def overridable(expr: Expr, at: At) -> Formula:
    """Write a computed mark, or what a person put in its place."""
    assert isinstance(expr, core.Overridable)
    computed = at.emit(expr.operand)
    if not at.columns.has(expr.code, "override"):
        return computed
    column = at.columns.datum(expr.code, "override")
    given = Formula(text=column.name, is_cell=True, near=nearest(EVERYTHING, column.step))
    found = f.choose(f.made(f'{column.name}<>""', f.COMPARISON, [given]), given, computed)
    return evolve(found, states=computed.states, near=f.either_near([given, computed]), is_text=False)


def demote(expr: Expr, at: At) -> Formula:
    """Write the grade after vetoes: the severest outcome of those that hold."""
    assert isinstance(expr, core.Demote)
    grade = at.cell(expr.grade)
    conditions = [at.known(veto.condition) for veto in expr.vetoes]
    plain = evolve(grade, states=frozenset())
    certain = [f.equals(each, literal(True)) if each.states else each for each in conditions]
    reached = _severest(expr, plain, certain)
    if not grade.states and not any(each.states for each in conditions):
        return reached
    undecided = at.or_state([grade, *conditions], reached)
    if not any(each.states for each in conditions):
        return evolve(undecided, is_text=True)
    worst = literal(expr.order[-1])
    softens = [
        at.in_any_state(each)
        for each, veto in zip(conditions, expr.vetoes, strict=True)
        if each.states and not veto.at_most and veto.grade != expr.order[-1]
    ]
    stays = f.equals(reached, worst)
    if softens:
        stays = f.all_of([stays, f.any_of([f.any_of(certain), f.call("NOT", f.any_of(softens))])])
    result = f.choose(stays, worst, undecided)
    if grade.states:
        states = [each for each in State if each in grade.states]
        shown = f.any_of([at.in_state(grade, state) for state in states])
        result = f.choose(shown, undecided, result)
    return evolve(result, states=undecided.states, is_text=True)


def _severest(expr: core.Demote, grade: Formula, holding: Sequence[Formula]) -> Formula:
    """Try the outcomes from the worst grade up: the first that a holding veto brings about."""
    result = grade
    for name in expr.order:
        tests = [
            test
            for veto, holds in zip(expr.vetoes, holding, strict=True)
            if (test := _brings(veto, name, holds, grade, expr.order)) is not None
        ]
        if tests:
            result = f.choose(f.any_of(tests), literal(name), result)
    return evolve(result, is_text=True)


def _brings(veto: GradeVeto, name: str, holds: Formula, grade: Formula, order: Sequence[str]) -> Formula | None:
    """Tell when a veto's outcome is *name*: its own grade, or of an `at most` the computed one where that is worse."""
    own, place = order.index(veto.grade), order.index(name)
    if not veto.at_most:
        return holds if own == place else None
    if place < own:
        return None
    at_or_above = [f.equals(grade, literal(each)) for each in order[: own + 1]]
    if place == own:
        return f.all_of([holds, f.any_of(at_or_above)])
    return f.all_of([holds, f.equals(grade, literal(name))])


def worst_light(expr: Expr, at: At) -> Formula:
    """Write the most severe light that is lit; while one is pending, only red is certain."""
    assert isinstance(expr, core.WorstLight)
    lights = [at.cell(operand) for operand in expr.operands]
    pending = [at.in_state(light, State.PENDING) for light in lights if State.PENDING in light.states]
    dark = all(light.states for light in lights)
    result = at.words.state_formula(State.EXCLUDED)
    for place, colour in enumerate(reversed(SEVEREST_FIRST)):
        lit = f.any_of([f.equals(light, literal(colour)) for light in lights])
        if place == 0 and not dark:
            result = literal(colour)
            continue
        if colour == SEVEREST_FIRST[0] and pending:
            result = f.choose(f.any_of(pending), at.words.state_formula(State.PENDING), result)
        result = f.choose(lit, literal(colour), result)
    states = ({State.EXCLUDED} if dark else set()) | ({State.PENDING} if pending else set())
    return evolve(result, states=frozenset(states), is_text=True)
