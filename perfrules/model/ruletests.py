"""The tests of a ruleset, ready to run: facts as if read from data, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from types import MappingProxyType

from attrs import evolve

from perfrules.diagnostics import Code, DataPlace, Diagnostic, Labelled
from perfrules.ir.inputs import Facts, FactValue
from perfrules.ir.ruletests import ExamplePlace, Expected, RuleTest
from perfrules.lang.names import suggest
from perfrules.lang.states import State
from perfrules.model.collector import Problems
from perfrules.model.expectations import expected
from perfrules.model.given_facts import Reading
from perfrules.model.given_judgements import JUDGED_PARTS, is_override, judged_marks, overrides
from perfrules.model.lowering import Lowering
from perfrules.model.parameters import as_of_default, latest_change
from perfrules.model.results_read import given_input, whole_table
from perfrules.model.test_cases import Case, Expects, cases
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.declarations import Given, Test
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.ast.tree import Name
from perfrules.text import SourceText


def rule_tests(lowering: Lowering, tree: Ruleset, source: SourceText) -> tuple[RuleTest, ...]:
    """Return the tests whose data is whole; what is wrong in a test is reported, and the test left out."""
    reading = Reading(lowering.declared.units, source, lowering.problems)
    tests = (item for item in tree.items if isinstance(item, Test))
    return tuple(found for test in tests for found in _tests(lowering, test, reading))


def _tests(lowering: Lowering, test: Test, reading: Reading) -> Iterator[RuleTest]:
    span = test.title.span
    for case in cases(lowering, test, reading.source):
        found = Problems()
        reads = evolve(reading, problems=found, in_file=case.place is not None)
        facts = _facts(evolve(lowering, problems=found), test, case, reads)
        told = [_as_told(each, test, case.place) for each in found.found()]
        lowered = [_expected(lowering, test, line, told) for line in case.expect]
        for each in told:
            lowering.report(each)
        if facts is not None and not told:
            sound = tuple(each for each in lowered if each is not None)
            yield RuleTest(
                title=case.title, facts=facts, expected=sound, span=span, cohort=span if case.together else None
            )


def _expected(lowering: Lowering, test: Test, line: Expects, told: list[Diagnostic]) -> Expected | None:
    found = Problems()
    lowered = expected(evolve(lowering, problems=found), line.tree, line.text)
    told += [_as_told(each, test, line.place) for each in found.found()]
    return None if lowered is None else evolve(lowered, place=line.place)


def _as_told(problem: Diagnostic, test: Test, place: ExamplePlace | None) -> Diagnostic:
    """Say where in a file of examples a problem lies; the text that its fix would change is not there."""
    if place is None or test.examples is None or problem.at != test.examples.span:
        return problem
    return evolve(problem, fix=None, where=DataPlace(file=place.file, row=place.row, column=place.column))


def _facts(lowering: Lowering, test: Test, case: Case, reading: Reading) -> Facts | None:
    day, day_known = _as_of(lowering, test)
    values = _values(lowering, test, case, reading)
    if case.place is None:  # a row of a file may differ from what stands beside the file
        _report_twice(lowering, case.given)
    scope = lowering.scope
    judged = judged_marks(case.given, scope, reading)
    overridden = overrides(case.given, scope, reading)
    if values is None or not day_known:
        return None
    return Facts(
        entity=case.entity,
        values=MappingProxyType(values),
        judged=MappingProxyType(dict(judged)),
        overrides=MappingProxyType(dict(overridden)),
        as_of=day,
    )


def _as_of(lowering: Lowering, test: Test) -> tuple[date | None, bool]:
    """Return the day that decides dated parameters, and whether it is known where one is needed."""
    day = test.as_of or as_of_default(lowering)
    change = latest_change(lowering)
    if day is not None or change is None:
        return day, True
    args = {"name": change[0], "date": change[1].isoformat()}
    lowering.report(Diagnostic(Code.AS_OF_NEEDED, test.title.span, args=args))
    return None, False


def _values(lowering: Lowering, test: Test, case: Case, reading: Reading) -> dict[str, FactValue] | None:
    """Return a fact for each input; None, reported, where a given one does not fit.

    What the test does not give is missing where the input is optional, else pending: a test may give only what its
    expectations depend on, and one that depends on more does not hold.
    """
    given = {given_input(lowering, each): each for each in case.given}
    _report_unknown(lowering, case.given, reading)
    values: dict[str, FactValue] = {}
    for declaration in lowering.declared.inputs:
        each = given.get(declaration.name)
        unsaid = State.MISSING if declaration.optional else State.PENDING
        asked = whole_table(lowering, declaration)
        fact = unsaid if each is None else reading.fact(asked, each.value, each.span)
        if fact is not None:
            values[declaration.name] = fact
    return values if len(values) == len(lowering.declared.inputs) else None


def _report_twice(lowering: Lowering, given: Sequence[Given]) -> None:
    first: dict[str, Given] = {}
    for each in given:
        name = given_input(lowering, each)
        known = first.setdefault(name, each)
        if known is not each:
            others = [Labelled(known.span, "first-stated-here")]
            lowering.report(Diagnostic(Code.TWICE_STATED, each.span, args={"clause": name}, others=others))


def _report_unknown(lowering: Lowering, given: Sequence[Given], reading: Reading) -> None:
    known = {declaration.name for declaration in lowering.declared.inputs}
    for each in given:
        code = given_input(lowering, each)
        about_indicator = len(each.path) > 1 and (each.path[-1].text in JUDGED_PARTS or is_override(each))
        if code not in known and not about_indicator:
            name = Name(text=code, span=each.path[0].span.cover(each.path[-1].span))
            reading.problems.report(unknown_name(name, "input", tuple(suggest(code, known))))
