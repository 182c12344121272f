"""Where a value is proven never to fall (or never to rise) while one input grows, no evaluation shows otherwise."""

from random import Random

from attrs import evolve
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.reference import evaluate_nodes
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.exact import Exact
from perfrules.prove.declared import declared
from perfrules.prove.direction import direction_of
from perfrules.prove.directions import Direction
from perfrules.prove.survey import Given, survey
from tests.strategies import inputs as data
from tests.strategies.enclosures import is_inside
from tests.strategies.pending import with_pending
from tests.strategies.plans import make_case

VARIED = ("staff", "money", "free", "maybe")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(192)  # the replacement of a pending mark
@example(2702)  # the same of a dated value
@given(st.integers(min_value=0, max_value=10**9))
def test_values_go_the_way_that_was_proven(seed: int) -> None:
    random = Random(seed)
    case = make_case(random, entities=1)
    ranges = declared(case.plan)
    name = random.choice(VARIED)
    declaration = next(each for each in data.ALL if each.name == name)
    for facts in (evolve(each, judged={}, overrides={}) for each in case.facts):
        if not all(is_inside(value, ranges[name]) for name, value in facts.values.items()):
            continue
        found = survey(case.plan, ranges, Given(as_of=facts.as_of))
        known = {node.id: direction_of(found, node.id, name) for node in case.plan.nodes}
        for share_open in (0, 0, 0.2, 0.5):
            low, high = sorted(data.number(random, declaration.decimals) for _ in range(2))
            opened = with_pending(facts, random, share_open)
            before, after = (evaluated(case.plan, opened, name, value) for value in (low, high))
            if before is not None and after is not None:
                for id_, direction in known.items():
                    assert_direction(direction, before[id_], after[id_])


def assert_direction(direction: Direction, before: object, after: object) -> None:
    if isinstance(before, Exact | bool) and isinstance(after, Exact | bool):
        match direction:
            case Direction.UP:
                assert before <= after
            case Direction.DOWN:
                assert before >= after
            case Direction.SAME:
                assert before == after


def evaluated(plan: Plan, facts: Facts, name: str, value: Exact) -> Trace | None:
    try:
        return evaluate_nodes(plan, evolve(facts, values={**facts.values, name: value}))
    except (EvaluationDefect, OutsideCalendar):
        return None
