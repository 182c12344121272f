"""Step tables as columns: of constant edges one comparison where a value changes, else one question for each step."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack

from attrs import frozen

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.choices import conjunction, disjunction, surely_false, surely_true
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.comparing import compare
from perfrules.batch.lower.lowering import Lowered, Lowering
from perfrules.batch.lower.pairs import Pair, after_condition, is_decided, select, value_of
from perfrules.batch.lower.staircase import Edges, Taking, staircase
from perfrules.batch.lowered import Shape
from perfrules.evaluate.uncovered import edges_depend_on_data
from perfrules.ir.expressions import Between, CompareOp, Expr, Step, Steps
from perfrules.lang.exact import Exact


@frozen
class Rung:
    """A step: whether it takes the subject, its value, and its edges where they are constant numbers."""

    step: Step
    takes: Pair
    value: Pair
    edges: Edges | None


def step_table(lowering: Lowering, expr: Steps) -> Lowered:
    """Lower the value of the first step that takes the subject."""
    c = lowering.columns
    subject = yield expr.subject
    if subject.value is None:
        return subject
    with ExitStack() as reached:
        reached.enter_context(lowering.where(is_decided(c, subject)))
        rungs: list[Rung] = []
        for step in expr.steps:
            rung = yield from _rung(lowering, step, Pair(subject.value, None, subject.shape))
            rungs.append(rung)
            reached.enter_context(lowering.where(value_of(c, rung.takes), holds=False))
        otherwise = None if expr.otherwise is None else (yield expr.otherwise)
    with lowering.where(is_decided(c, subject)):
        _put_aside(lowering, expr, rungs)
    return after_condition(c, subject, _chosen(c, subject.value, rungs, otherwise))


def _rung(lowering: Lowering, step: Step, subject: Pair) -> Generator[Expr, Pair, Rung]:
    c, takes = lowering.columns, step.takes
    if isinstance(takes, Between):
        low = None if takes.low is None else (yield takes.low)
        high = None if takes.high is None else (yield takes.high)
        above = CompareOp.AT_LEAST if takes.low_closed else CompareOp.GREATER
        below = CompareOp.AT_MOST if takes.high_closed else CompareOp.LESS
        ends = [(op, end) for op, end in ((above, low), (below, high)) if end is not None]
        question = conjunction(c, [compare(c, op, subject, end) for op, end in ends])
    else:
        options: list[Pair] = []
        for option in takes.options:
            options.append((yield option))
        ends = [(CompareOp.EQUAL, option) for option in options]
        question = disjunction(c, [compare(c, op, subject, end) for op, end in ends])
    with lowering.where(value_of(c, question)):
        value = yield step.value
    return Rung(step, question, value, _constant_edges(c, subject, ends, isinstance(takes, Between)))


def _constant_edges(c: Columns, subject: Pair, ends: Sequence[tuple[CompareOp, Pair]], all_hold: bool) -> Edges | None:
    """Return the edges of a step where they are constant numbers, else None."""
    if subject.shape not in (Shape.NUMBER, Shape.DATE):
        return None
    found: list[tuple[CompareOp, Exact]] = []
    for op, end in ends:
        value = None if end.value is None or end.state is not None else numbers.number_at(c, end.value)
        if value is None:
            return None
        found.append((op, value))
    return Edges(tuple(found), all_hold)


def _chosen(c: Columns, subject: int, rungs: Sequence[Rung], otherwise: Pair | None) -> Pair:
    constant = [Taking(rung.edges, rung.value) for rung in rungs if rung.edges is not None]
    if len(constant) == len(rungs):
        return staircase(c, subject, constant, otherwise)
    rest = list(rungs)
    last = rest.pop() if otherwise is None else None
    result = otherwise if last is None else after_condition(c, last.takes, last.value)
    assert result is not None
    for rung in reversed(rest):
        result = select(c, rung.takes, rung.value, result)
    return result


def _put_aside(lowering: Lowering, expr: Steps, rungs: Sequence[Rung]) -> None:
    """Put aside what no step takes, and what two take, where only the data can show it."""
    if not edges_depend_on_data(expr):
        return
    c = lowering.columns
    if expr.otherwise is None:
        lowering.aside("uncovered", truths.all_of(c, [surely_false(c, rung.takes) for rung in rungs]))
    groups: list[list[Rung]] = []
    for rung in rungs:
        ladder = next((each for each in groups if each[0].step.is_on_ladder_of(rung.step)), None)
        if ladder is None:
            groups.append([rung])
        else:
            ladder.append(rung)
    taking = [truths.any_of(c, [surely_true(c, rung.takes) for rung in group]) for group in groups]
    before = c.truth(False)
    twice: list[int] = []
    for taken in taking:
        twice.append(truths.all_of(c, (before, taken)))
        before = truths.any_of(c, (before, taken))
    lowering.aside("overlap", truths.any_of(c, twice))
