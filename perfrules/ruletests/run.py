"""Run a ruleset's own tests, exactly and without tolerance.

An expectation is evaluated as one more node of the plan, by the same evaluator as everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from attrs import evolve, field, frozen

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic, Labelled, has_errors
from perfrules.diagnostics.arguments import Word
from perfrules.evaluate.against_data import against_data
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.data_checks import check_data
from perfrules.evaluate.provisional import Settled
from perfrules.evaluate.reference import evaluate_nodes
from perfrules.evaluate.trace import Trace, Value
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir.expressions import Logic, LogicOp
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Node, Plan, Role
from perfrules.ir.ruletests import Expected, RuleTest
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval, show_interval
from perfrules.lang.kinds import Grade, Lights, YesNo
from perfrules.lang.states import State
from perfrules.methods.wording import number_as_written
from perfrules.plugins.faults import PluginFault
from perfrules.prove.enclose import enclose
from perfrules.ruletests.lacking import lacking

_RESULTS: Final = frozenset({"total", "rounded total", "grade"})
_PREFIXES: Final = ("decision.", "alert.", "output.", "flag.", "let.", "param.")


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
    if not has_cohort_rules(plan):
        return tuple(_run(plan, test, test.facts) for test in tests)
    return tuple(_run(plan, test, facts) for test, facts in _compared(plan, tests))


def _compared(plan: Plan, tests: tuple[RuleTest, ...]) -> Iterator[tuple[RuleTest, Facts | None]]:
    """Yield every test with the statistics of its cohort; a test by itself is a cohort of one. None: refused."""
    from perfrules.evaluate.cohort.passes import compare  # others do not pay for it

    for _, together in groupby(enumerate(tests), lambda each: each[1].cohort or each[0]):
        cohort = [test for _, test in together]
        entities = compare(plan, [(test.facts.entity, _sound(plan, test.facts)) for test in cohort], reference=True)
        yield from zip(cohort, (entity.facts for entity in entities), strict=True)


def _sound(plan: Plan, facts: Facts) -> Facts | None:
    return None if has_errors(check_data(plan, facts)) else facts


def _run(plan: Plan, test: RuleTest, facts: Facts | None) -> TestRun:
    if facts is None:
        return TestRun(test, None, tuple(_refused(test, expected) for expected in test.expected))
    asked = tuple(
        Node(id=f"expected.{number}", role=Role.LET, expr=expected.condition, kind=YesNo())
        for number, expected in enumerate(test.expected)
    )
    facts = facts if facts.as_of else evolve(facts, as_of=plan.as_of_default)
    asking = evolve(plan, nodes=plan.nodes + asked)
    try:
        trace = evaluate_nodes(asking, facts)
        refused = bool(against_data(asking, facts, trace)) or has_errors(check_data(plan, facts))
    except (OutsideCalendar, PluginFault, Uncovered):
        refused = True
    if refused:
        return TestRun(test, None, tuple(_refused(test, expected) for expected in test.expected))
    enclosures = enclose(asking, facts, trace) if any(trace[node.id] is State.PENDING for node in asked) else {}
    settled = Settled(trace, lambda: enclosures)
    failures = []
    for node, expected in zip(asked, test.expected, strict=True):
        inside = _open_interval(expected, settled)
        holds = inside == expected.enclosure if inside is not None else settled[node.id] is True
        if not holds:
            failed = _fails(test, expected, _shown(plan, node, expected, settled))
            failures.append(_lacking_told(failed, lacking(plan, node.expr, facts), test))
    return TestRun(test, trace, tuple(failures))


def _open_interval(expected: Expected, settled: Settled) -> Interval | None:
    """The interval in which a still open subject will lie, where an interval is expected of it."""
    if expected.enclosure is None or expected.subject is None or settled[expected.subject] is not State.PENDING:
        return None
    return settled.enclosures[expected.subject].numbers


def _shown(plan: Plan, asked: Node, expected: Expected, settled: Settled) -> Argument:
    """Say what was found of the subject of an expectation that does not hold."""
    inside = _open_interval(expected, settled)
    if inside is not None:
        return show_interval(inside, as_text)
    if expected.subject is not None:
        return _found(plan, expected.subject, settled)
    value = settled[asked.id]
    is_denied = isinstance(expected.condition, Logic) and expected.condition.op is LogicOp.NOT
    return Word(show(not value if is_denied and isinstance(value, bool) else value))


def _fails(test: RuleTest, expected: Expected, found: Argument) -> Diagnostic:
    args = {"test": test.title, "name": _name(expected), "found": found, "expected": expected.text}
    place = expected.place
    where = None if place is None else DataPlace(file=place.file, row=place.row, column=place.column)
    return Diagnostic(Code.TEST_FAILS, expected.span, args=args, where=where)


def _lacking_told(failed: Diagnostic, names: tuple[str, ...], test: RuleTest) -> Diagnostic:
    """Add what the test does not give although its expectation depends on it."""
    if not names:
        return failed
    return evolve(failed, others=(*failed.others, Labelled(test.span, "left-open-here", args={"names": names})))


def _name(expected: Expected) -> str:
    """Name the subject as the author does."""
    subject = expected.subject or expected.name or expected.text
    if subject in _RESULTS:
        return Word(subject)
    for prefix in _PREFIXES:
        subject = subject.removeprefix(prefix)
    return subject.replace("/", ".")


def _found(plan: Plan, subject: str, settled: Settled) -> Argument:
    """Say what the subject is, in its unit; while it is open, what it can still be if that is a few words."""
    kind = next(node.kind for node in plan.nodes if node.id == subject)
    value = settled[subject]
    if value is State.PENDING and isinstance(kind, Grade):
        possible = settled.enclosures[subject].texts or ()
        return " / ".join(grade for grade in kind.names if grade in possible)
    if isinstance(value, State | bool) or isinstance(kind, Lights):
        return Word(show(value))
    return number_as_written(value, kind) if isinstance(value, Exact) else show(value)


def _refused(test: RuleTest, expected: Expected) -> Diagnostic:
    return _fails(test, expected, Word(State.REFUSED.value))


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
