"""What an entity has under a ruleset in between: its total, its grade and the marks along the outline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from attrs import field, frozen

from perfrules.compare.between import Between
from perfrules.compare.data_between import Pair, alone, facts_between
from perfrules.compare.items import OF_DATA, Item, Sort
from perfrules.compare.sides import Side
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.cohort.passes import compare
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.evaluate import traced
from perfrules.evaluate.result import Result
from perfrules.evaluate.trace import Trace
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.exact import Exact
from perfrules.plugins.faults import PluginFault

_NO_VALUE = (EvaluationDefect, OutsideCalendar, PluginFault, Uncovered, ZeroDivisionError)


@frozen
class Stage:
    """Total and grade (None: there is none), and the marks of each indicator that has any, by common code."""

    total: Exact | None
    grade: str | None
    marks: Mapping[str, Exact] = field(repr=False)


def stage_of(result: Result, side: Side) -> Stage:
    """Return what a result says."""
    trace = result.trace
    assert trace is not None
    final = ((common, _number(trace, code)) for code, common in side.codes.items() if code in trace)
    return Stage(result.total, result.grade, {code: score for code, score in final if score is not None})


@frozen(eq=False)
class Cohort:
    """All entities of both evaluations: those in both with their data twice, the others with what there is.

    *refused* are those whose data were refused, under the old and under the new ruleset.
    """

    pairs: Mapping[str, Pair]
    only_old: Mapping[str, Facts | None]
    only_new: Mapping[str, Facts | None]
    _made: dict[str, tuple[frozenset[Item], Facts]] = field(factory=dict, init=False, repr=False)

    def facts(self, name: str, between: Between, applied: Set[Item]) -> Facts:
        """Return the data of an entity with what is applied of them; made again only where that is something else."""
        of_data = frozenset(item for item in applied if item.sort in OF_DATA)
        known = self._made.get(name)
        if known is None or known[0] != of_data:
            known = self._made[name] = (of_data, facts_between(between, self.pairs[name], of_data))
        return known[1]

    @property
    def differs(self) -> bool:
        """Tell whether other entities are compared with one another than before."""
        return bool(self.only_old or self.only_new)


def stages(between: Between, cohort: Cohort, applied: Set[Item], names: Iterable[str]) -> Mapping[str, Stage | None]:
    """Evaluate the entities called *names* with the items of *applied*; None where there is no value."""
    asked = tuple(names)
    plan = between.plan(applied)
    if plan is None:
        return dict.fromkeys(asked)
    pairs = cohort.pairs if has_cohort_rules(plan) else {name: cohort.pairs[name] for name in asked}
    facts: Mapping[str, Facts] = {name: cohort.facts(name, between, applied) for name in pairs}
    if has_cohort_rules(plan):
        new = Item(Sort.ENTITIES) in applied
        others = (cohort.only_new if new else cohort.only_old).items()
        added = {name: own and alone(between, own, new=new) for name, own in others}
        facts = _compared(plan, facts, added)
    return {name: _stage(plan, facts[name]) if name in facts else None for name in asked}


def _compared(plan: Plan, facts: Mapping[str, Facts], others: Mapping[str, Facts | None]) -> Mapping[str, Facts]:
    """Add the statistics across entities."""
    together: Sequence[tuple[str, Facts | None]] = [*facts.items(), *others.items()]
    try:
        found = compare(plan, together)
    except _NO_VALUE:
        return {}
    return {each.name: each.facts for each in found if each.facts is not None}


def _stage(plan: Plan, facts: Facts) -> Stage | None:
    try:
        trace = traced(plan, facts)
    except _NO_VALUE:
        return None
    total = next((_number(trace, id_) for id_ in ("rounded total", "total") if id_ in trace), None)
    grade = trace["grade"] if "grade" in trace else None  # noqa: SIM401 - a trace makes each value anew
    codes = (node.id for node in plan.nodes if node.indicator == node.id)
    marks = {code: value for code in codes if (value := _number(trace, code)) is not None}
    if total is None and "total" in trace:
        return None
    return Stage(total, grade if isinstance(grade, str) else None, marks)


def _number(trace: Trace, node: str) -> Exact | None:
    value = trace[node]
    return value if isinstance(value, Exact) else None
