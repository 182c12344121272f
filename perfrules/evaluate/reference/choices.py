"""Expressions that evaluate only what they need: logic, cases, step tables, recoveries, dated values."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date
from typing import assert_never

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.reference.context import Evaluation
from perfrules.evaluate.reference.operations import compare, condition
from perfrules.evaluate.trace import Value
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir.expressions import Among, Between, CompareOp, LogicOp, Step, Steps
from perfrules.lang.states import State, join
from perfrules.lang.truth import Truth, not_

Deciding = Generator[Placed, Value, Truth]


def logic(op: LogicOp, parts: Sequence[Placed]) -> Evaluation:
    """Go through the operands up to the first that decides."""
    match op:
        case LogicOp.NOT:
            return not_(truth((yield parts[0])))
        case LogicOp.AND | LogicOp.OR:
            decisive = op is LogicOp.OR
        case _:
            assert_never(op)
    undecided: list[State] = []
    for part in parts:
        found = truth((yield part))
        if found is decisive:
            return decisive
        if isinstance(found, State):
            undecided.append(found)
    return join(*undecided) if undecided else not decisive


def truth(value: Value) -> Truth:
    """Return *value*, which is a condition, decided or not."""
    return value if isinstance(value, State) else condition(value)


def select(parts: Sequence[Placed]) -> Evaluation:
    """Take the first case that holds."""
    for when, then in zip(parts[:-1:2], parts[1:-1:2], strict=True):
        found = truth((yield when))
        if isinstance(found, State):
            return found
        if found:
            return (yield then)
    return (yield parts[-1])


def recover(state: State, parts: Sequence[Placed]) -> Evaluation:
    """Replace an operand that is in *state*."""
    value = yield parts[0]
    return (yield parts[1]) if value is state else value


def step_table(table: Steps, parts: Sequence[Placed]) -> Evaluation:
    """Take the first step that takes the subject; an end that is in a state is like an undecided condition."""
    remaining = iter(parts)
    subject = yield next(remaining)
    if isinstance(subject, State):
        return subject
    for step in table.steps:
        found = yield from _takes(step, subject, remaining)
        value = next(remaining)
        if isinstance(found, State):
            return found
        if found:
            return (yield value)
    for otherwise in remaining:
        return (yield otherwise)
    raise Uncovered(table, subject)


def _takes(step: Step, subject: Value, remaining: Iterator[Placed]) -> Deciding:
    match step.takes:
        case Between(low, high, low_closed, high_closed):
            ends: list[tuple[CompareOp, Placed]] = []
            if low is not None:
                ends.append((CompareOp.AT_LEAST if low_closed else CompareOp.GREATER, next(remaining)))
            if high is not None:
                ends.append((CompareOp.AT_MOST if high_closed else CompareOp.LESS, next(remaining)))
            return (yield from _all_hold(subject, ends))
        case Among(options):
            return (yield from _equals_one(subject, [next(remaining) for _ in options]))
        case _:
            assert_never(step.takes)


def _all_hold(subject: Value, ends: Sequence[tuple[CompareOp, Placed]]) -> Deciding:
    undecided: list[State] = []
    for op, part in ends:
        end = yield part
        if isinstance(end, State):
            undecided.append(end)
        elif not compare(op, subject, end):
            return False
    return join(*undecided) if undecided else True


def _equals_one(subject: Value, options: Sequence[Placed]) -> Deciding:
    undecided: list[State] = []
    for part in options:
        option = yield part
        if isinstance(option, State):
            undecided.append(option)
        elif compare(CompareOp.EQUAL, subject, option):
            return True
    return join(*undecided) if undecided else False


def dated(starts: Sequence[date], as_of: date | None, parts: Sequence[Placed]) -> Evaluation:
    """Take the entry with the latest start that is not after *as_of*."""
    if as_of is None:
        raise EvaluationDefect("a dated value needs an as-of date")
    begun = [(start, part) for start, part in zip(starts, parts, strict=True) if start <= as_of]
    if not begun:
        raise EvaluationDefect(f"no entry of a dated value has begun by {as_of}")
    _, latest = max(begun, key=lambda entry: entry[0])
    return (yield latest)
