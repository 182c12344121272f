"""Whole rulesets as text: both evaluators, the formatter, Chinese words and another order of statements agree."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from perfrules import api
from perfrules.evaluate.result import Status
from perfrules.evaluate.sections import IndicatorStatus
from perfrules.lang.rounding import Mode
from perfrules.lang.states import State
from tests.differential.sources import SourceDifference, compare_sources
from tests.strategies.rulesets import WrittenRuleset, rulesets

CONSTRUCTS = {
    "aggregate": "all as condition, any as condition, count, count as condition, count distinct, deviation, empty, "
    "empty excluded, max, mean, median, min, population deviation, sample deviation, share, skipping, sum, "
    "trimmed mean, where",
    "across": "apportionment, count, count distinct, deviation, interpolated, marks, max, mean, median, min, "
    "nearest rank, percentile rank, present, rank, share, sum, ties best, ties dense, ties mean, ties worst, total, "
    "trimmed mean, where, within",
    "amounts": "base, group amounts, points, weights",
    "applies otherwise": "excluded, full, points, zero",
    "bands": "down, equal, moving, options, ranges, up, yes/no",
    "choice": "!=, =, one of",
    "combine": "best, expression, first available, geometric mean, harmonic mean, median, sum, weighted mean, worst",
    "compare": "<, <=, >, >=",
    "excluded share": "lost, rescale, to",
    "function": "abs, max, mean, min, mixed, per, sum",
    "grades of": "total, rounded total",
    "indicator": "full, marks, measure, rate",
    "input": "area, choice, count, date, days, households, money, number, optional, percent, persons, points, table, "
    "text, workdays, yes/no, yuan",
    "irrational": "exp, ln, power, root, sqrt",
    "is": "excluded, missing, pending",
    "judged": "below zero, level, mark, range",
    "limits": "between, unbounded",
    "missing": "excluded, full, pending, points, zero",
    "mode": ", ".join(Mode),
    "operator": "*, +, -, /, ^",
    "output": "%, points, yes/no, 万元, 元",
    "param": "constant, dated, dated groups, file, grouped, two groups",
    "per": "exact, part of target, started, whole",
    "root": "best, geometric mean, harmonic mean, median, sum, weighted mean",
    "round": "leaves, levels, measure, own marks, to decimals, to significant, to step, total",
    "score": "bands, cases, curve, formula, from another indicator, judged, tally",
    "tally": "above, at most, away from, below, distance, events, fact, facts, less, limits, nested, plus, records, "
    "records amount of record, records once per, records plain, records unless, subject, unless, when, zero",
    "total": "at most, between, capped, plain, unbounded",
    "unit": "multiple, renamed",
    "veto": "flag, grade, grade at most, total, zero",
    "weights": "by parameter, of 100%, relative",
    "written as": "percent, ratio",
    "": "alert, and, authority, bonus, check, check of records, cite, date compared, days, decision, "
    "decision on grade, entity, evidence, grades, guarded divisor, holidays, if then else, in range, let, "
    "lights, name in brackets, not, note, optional table, or, relative gap, scale, schedule, source, "
    "status worst of children, text compared, workdays",
}
EXERCISED = (
    *(
        f"construct {group} {name}".replace("  ", " ")
        for group, names in CONSTRUCTS.items()
        for name in names.split(", ")
    ),
    *(f"status {status}" for status in Status),
    *(f"indicator {status}" for status in IndicatorStatus),
    *(f"value {state}" for state in (State.MISSING, State.EXCLUDED, State.PENDING)),
    *(f"value {what}" for what in ("number", "condition", "text", "date", "records", "none", "not evaluated")),
    *(f"held as {form}" for form in ("constant", "scaled", "pair", "fraction", "truth", "object")),
    *(f"way {way}" for way in ("generated", "an override", "unusual facts")),
    *(f"same result {what}" for what in ("formatted", "in Chinese words", "in another order")),
    *(f"veto {effect}" for effect in ("zero", "total 0", "grade", "grade at most", "flag")),
    *(
        *(f"statistic {value}" for value in ("value", "pending", "refused")),
        "problem data-missing",
        "problem data-too-fine",
        "problem data-outside-range",
        "problem as of",
        "overridden True",
    ),
)


@pytest.fixture(scope="module")
def compared() -> tuple[Counter[str], SourceDifference | None]:
    return compare_sources(1_500, "suite", rows=8)


def test_a_ruleset_means_the_same_however_it_is_evaluated_and_written(
    compared: tuple[Counter[str], SourceDifference | None],
) -> None:
    different = compared[1]
    assert different is None, different.shown()


@pytest.mark.parametrize("what", EXERCISED)
def test_the_rulesets_exercise(what: str, compared: tuple[Counter[str], SourceDifference | None]) -> None:
    assert compared[0][what] > 0


def test_most_rulesets_that_are_written_pass_the_checker(
    compared: tuple[Counter[str], SourceDifference | None],
) -> None:
    assert 2 * compared[0]["rulesets"] > compared[0]["rulesets written"]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(rulesets())
def test_a_ruleset_that_passes_scores_an_empty_row(found: tuple[WrittenRuleset, api.Ruleset, int]) -> None:
    written, ruleset, _ = found
    result = ruleset.score({})
    assert result.status in Status
    assert ruleset.name in written.text
