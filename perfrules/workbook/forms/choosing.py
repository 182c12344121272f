"""Formulas of choices: cases, step tables, curves, what stands in for a state, what changes with time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Between, CompareOp, Expr, Step
from perfrules.lang.interval import Interval, intersect
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.forms.comparing import compared
from perfrules.workbook.formula import Formula, number_of
from perfrules.workbook.near import Near, either


def select(expr: Expr, at: At) -> Formula:
    """Write ordered cases: the first that holds; an open condition leaves all open."""
    assert isinstance(expr, core.Select)
    branches = [(at.known(condition), at.emit(value)) for condition, value in expr.cases]
    return _first_that_holds(branches, at.emit(expr.otherwise), at)


def _first_that_holds(branches: Sequence[tuple[Formula, Formula]], otherwise: Formula, at: At) -> Formula:
    result = otherwise
    for condition, value in reversed(branches):
        chosen = f.choose(evolve(condition, states=frozenset()), value, result)
        states = chosen.states | value.states | result.states
        found = at.or_state([condition], evolve(chosen, states=frozenset())) if condition.states else chosen
        result = evolve(found, states=states | condition.states, fails=condition.fails, is_text=_is_text(value, result))
    known = [value.near for value in (*(value for _, value in branches), otherwise) if value.near is not None]
    return evolve(result, near=either(known) if known else None)


def _is_text(first: Formula, second: Formula) -> bool:
    """Tell whether values, states aside, are texts."""
    return any(part.is_text for part in (first, second) if not _is_only_state(part))


def _is_only_state(part: Formula) -> bool:
    return bool(part.states) and part.level == f.ATOM and part.text.startswith('"')


def recover(expr: Expr, at: At) -> Formula:
    """Write what stands in where something is in a state."""
    assert isinstance(expr, core.Recover)
    part = at.known(expr.operand)
    if expr.state not in part.states:
        return part
    replacement = at.emit(expr.replacement)
    result = f.choose(at.in_state(part, expr.state), replacement, evolve(part, states=frozenset()))
    known = [each.near for each in (part, replacement) if each.near is not None]
    return evolve(
        result,
        states=(part.states - {expr.state}) | replacement.states,
        near=either(known) if known else None,
        is_text=_is_text(part, replacement),
    )


def steps(expr: Expr, at: At) -> Formula:
    """Write a step table: the first step that takes the subject."""
    assert isinstance(expr, core.Steps)
    subject = at.cell(expr.subject)
    plain = evolve(subject, states=frozenset())
    branches: list[tuple[Formula, Formula]] = []
    taken = _Taken()
    for step in expr.steps:
        branches.append((_takes(step, taken, plain, at, expr.subject), at.emit(step.value)))
        taken = taken.after(step)
    if expr.otherwise is None:  # the steps cover everything, so the last takes what is left
        found = _first_that_holds(branches[:-1], branches[-1][1], at)
    else:
        found = _first_that_holds(branches, at.emit(expr.otherwise), at)
    return at.or_state([subject], found)


@frozen
class _Taken:
    """What the steps so far have taken without a gap: all above one end, and all below another."""

    above: tuple[Expr, bool] | None = None
    below: tuple[Expr, bool] | None = None

    def says_low(self, takes: Between) -> bool:
        """Tell whether what lies below the lower end has been taken."""
        return self.below is not None and self.below == (takes.low, not takes.low_closed)

    def says_high(self, takes: Between) -> bool:
        """Tell whether what lies above the upper end has been taken."""
        return self.above is not None and self.above == (takes.high, not takes.high_closed)

    def after(self, step: Step) -> _Taken:
        takes = step.takes
        if not isinstance(takes, Between):
            return self
        above, below = self.above, self.below
        if takes.low is not None and (takes.high is None or self.says_high(takes)):
            above = (takes.low, takes.low_closed)
        if takes.high is not None and (takes.low is None or self.says_low(takes)):
            below = (takes.high, takes.high_closed)
        return _Taken(above, below)


def _takes(step: Step, taken: _Taken, subject: Formula, at: At, shown: Expr) -> Formula:
    if isinstance(step.takes, Between):
        ends, join = _ends(step.takes, taken), f.all_of
    else:
        ends, join = [(option, CompareOp.EQUAL) for option in step.takes.options], f.any_of
    tests: list[Formula] = []
    for end, op in ends:
        written = at.known(end)
        if written.states:
            raise NoFormula("open-edges")
        tests.append(compared(op, subject, written, at, (shown, end)))
    return join(tests)


def _ends(takes: Between, taken: _Taken) -> list[tuple[Expr, CompareOp]]:
    """List the ends that matter; where the steps before end, nothing needs to be asked."""
    found: list[tuple[Expr, CompareOp]] = []
    if takes.low is not None and not taken.says_low(takes):
        found.append((takes.low, CompareOp.AT_LEAST if takes.low_closed else CompareOp.GREATER))
    if takes.high is not None and not taken.says_high(takes):
        found.append((takes.high, CompareOp.AT_MOST if takes.high_closed else CompareOp.LESS))
    return found


def lines(expr: Expr, at: At) -> Formula:
    """Write a curve; at its corners both sides agree, so no comparison needs care."""
    assert isinstance(expr, core.Lines)
    subject = at.cell(expr.subject)
    points = [(at.known(x), at.known(y)) for x, y in expr.points]
    flat = [(evolve(x, states=frozenset()), evolve(y, states=frozenset())) for x, y in points]
    found = _curve(evolve(subject, states=frozenset()), flat)
    return at.or_state([subject, *(end for point in points for end in point)], found)


def _curve(subject: Formula, points: Sequence[tuple[Formula, Formula]]) -> Formula:
    result, nears = points[-1][1], [number_of(points[-1][1])]
    for (x1, y1), (x2, y2) in reversed(list(pairwise(points))):
        inside = evolve(subject, near=_between(number_of(subject), number_of(x1), number_of(x2)))
        segment = _segment(inside, x1, y1, x2, y2)
        nears.append(number_of(segment))
        result = f.choose(f.made(f"{subject.text}<={x2.at_level(f.SUM)}", f.COMPARISON, [subject, x2]), segment, result)
    first = points[0]
    if not _starts_at(subject, first[0]):
        below = f.made(f"{subject.text}<={first[0].at_level(f.SUM)}", f.COMPARISON, [subject, first[0]])
        result = f.choose(below, first[1], result)
        nears.append(number_of(first[1]))
    return evolve(result, near=either(nears))


def _starts_at(subject: Formula, x: Formula) -> bool:
    low, first = number_of(subject).within.lo, f.constant_number(x)
    return low is not None and first is not None and low >= first


def _segment(subject: Formula, x1: Formula, y1: Formula, x2: Formula, y2: Formula) -> Formula:
    run, rise = f.subtract(x2, x1), f.subtract(y2, y1)
    part = f.divide(f.multiply([f.subtract(subject, x1), rise]), run)
    return f.add([y1, part])


def _between(near: Near, first: Near, last: Near) -> Near:
    """Return what is known of the subject within a segment; noise may take it a little beyond the ends."""
    if first.within.lo is None or last.within.hi is None or first.within.lo > last.within.hi:
        return near
    inside = intersect(near.within, Interval(first.within.lo, last.within.hi))
    return evolve(near, within=inside or near.within)


def dated(expr: Expr, at: At) -> Formula:
    """Write the value that holds on the day of the evaluation, which the check sheet states."""
    assert isinstance(expr, core.Dated)
    as_of = at.columns.as_of
    begun = [(start, value) for start, value in expr.entries if as_of is not None and start <= as_of]
    if not begun:
        raise NoFormula("no-date")
    return at.emit(max(begun, key=lambda entry: entry[0])[1])
