"""`higher is better`, `lower is better`: proved, refuted with an exact counter-example, or not decided."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import frozen

from perfrules.ir.inputs import Facts, FactValue
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.prove.declared import declared
from perfrules.prove.direction import direction_of
from perfrules.prove.directions import Direction
from perfrules.prove.edges import Value, edges, typical_values
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.survey import survey

Evaluate: TypeAlias = Callable[[Plan, Facts], Mapping[str, object]]

_MOST_VALUES: Final = 60


class Claim(StrEnum):
    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"


@frozen
class Proved:
    """The claim holds for all declared data."""


@frozen
class Refuted:
    """The claim fails: from *low* to *high* of the input the marks go the wrong way, everything else as in *facts*."""

    low: Exact
    high: Exact
    score_at_low: Exact
    score_at_high: Exact
    facts: Facts


@frozen
class NotDecided:
    """Neither a proof nor a counter-example was found."""


Verdict: TypeAlias = Proved | Refuted | NotDecided


def verdict(plan: Plan, indicator: str, input_name: str, claim: Claim, evaluate: Evaluate) -> Verdict:
    """Decide whether the marks of *indicator* never fall (or never rise) as the input grows.

    The evaluator is asked for counter-examples at thresholds of the input and at the ends of its range.
    """
    found = direction_of(survey(plan, declared(plan)), indicator, input_name)
    wanted = Direction.UP if claim is Claim.HIGHER_IS_BETTER else Direction.DOWN
    if found in (wanted, Direction.SAME):
        return Proved()
    sign = 1 if wanted is Direction.UP else -1
    for setting in _settings(plan):
        scores = _scores(plan, indicator, input_name, setting, evaluate)
        for (low, before), (high, after) in pairwise(scores):
            if sign * after < sign * before:
                return Refuted(low, high, before, after, _facts(plan, setting))
    return NotDecided()


def _scores(
    plan: Plan, indicator: str, input_name: str, setting: Mapping[str, Value], evaluate: Evaluate
) -> list[tuple[Exact, Exact]]:
    """Evaluate the indicator at every value worth trying; values without marks are passed over."""
    found: list[tuple[Exact, Exact]] = []
    for value in _values(plan, input_name, setting):
        marks = evaluate(plan, _facts(plan, {**setting, input_name: value}))[indicator]
        if isinstance(marks, Exact):
            found.append((value, marks))
    return found


def _settings(plan: Plan) -> Iterator[dict[str, Value]]:
    """Yield values for the inputs: plain ones, then each yes/no and choice otherwise, then all numbers at an end."""
    plain = typical_values(plan)
    yield plain
    ranges = declared(plan)
    for name, known in ranges.items():
        others: list[Value] = [*sorted(known.booleans), *sorted(known.texts or ())]
        for other in others:
            if name in plain and plain[name] != other:
                yield plain | {name: other}
    for pick in (_lowest, _highest):
        ends: dict[str, Value] = {name: end for name, known in ranges.items() if (end := pick(known)) is not None}
        yield plain | ends


def _values(plan: Plan, input_name: str, setting: Mapping[str, Value]) -> list[Exact]:
    known = declared(plan)[input_name]
    near = [
        value
        for edge in edges(plan, setting)
        if edge.input == input_name
        for value in (edge.under, edge.at, edge.over)
        if value is not None
    ]
    ends = [end for end in (_lowest(known), _highest(known)) if end is not None]
    return sorted({*near, *ends})[:_MOST_VALUES]


def _facts(plan: Plan, setting: Mapping[str, Value]) -> Facts:
    values: dict[str, FactValue] = {}
    for name, known in declared(plan).items():
        if name in setting:
            values[name] = setting[name]
        elif known.records is not None:
            values[name] = ()
        elif State.MISSING in known.states:
            values[name] = State.MISSING
        elif known.texts is None:
            values[name] = ""
        else:
            values[name] = State.PENDING
    return Facts(entity="", values=values, as_of=plan.as_of_default)


def _lowest(known: Enclosure) -> Exact | None:
    numbers = known.numbers
    return numbers.lo if numbers is not None and numbers.lo_closed else None


def _highest(known: Enclosure) -> Exact | None:
    numbers = known.numbers
    return numbers.hi if numbers is not None and numbers.hi_closed else None
