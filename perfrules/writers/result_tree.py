"""A result as plain lists and mappings of texts: what every written form of it is made from.

Every number is a text, decimal where it terminates, else `p/q`. What waits for a person is an interval (a number),
the list of what it can still be (a grade, a light), or None (a decision). A measure or an output that has no value
says in which state it is. Codes only: no words of a language, no time, host or path, and no row numbers, so that an
entity's result depends on the ruleset and its data alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

from attrs import asdict

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.places import BEFORE_VETOES
from perfrules.evaluate.result import AppliedVeto, IndicatorResult, Result
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.inputs import Override
from perfrules.ir.plan import OutlineItem, Plan, PluginIdentity, ResultOutline
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval
from perfrules.lang.states import State
from perfrules.readers.supplied import PREVIOUS, UsedResults

Tree: TypeAlias = dict[str, Any]

_PROGRAM_PLACES: Final = ("sheet", "column", "value", "entity")


def results_tree(
    plan: Plan,
    results: Iterable[Result],
    used: Sequence[UsedResults] = (),
    *,
    readers: Iterable[PluginIdentity] = (),
) -> Tree:
    """Return all results with the ruleset they come from; *hash* is of its meaning, in whatever words it is written.

    *readers* are the plug-ins that read the data; they are named with those of the ruleset, where there are any.
    The files that the ruleset is made of beside its own, and the definitions of its indicators, stand there too.
    *used* are the results of other rulesets or periods that were read for these.
    """
    plugins = [_plugin(each) for each in (*plan.plugins, *readers)]
    ruleset = {"name": plan.name, "version": plan.version, "hash": plan.compiled_hash}
    return {
        "ruleset": ruleset,
        "language_version": plan.language_version,
        "results": [result_tree(result) for result in results],
        **({"plugins": plugins} if plugins else {}),
        **({"sources": [asdict(each) for each in plan.sources]} if plan.sources else {}),
        **({"definitions": definitions} if (definitions := _definitions(plan.outline)) else {}),
        **({"results_used": [asdict(each) for each in used]} if used else {}),
    }


def together_tree(
    plans: Sequence[Plan],
    results: Iterable[Result],
    used: Sequence[UsedResults] = (),
    *,
    readers: Iterable[PluginIdentity] = (),
) -> Tree:
    """Return the results of rulesets that were scored together: for each ruleset what `results_tree` has of it."""
    found, named = tuple(results), tuple(readers)
    rulesets = {plan.compiled_hash: plan for plan in plans}
    return {
        "together": [
            results_tree(
                plan,
                [each for each in found if each.plan.compiled_hash == digest],
                [each for each in used if _reads(plan, each)],
                readers=named,
            )
            for digest, plan in rulesets.items()
        ]
    }


def _reads(plan: Plan, used: UsedResults) -> bool:
    read = {(each.external.alias or PREVIOUS, each.external.ruleset) for each in plan.inputs if each.external}
    return (used.name, used.ruleset) in read


def _definitions(outline: Iterable[OutlineItem]) -> dict[str, str]:
    """Return which definitions indicators are made of, by code."""
    found: dict[str, str] = {}
    for item in outline:
        if item.definition is not None:
            found[item.code] = item.definition
        found |= _definitions(item.children)
    return found


def result_tree(result: Result) -> Tree:
    """Return one entity's result."""
    plan = result.plan
    return {
        "entity": result.entity,
        "status": result.status.value,
        "total": number_or_open(result, result.total, "rounded total", "total"),
        "total_unrounded": number_or_open(result, result.total_unrounded, "total"),
        "grade": _words_or_open(result, result.grade, "grade", plan.grades),
        "indicators": {code: _indicator(result, each) for code, each in result.indicators.items()},
        "decisions": dict(result.decisions),
        "alerts": {each.name: _light(result, each) for each in plan.alerts if each.name in result.alerts},
        "outputs": {each.name: _value(result, result.outputs[each.name], each.node) for each in _known(result)},
        "flags": dict(result.flags),
        "vetoes": [_veto(each) for each in result.vetoes],
        "left_out": list(result.left_out),
        "problems": [problem_tree(each) for each in result.problems],
        **({"across_entities": _across_entities(result)} if has_cohort_rules(plan) else {}),
    }


def problem_tree(problem: Diagnostic) -> Tree:
    """Return a problem by code, with its arguments and its place in the data."""
    where = problem.where
    places = {name: getattr(where, name) for name in _PROGRAM_PLACES} if where is not None else {}
    return {
        "code": problem.code.value,
        "severity": problem.severity.value,
        "args": {name: _argument(value) for name, value in problem.args.items() if name != "rows"},
        "where": {name: value for name, value in places.items() if value is not None},
    }


def number_or_open(result: Result, value: Exact | None, *nodes: str) -> str | Tree | None:
    """Return a number, or the interval in which it will lie; None where there is and will be none."""
    if value is not None:
        return as_text(value)
    interval = next((result.enclosures[node].numbers for node in nodes if node in result.enclosures), None)
    return None if interval is None else interval_tree(interval)


def interval_tree(interval: Interval) -> Tree:
    """Return an interval; an unbounded end is None and open."""
    return {
        "lo": None if interval.lo is None else as_text(interval.lo),
        "hi": None if interval.hi is None else as_text(interval.hi),
        "lo_closed": interval.lo_closed,
        "hi_closed": interval.hi_closed,
    }


def _indicator(result: Result, found: IndicatorResult) -> Tree:
    code = found.code
    stages = (*(f"{code}/{stage}" for stage in ("overridden", "rounded", "held", "score")), code)
    return {
        "status": found.status.value,
        "score": number_or_open(result, found.score, code),
        "full": number_or_open(result, found.full, f"{code}/full"),
        "measure": _value(result, found.measure, f"{code}/measure"),
        "computed": number_or_open(result, found.computed, *stages[-2:]),
        "unrounded": number_or_open(result, found.unrounded, *stages[-3:]),
        "unvetoed": number_or_open(result, found.unvetoed, *stages),
        "light": _words_or_open(result, found.light, f"{code}/light"),
        "override": None if found.override is None else _override(found.override),
    }


def _value(result: Result, value: object, node: str) -> object:
    """Return any value: a state as `{"state": …}`, unless it is open and an interval is known."""
    match value:
        case State():
            is_open = value is State.PENDING
            interval = number_or_open(result, None, node) if is_open else None
            return interval or {"state": value.value}
        case Exact():
            return as_text(value)
        case date():
            return value.isoformat()
        case None | bool() | str():
            return value
    raise TypeError(f"no value of a result: {type(value)}")


def _words_or_open(result: Result, value: str | None, node: str, order: tuple[str, ...] = ()) -> str | list[str] | None:
    """Return a grade or a light, or all it can still be: in the order of the grades, else of the alphabet."""
    if value is not None or node not in result.enclosures:
        return value
    texts = result.enclosures[node].texts
    if not texts:
        return list(order) or None if texts is None else None
    return sorted(texts, key=order.index) if set(texts) <= set(order) else sorted(texts)


def _light(result: Result, alert: ResultOutline) -> str | list[str] | None:
    return _words_or_open(result, result.alerts[alert.name], alert.node)


def _across_entities(result: Result) -> Tree:
    """Return the statistics of the cohort as this entity has them; those that only vetoes read are no results."""
    known = result.facts.cohort if result.facts is not None else {}
    return {
        node.id: {
            "statistic": node.expr.op.value,
            "value": _value(result, known[node.id].value, node.id),
            "count": str(known[node.id].count),
            "absent": list(known[node.id].absent),
        }
        for node in result.plan.nodes
        if isinstance(node.expr, CohortAggregate) and node.id in known and not node.id.endswith(BEFORE_VETOES)
    }


def _known(result: Result) -> tuple[ResultOutline, ...]:
    return tuple(each for each in result.plan.outputs if each.name in result.outputs)


def _override(override: Override) -> Tree:
    return {"value": as_text(override.value), "by": override.by, "why": override.why}


def _veto(veto: AppliedVeto) -> Tree:
    return {"reason": veto.reason, "effect": veto.effect, "indicator": veto.indicator}


def _plugin(plugin: PluginIdentity) -> Tree:
    return {"kind": plugin.kind, "name": plugin.name, "version": plugin.version, "digest": plugin.digest}


def _argument(value: str | int | tuple[str, ...]) -> Mapping[str, Any] | str | list[str]:
    return [str(each) for each in value] if isinstance(value, tuple) else str(value)
