"""What the nodes of a plan can be: for every input as declared, or for one entity while something is pending."""

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from attrs import evolve

from perfrules.ir.inputs import CohortFact, Facts, FactValue
from perfrules.ir.plan import Plan
from perfrules.lang.interval import EVERYTHING
from perfrules.lang.states import State
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import UNKNOWN, Enclosure, Records, exactly, hull_of
from perfrules.prove.scene import Scene
from perfrules.prove.settled import settled
from perfrules.prove.survey import Given, has_statistics, over_all_data, survey
from perfrules.prove.ways import answers_of

_MOST_WAYS: Final = 32
"""Up to so many answers of open yes/no questions and choices are looked at one by one."""


def enclose_plan(plan: Plan, inputs: Mapping[str, Enclosure]) -> Mapping[str, Enclosure]:
    """Enclose every node for all inputs within *inputs*, judged marks within their limits and no overrides."""
    return survey(plan, inputs, keeps_visits=False).values


def enclose(plan: Plan, facts: Facts, found: Mapping[str, FactValue] | None = None) -> dict[str, Enclosure]:
    """Enclose what every node can be once nothing is pending any more.

    Known facts are points; a pending input can be anything it is declared to be, a judged mark anything within its
    level, or within all levels. Missing stays missing, unless the ruleset waits for it. Where the values *found* by an
    evaluation are given, those that no answer changes are points, however little can be proved about them.
    """
    ranges = declared(plan)
    known = {name: _now(facts.values.get(name, State.PENDING), ranges.get(name, UNKNOWN)) for name in ranges}
    known.update(_judged_facts(plan, facts))
    supplied = {name: _supplied(value, ranges[name]) for name, value in known.items()}
    statistics = _statistics(plan, facts)
    later = _scene(plan, facts, supplied, statistics) if supplied != known else None
    asked = {each.name for each in plan.inputs if facts.values.get(each.name) is State.PENDING}
    given = evolve(_given(facts, later, statistics), settled=settled(plan, found) if found is not None else {})
    ways = [survey(plan, way, given, keeps_visits=False).values for way in _ways(known, asked)]
    return {node.id: hull_of(way[node.id] for way in ways) for node in plan.nodes}


def _given(facts: Facts, later: Scene | None, statistics: Mapping[str, Enclosure]) -> Given:
    return Given(
        as_of=facts.as_of,
        judged=facts.judged,
        overrides={code: override.value for code, override in facts.overrides.items()},
        eventual=True,
        if_supplied=later,
        cohort=statistics,
    )


def _scene(plan: Plan, facts: Facts, inputs: Mapping[str, Enclosure], statistics: Mapping[str, Enclosure]) -> Scene:
    return survey(plan, inputs, _given(facts, None, statistics), keeps_visits=False).scene


def _statistics(plan: Plan, facts: Facts) -> Mapping[str, Enclosure]:
    """Enclose the statistics across entities that are known of this cohort; a pending one can be what others allow."""
    if not facts.cohort or not has_statistics(plan):
        return {}
    anyone = over_all_data(plan, facts.as_of)
    return {id_: _statistic(facts.cohort[id_], known) for id_, known in anyone.items() if id_ in facts.cohort}


def _statistic(fact: CohortFact, anyone: Enclosure) -> Enclosure:
    if fact.value is not State.PENDING:
        return exactly(fact.value)
    decided = anyone.without(State.PENDING)
    if anyone.numbers is None:
        return decided
    # Overrides may take others' values beyond what is declared, so only what was found of this cohort counts.
    return Enclosure(numbers=fact.within or EVERYTHING, states=decided.states)


def _now(fact: FactValue, declared_as: Enclosure) -> Enclosure:
    """Enclose a fact: itself, or what it is declared to be while it is pending."""
    if fact is State.PENDING:
        return declared_as.without(State.MISSING)
    if not isinstance(fact, tuple):
        return exactly(fact)
    fields = declared_as.records.fields if declared_as.records else {}
    known = tuple({name: _now(value, fields.get(name, UNKNOWN)) for name, value in record.items()} for record in fact)
    return Enclosure(records=Records(fields, known))


def _supplied(now: Enclosure, declared_as: Enclosure) -> Enclosure:
    """Enclose a fact as if what is missing had been supplied."""
    if State.MISSING in now.states:
        return declared_as.without(State.MISSING)
    if now.records is None or now.records.known is None:
        return now
    if not now.records.known:
        return declared_as.without(State.MISSING)  # records may come
    fields = now.records.fields
    known = tuple(
        {name: _supplied(value, fields.get(name, UNKNOWN)) for name, value in record.items()}
        for record in now.records.known
    )
    return evolve(now, records=Records(fields, known))


def _judged_facts(plan: Plan, facts: Facts) -> dict[str, Enclosure]:
    found: dict[str, Enclosure] = {}
    for judged in plan.judged:
        given = facts.judged.get(judged.code)
        if given is not None and given.level is not None:
            found[f"{judged.code}.level"] = exactly(given.level)
        if given is not None and given.mark is not None:
            found[f"{judged.code}.mark"] = exactly(given.mark)
    return found


def _ways(inputs: Mapping[str, Enclosure], asked: Collection[str]) -> Iterator[Mapping[str, Enclosure]]:
    """Yield the inputs with every combination of answers to the yes/no questions and choices *asked*, if few."""
    answers: dict[str, list[Enclosure]] = {}
    for name in sorted(asked):
        options = answers_of(inputs[name])
        if len(options) > 1:
            answers[name] = options
    if prod(len(options) for options in answers.values()) > _MOST_WAYS:
        answers = {}
    for way in product(*answers.values()):
        yield {**inputs, **dict(zip(answers, way, strict=True))}
