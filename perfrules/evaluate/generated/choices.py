"""Code for what evaluates only as far as it must: logic, cases, step tables, recoveries, dated values.

A chain of cases is a sequence of blocks behind one variable that tells whether the search goes on, so that long chains
do not nest.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import assert_never

from perfrules.evaluate.generated.comparing import compared
from perfrules.evaluate.generated.emitter import Branch, Emission, Emitter
from perfrules.evaluate.generated.terms import Rep, Term
from perfrules.evaluate.numbering import Placed
from perfrules.ir.expressions import Among, Between, CompareOp, Dated, IsState, Logic, LogicOp, Recover, Select, Steps
from perfrules.lang.states import State

Search = Generator[Placed, Term, list[Branch]]


def logic(e: Emitter, expr: Logic, parts: Sequence[Placed]) -> Emission:
    """Write the operands one after the other, each behind the question whether the others left it open."""
    if expr.op is LogicOp.NOT:
        operand = yield parts[0]
        return e.guarded([operand], lambda: Term(Rep.TRUTH, e.assign(f"not {operand.top}")))
    result = yield from decided(e, expr.op is LogicOp.OR, parts)
    return result


def decided(e: Emitter, decisive: bool, parts: Sequence[Placed]) -> Emission:
    """Write three-valued logic up to the first operand that is *decisive*."""
    if not parts:
        return Term(Rep.TRUTH, str(not decisive), constant=not decisive)
    result = e.assign(str(not decisive), "truth")
    undecided = e.assign("None", "undecided")
    states: frozenset[State] = frozenset()
    for position, part in enumerate(parts):
        if position == 0:
            states |= _weigh(e, decisive, (yield part), (result, undecided))
            continue
        with e.skippable(f"if {'not ' if decisive else ''}{result}:"):
            states |= _weigh(e, decisive, (yield part), (result, undecided))
    if states:
        e.writer.line(f"if {undecided} is not None and {'not ' if decisive else ''}{result}: {result} = {undecided}")
    return Term(Rep.TRUTH, result, states=states)


def _weigh(e: Emitter, decisive: bool, operand: Term, names: tuple[str, str]) -> frozenset[State]:
    result, undecided = names
    test = f"{operand.top}" if decisive else f"not {operand.top}"
    if not operand.states:
        e.writer.line(f"if {test}: {result} = {decisive}")
        return frozenset()
    with e.writer.block(f"if type({operand.top}) is State:"):
        e.writer.line(f"{undecided} = {operand.top} if {undecided} is None else joined({undecided}, {operand.top})")
    if operand.rep is not Rep.NEVER:
        e.writer.line(f"elif {test}: {result} = {decisive}")
    return operand.states


def select(e: Emitter, expr: Select, parts: Sequence[Placed]) -> Emission:
    """Write the cases in order."""
    branches: list[Branch] = []
    search = e.assign("True", "search")
    for position in range(len(expr.cases)):
        when, then = parts[2 * position], parts[2 * position + 1]
        if position == 0:
            branches += yield from _case(e, (yield when), then, search)
        else:
            with e.skippable(f"if {search}:"):
                branches += yield from _case(e, (yield when), then, search)
    with e.skippable(f"if {search}:"):
        branches.append(e.branch((yield parts[-1])))
    return e.merge(branches)


def _case(e: Emitter, when: Term, then: Placed, search: str) -> Search:
    """Write what happens after a condition: stop in its state, take the value, or go on searching."""
    branches: list[Branch] = []
    test = f"if {when.top}:"
    if when.states:
        with e.writer.block(f"if type({when.top}) is State:"):
            e.writer.line(f"{search} = False")
            branches.append(e.branch(Term(Rep.NEVER, when.top, states=when.states)))
        test = f"elif {when.top}:"
    if when.rep is not Rep.NEVER:
        with e.skippable(test):
            e.writer.line(f"{search} = False")
            branches.append(e.branch((yield then)))
    return branches


def step_table(e: Emitter, expr: Steps, parts: Sequence[Placed]) -> Emission:
    """Write the steps in order; the subject's state is the result's."""
    remaining = iter(parts)
    subject = yield next(remaining)
    branches: list[Branch] = []
    if subject.rep is Rep.NEVER:
        return subject
    search = e.assign("True", "search")
    if subject.states:
        with e.writer.block(f"if type({subject.top}) is State:"):
            e.writer.line(f"{search} = False")
            branches.append(e.branch(Term(Rep.NEVER, subject.top, states=subject.states)))
    for step in expr.steps:
        with e.skippable(f"if {search}:"):
            takes = yield from _takes(e, step.takes, subject.stateless(), remaining)
            branches += yield from _case(e, takes, next(remaining), search)
    with e.skippable(f"if {search}:"):
        rest = list(remaining)
        branches.append(e.branch((yield rest[0]) if rest else e.uncovered()))
    return e.merge(branches)


def _takes(e: Emitter, takes: Between | Among, subject: Term, remaining: Iterator[Placed]) -> Emission:
    match takes:
        case Between(low, high, low_closed, high_closed):
            ops = [CompareOp.AT_LEAST if low_closed else CompareOp.GREATER] if low is not None else []
            if high is not None:
                ops.append(CompareOp.AT_MOST if high_closed else CompareOp.LESS)
            return (yield from _ends(e, subject, [(op, next(remaining)) for op in ops], decisive=False))
        case Among(options):
            ends = [(CompareOp.EQUAL, next(remaining)) for _ in options]
            return (yield from _ends(e, subject, ends, decisive=True))
        case _:
            assert_never(takes)


def _ends(e: Emitter, subject: Term, ends: Sequence[tuple[CompareOp, Placed]], *, decisive: bool) -> Emission:
    """Compare the subject with each end until one comparison is *decisive*."""
    if len(ends) == 1:
        op, part = ends[0]
        end = yield part
        return e.guarded([end], lambda: compared(e, op, subject, end))
    result = e.assign(str(not decisive), "truth")
    undecided = e.assign("None", "undecided")
    states: frozenset[State] = frozenset()
    for op, part in ends:
        with e.skippable(f"if {'not ' if decisive else ''}{result}:"):
            end = yield part
            found = _guarded_comparison(e, op, subject, end)
            states |= _weigh(e, decisive, found, (result, undecided))
    if states:
        e.writer.line(f"if {undecided} is not None and {'not ' if decisive else ''}{result}: {result} = {undecided}")
    return Term(Rep.TRUTH, result, states=states)


def _guarded_comparison(e: Emitter, op: CompareOp, subject: Term, end: Term) -> Term:
    return e.guarded([end], lambda: compared(e, op, subject, end))


def is_state(e: Emitter, expr: IsState, parts: Sequence[Placed]) -> Emission:
    """Ask for the state; what is pending may yet come to be in another."""
    operand = yield parts[0]
    can_be = expr.state in operand.states
    asked = f"{operand.top} is {e.state_name(expr.state)}" if can_be else "False"
    if expr.state is State.PENDING or State.PENDING not in operand.states:
        return Term(Rep.TRUTH, e.assign(asked)) if can_be else Term(Rep.TRUTH, "False", constant=False)
    pending = e.state_name(State.PENDING)
    found = e.assign(f"{pending} if {operand.top} is {pending} else {asked}")
    return Term(Rep.TRUTH, found, states=frozenset((State.PENDING,)))


def recover(e: Emitter, expr: Recover, parts: Sequence[Placed]) -> Emission:
    """Replace the state, if the operand can be in it."""
    operand = yield parts[0]
    if expr.state not in operand.states:
        return operand
    with e.skippable(f"if {operand.top} is {e.state_name(expr.state)}:"):
        replaced = e.branch((yield parts[1]))
    with e.writer.block("else:"):
        left = operand.states - {expr.state}
        other = Term(operand.rep, operand.top, operand.bottom, left, factors=operand.factors)
        kept = e.branch(other)
    return e.merge([replaced, kept])


def dated(e: Emitter, expr: Dated, parts: Sequence[Placed]) -> Emission:
    """Take the entry of the as-of date, which is known now."""
    begun = [
        (start, part)
        for (start, _), part in zip(expr.entries, parts, strict=True)
        if e.as_of is not None and start <= e.as_of
    ]
    if not begun:
        return e.defect("no entry of a dated value has begun")
    return (yield max(begun, key=lambda entry: entry[0])[1])
