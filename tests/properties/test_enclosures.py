"""Whatever an evaluation gives lies in what was enclosed beforehand, for random plans and random facts."""

from collections.abc import Iterator, Mapping
from random import Random

from attrs import evolve
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.reference import evaluate_nodes
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.states import State
from perfrules.prove.declared import declared, input_enclosure
from perfrules.prove.enclose import enclose
from perfrules.prove.enclosure import Enclosure, Records, exactly
from perfrules.prove.settled import settled
from perfrules.prove.survey import Given, survey
from tests.strategies import inputs as data
from tests.strategies.enclosures import is_inside
from tests.strategies.pending import with_pending
from tests.strategies.plans import make_case

SEEDS = st.integers(min_value=0, max_value=10**9)
THOROUGH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@THOROUGH
@given(SEEDS)
def test_every_value_lies_in_what_known_facts_allow(seed: int) -> None:
    for plan, facts, trace in evaluations(seed):
        ranges = declared(plan)
        now = {name: as_known(facts.values[name], ranges[name]) for name in facts.values}
        assert_inside(plan, trace, survey(plan, now, given_by(facts), keeps_visits=False).values)


@THOROUGH
@example(180_752_101)  # a level whose limits may cross is no single mark
@given(SEEDS)
def test_every_value_lies_in_what_the_declarations_allow(seed: int) -> None:
    for plan, facts, trace in evaluations(seed):
        ranges = declared(plan)
        if all(is_inside(value, ranges[name]) for name, value in facts.values.items()):
            assert_inside(plan, trace, survey(plan, ranges, given_by(facts), keeps_visits=False).values)


@THOROUGH
@given(SEEDS)
def test_every_value_found_while_something_is_pending_lies_in_what_the_declarations_allow(seed: int) -> None:
    random = Random(seed)
    for plan, facts, _ in evaluations(seed):
        ranges = declared(plan)
        if not all(is_inside(value, ranges[name]) for name, value in facts.values.items()):
            continue
        opened = evolve(with_pending(facts, random, 0.3), judged={}, overrides={})
        trace = evaluated(plan, opened)
        if trace is not None:
            enclosed = survey(plan, ranges, Given(as_of=facts.as_of), keeps_visits=False).values
            found = {node.id: trace[node.id] for node in plan.nodes}
            known = {id_: value for id_, value in found.items() if not isinstance(value, State)}
            assert not {id_: value for id_, value in known.items() if not is_inside(value, enclosed[id_])}


@THOROUGH
@given(SEEDS)
def test_a_node_that_has_a_value_keeps_it_while_others_are_pending(seed: int) -> None:
    random = Random(seed)
    case = make_case(random, entities=1)
    opened = with_pending(case.facts[0], random, 0.3)
    trace = evaluated(case.plan, opened)
    if trace is not None:
        enclosed = enclose(case.plan, opened, trace)
        for id_, known in settled(case.plan, trace).items():
            assert enclosed[id_].constant == known.constant == trace[id_]


@THOROUGH
@given(SEEDS)
def test_every_completion_of_pending_facts_lies_in_the_interval(seed: int) -> None:
    random = Random(seed)
    case = make_case(random, entities=1)
    ranges = declared(case.plan)
    for facts in case.facts:
        if not all(is_inside(value, ranges[name]) for name, value in facts.values.items()):
            continue
        opened = with_pending(facts, random, 0.3)
        so_far = evaluated(case.plan, opened)
        enclosed = enclose(case.plan, opened, so_far)
        for _ in range(3):
            complete = completed(opened, random)
            trace = evaluated(case.plan, complete)
            if trace is not None and not is_pending_anywhere(case.plan, trace):
                assert_inside(case.plan, trace, enclosed)


def evaluations(seed: int) -> Iterator[tuple[Plan, Facts, Trace]]:
    case = make_case(Random(seed), entities=2)
    for facts in case.facts:
        trace = evaluated(case.plan, facts)
        if trace is not None:
            yield case.plan, facts, trace


def evaluated(plan: Plan, facts: Facts) -> Trace | None:
    try:
        return evaluate_nodes(plan, facts)
    except (EvaluationDefect, OutsideCalendar):
        return None


def is_pending_anywhere(plan: Plan, trace: Trace) -> bool:
    return any(step is State.PENDING for node in plan.nodes for step in trace.steps(node.id))


def given_by(facts: Facts) -> Given:
    overrides = {code: override.value for code, override in facts.overrides.items()}
    return Given(as_of=facts.as_of, judged=facts.judged, overrides=overrides)


def as_known(fact: FactValue, declared_as: Enclosure) -> Enclosure:
    if not isinstance(fact, tuple):
        return exactly(fact)
    fields = declared_as.records.fields if declared_as.records else {}
    known = tuple({name: as_known(value, fields[name]) for name, value in record.items()} for record in fact)
    return Enclosure(records=Records(fields, known))


def completed(facts: Facts, random: Random) -> Facts:
    by_name = {declaration.name: declaration for declaration in data.ALL}
    values = {
        name: answer(by_name[name], random) if value is State.PENDING else value for name, value in facts.values.items()
    }
    return evolve(facts, values=values)


def answer(declaration: InputDeclaration, random: Random) -> FactValue:
    while True:
        value = data.value_of(random, evolve(declaration, optional=False))
        if is_inside(value, input_enclosure(declaration)):
            return value


def assert_inside(plan: Plan, trace: Trace, enclosed: Mapping[str, Enclosure]) -> None:
    for node in plan.nodes:
        assert is_inside(trace[node.id], enclosed[node.id]), (node.id, trace[node.id], enclosed[node.id])
