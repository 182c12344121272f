"""Expressions about marks: ledgers, marks given by a person, overrides, vetoes of the grade, lights."""

from collections.abc import Sequence
from typing import Final

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.reference.choices import truth
from perfrules.evaluate.reference.context import Evaluation, WithExtras, every, joined, states_in
from perfrules.evaluate.reference.operations import hold, number
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import Demote, GradeVeto, JudgedLevel, Ledger, LedgerLine
from perfrules.ir.inputs import JudgedMark, Override
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

SEVEREST_FIRST: Final = ("red", "yellow", "blue", "green")


def ledger(expr: Ledger, parts: Sequence[Placed]) -> Evaluation:
    """Add up, then hold; a zeroed sum is 0 whatever base and lines are, states included, and open while that is."""
    values = yield from every(parts)
    base, *rest = values
    lines, rest = rest[: len(expr.lines)], rest[len(expr.lines) :]
    zeroed, limits = rest[: len(expr.zeroed)], rest[len(expr.zeroed) :]
    if any(truth(found) is True for found in zeroed):
        total: Value = Exact(0)
    elif State.PENDING in states_in(zeroed):
        total = State.PENDING
    else:
        total = joined([base, *lines, *zeroed]) or _sum(base, expr.lines, lines)
    state = joined([total, *limits])
    return WithExtras(_held(expr, number(total), limits) if state is None else state, (total,))


def _sum(base: Value, lines: Sequence[LedgerLine], amounts: Sequence[Value]) -> Value:
    signed = (line.sign * number(amount) for line, amount in zip(lines, amounts, strict=True))
    return number(base) + sum(signed, Exact(0))


def _held(expr: Ledger, total: Exact, limits: Sequence[Value]) -> Exact:
    remaining = (number(limit) for limit in limits)
    floor = None if expr.floor is None else next(remaining)
    ceiling = None if expr.ceiling is None else next(remaining)
    return hold(total, floor, ceiling)


def judged(levels: Sequence[JudgedLevel], given: JudgedMark | None, parts: Sequence[Placed]) -> Evaluation:
    """Return the mark that was given; without one, the only mark the level allows, else pending."""
    limits = yield from every(parts)
    if given is None or (given.mark is None and given.level is None):
        return State.PENDING
    if given.mark is not None:
        return given.mark
    for level, low, high in zip(levels, limits[::2], limits[1::2], strict=True):
        if level.name == given.level:
            return joined([low, high]) or (low if low == high else State.PENDING)
    raise EvaluationDefect(f"there is no level {given.level}")


def overridable(override: Override | None, parts: Sequence[Placed]) -> Evaluation:
    """Evaluate the operand, and put the override in its place where there is one."""
    computed = yield parts[0]
    return computed if override is None else override.value


def demote(expr: Demote, parts: Sequence[Placed]) -> Evaluation:
    """Apply the vetoes that hold to the grade."""
    grade, *conditions = yield from every(parts)
    undecided = joined([grade, *conditions])
    if isinstance(grade, State):
        return undecided or grade
    holding = [veto for veto, found in zip(expr.vetoes, conditions, strict=True) if found is True]
    reached = _after(expr, grade, holding)
    if undecided is None:
        return reached
    open_vetoes = [veto for veto, found in zip(expr.vetoes, conditions, strict=True) if isinstance(found, State)]
    worst = expr.order[-1]
    stays = reached == worst and all(_after(expr, grade, [*holding, veto]) == worst for veto in open_vetoes)
    return worst if stays else undecided


def _after(expr: Demote, grade: Value, vetoes: Sequence[GradeVeto]) -> str:
    place = expr.order.index
    if not isinstance(grade, str) or grade not in expr.order:
        raise EvaluationDefect(f"{grade} is no grade")
    outcomes = [max(veto.grade, grade, key=place) if veto.at_most else veto.grade for veto in vetoes]
    return max(outcomes, key=place) if outcomes else grade


def worst_light(parts: Sequence[Placed]) -> Evaluation:
    """Return the most severe light that is lit; while one is pending, only red is certain."""
    lights = yield from every(parts)
    lit = [light for light in lights if isinstance(light, str) and not isinstance(light, State)]
    if len(lit) + len(states_in(lights)) != len(lights) or not set(lit) <= set(SEVEREST_FIRST):
        raise EvaluationDefect("a light has no such colour")
    if State.PENDING in states_in(lights) and SEVEREST_FIRST[0] not in lit:
        return State.PENDING
    return min(lit, key=SEVEREST_FIRST.index) if lit else State.EXCLUDED
