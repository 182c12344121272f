"""Run a ruleset's own tests, exactly and without tolerance.

An expectation is evaluated as one more node of the plan, by the same evaluator as everything else.
"""

from __future__ import annotations

from attrs import evolve, field, frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.evaluate.against_data import against_data
from perfrules.evaluate.provisional import Settled
from perfrules.evaluate.reference import evaluate_nodes
from perfrules.evaluate.trace import Trace, Value
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir.plan import Node, Plan, Role
from perfrules.ir.ruletests import Expected, RuleTest
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval, show_interval
from perfrules.lang.kinds import YesNo
from perfrules.lang.states import State
from perfrules.prove.enclose import enclose


@frozen
class TestRun:
    """What became of one test: no *failures* means that every expectation holds.

    Without a *trace* its data were refused, as they would be when they are scored.
    """

    __test__ = False  # not one of pytest's

    test: RuleTest
    trace: Trace | None = field(repr=False)
    failures: tuple[Diagnostic, ...]


def run_tests(plan: Plan, tests: tuple[RuleTest, ...]) -> tuple[TestRun, ...]:
    """Run every test of a ruleset, in the order of the file."""
    return tuple(_run(plan, test) for test in tests)


def _run(plan: Plan, test: RuleTest) -> TestRun:
    asked = tuple(
        Node(id=f"expected.{number}", role=Role.LET, expr=expected.condition, kind=YesNo())
        for number, expected in enumerate(test.expected)
    )
    facts = test.facts if test.facts.as_of else evolve(test.facts, as_of=plan.as_of_default)
    asking = evolve(plan, nodes=plan.nodes + asked)
    try:
        trace = evaluate_nodes(asking, facts)
        refused = bool(against_data(asking, facts, trace))
    except (OutsideCalendar, Uncovered):
        refused = True
    if refused:
        return TestRun(test, None, tuple(_refused(test, expected) for expected in test.expected))
    enclosures = enclose(asking, facts, trace) if any(trace[node.id] is State.PENDING for node in asked) else {}
    settled = Settled(trace, enclosures)
    failures = []
    for node, expected in zip(asked, test.expected, strict=True):
        found = _open_interval(expected, settled)
        holds = found == expected.enclosure if found is not None else settled[node.id] is True
        if not holds:
            failures.append(_failure(test, expected, settled, found))
    return TestRun(test, trace, tuple(failures))


def _open_interval(expected: Expected, settled: Settled) -> Interval | None:
    """The interval in which a still open subject will lie, where an interval is expected of it."""
    if expected.enclosure is None or expected.subject is None or settled[expected.subject] is not State.PENDING:
        return None
    return settled.enclosures[expected.subject].numbers


def _failure(test: RuleTest, expected: Expected, settled: Settled, interval: Interval | None) -> Diagnostic:
    subject = expected.subject
    if interval is not None:
        found = show_interval(interval, as_text)
    else:
        found = show(settled[subject]) if subject is not None else "no"
    args = {"test": test.title, "name": subject or expected.text, "found": found, "expected": expected.text}
    return Diagnostic(Code.TEST_FAILS, expected.span, args=args)


def _refused(test: RuleTest, expected: Expected) -> Diagnostic:
    name = expected.subject or expected.text
    args = {"test": test.title, "name": name, "found": State.REFUSED.value, "expected": expected.text}
    return Diagnostic(Code.TEST_FAILS, expected.span, args=args)


def show(value: Value) -> str:
    """Write a value as tests and data write it.

    >>> show(Exact(1, 3)), show(True), show(State.MISSING)
    ('1/3', 'yes', 'missing')
    """
    if isinstance(value, State):
        return value.name.lower()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return as_text(value) if isinstance(value, Exact) else str(value)
