"""Differences and quotients of statistics and of an entity's own values lie where they are proven to, in any cohort."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.diagnostics import Severity
from perfrules.prove.declared import declared
from perfrules.prove.enclose import enclose_plan
from tests.strategies.enclosures import is_inside

MODEST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32).map(Random)

VALUES = ("x", "y", "x + y", "alias", "gap", "S", "S", "J.rate", "m")
"""What is compared: inputs, a sum, an input and a difference by name, marks, marks of people, what can be missing."""


def ruleset_text(random: Random) -> str:
    """Write a ruleset whose outputs are differences and quotients of statistics and of what they are of."""
    lines = [
        "input x : number decimals 1 in [0, 4]",
        f"input y : number decimals 1 in [{random.choice((-3, 0))}, 3]",
        "input m : number decimals 1 in [0, 4] optional",
        "input e : yes/no",
        "input g : one of (left, right)",
        "let alias = x",
        "let gap = x - y",
        "indicator S 4 points { score = x }",
        'indicator J 5 points { score judged { "good" -> [3, 5]; "poor" -> [0, 3) } }',
    ]
    for number in range(6):
        usual = {choice: random.choice(of) for choice, of in CHOICES.items()}
        names = [f"n{number}_{each}" for each in range(3)]
        for name, how in zip(names, (*random.choice(ORDERED), random.choice(("own", "min", "max"))), strict=True):
            chosen = {choice: random.choice(of) for choice, of in CHOICES.items() if random.random() < 0.3}
            lines.append(f"let {name} = {_term(random, how, usual | chosen)}")
        above, below = (random.choice(_sums(names)) for _ in range(2))
        known = random.choice(("", "if m is missing then 0 else ", "if not e or m is missing then 0 else "))
        guard = random.choice(("> 0", "> 0", "!= 0", "< 0"))
        lines.append(f"output f{number} : number = {known}if {below} {guard} then ({above}) / ({below}) else 0")
        lines.append(f"output d{number} : number = {known}{random.choice(_sums(names))}")
    return "\n".join(['ruleset r "R" version "1" {', *lines, "}"])


ORDERED = (
    *(
        ("own", "max"),
        ("min", "own"),
        ("own", "sum"),
        ("min", "max"),
        ("max", "sum"),
        ("min", "sum"),
        ("rank", "count"),
    ),
    *(("mean", "max"), ("min", "median"), ("percentile", "max"), ("mean", "sum"), ("mean", "median"), ("own", "mean")),
)
"""What is asked for in a formula; of most pairs the first is never above the second, of the same members."""
CHOICES = {
    "value": VALUES,
    "within": ("", "", " within g"),
    "where": ("", "", " where e"),
    "present": ("", ", among those present"),
}


def _sums(names: list[str]) -> list[str]:
    a, b, c = names
    return [a, b, f"{a} - {b}", f"{b} - {a}", f"2 * {b} - 2 * {c}", f"{c} - {a}", f"{a} - {b} + 1", f"{b} + 1"]


def _term(random: Random, how: str, chosen: dict[str, str]) -> str:
    value, within, where = chosen["value"], chosen["within"], chosen["where"]
    present = ", among those present" if value == "m" else chosen["present"]
    empty = f" empty -> {random.choice((0, 1, 9))}" if where or present else ""
    cohort = f"across entities{within}{where}"
    match how:
        case "own":
            return value
        case "count":
            return f"count({cohort}{random.choice((present, ''))})"
        case "rank":
            first, ties = random.choice(("highest", "lowest")), random.choice(("best", "worst", "mean", "dense"))
            answer = f"rank({value} {cohort}, {first} first, ties share {ties}{present})"
            return f"if e then {answer} else 1" if where and random.random() < 0.5 else answer
        case "percentile":
            return f"percentile({value} {cohort} at 40%, interpolated{present}{empty})"
        case "sum":
            return f"sum({value} {cohort}{present})"
        case _:
            return f"{how}({value} {cohort}{present}{empty})"


def ruleset_of(random: Random) -> api.Ruleset:
    """Return a random ruleset, without the outputs that the checker refuses, such as cases that are never reached."""
    lines = ruleset_text(random).split("\n")
    while (compiled := api.compile("\n".join(lines))).ruleset is None:
        wrong = {each.at.start for each in compiled.diagnostics if each.severity is Severity.ERROR and each.at}
        ends = list(accumulate(len(line) + 1 for line in lines))
        refused = {bisect_right(ends, start) for start in wrong}
        assert refused
        assert all(lines[number].startswith("output") for number in refused), (compiled.diagnostics, lines)
        lines = [line for number, line in enumerate(lines) if number not in refused]
    return compiled.ruleset


def cohort_of(random: Random, size: int, *, people_decide: bool) -> list[dict[str, object]]:
    """Return the rows of a cohort; where people decide, some marks are open and some values overridden."""
    return [_row(random, number, people_decide) for number in range(size)]


def _row(random: Random, number: int, people_decide: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "entity": f"entity {number}",
        "x": random.randint(0, 4),
        "y": random.randint(0, 3),
        "e": random.random() < 0.6,
        "g": random.choice(("left", "right")),
    }
    if random.random() < 0.7:
        row["m"] = random.randint(0, 4)
    if people_decide and random.random() < 0.3:
        row |= {"S.override.value": random.randint(-2, 6), "S.override.by": "b", "S.override.why": "w"}
    return row if people_decide and random.random() < 0.4 else row | _judged(random)


def _judged(random: Random) -> dict[str, object]:
    mark = random.randint(0, 5)
    return {"J.level": "good" if mark >= 3 else "poor", "J.mark": mark, "J.by": "b", "J.reason": "r"}


@MODEST
@given(random=seeds, size=st.integers(1, 5))
def test_every_value_lies_where_it_was_proven_to(random: Random, size: int) -> None:
    ruleset = ruleset_of(random)
    proven = enclose_plan(ruleset.plan, declared(ruleset.plan))
    for result in ruleset.score_all(cohort_of(random, size, people_decide=False)):
        assert result.trace is not None
        for node, enclosure in proven.items():
            value = result.trace[node]
            assert is_inside(value, enclosure), (node, value, enclosure)


@MODEST
@given(random=seeds, size=st.integers(1, 5))
def test_every_decision_leaves_values_where_they_could_lie(random: Random, size: int) -> None:
    ruleset = ruleset_of(random)
    rows = cohort_of(random, size, people_decide=True)
    before = ruleset.score_all(rows)
    after = ruleset.score_all([row if "J.mark" in row else row | _judged(random) for row in rows])
    for open_, final in zip(before, after, strict=True):
        assert final.trace is not None
        for node, enclosure in open_.enclosures.items():
            value = final.trace[node]
            assert is_inside(value, enclosure), (node, value, enclosure)
