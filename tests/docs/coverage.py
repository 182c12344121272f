"""The page of what covers the published rules: `python -m tests.docs.coverage` writes it, a test holds it current."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Final

from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.clauses import (
    AmountStyle,
    Applies,
    Combine,
    ExcludedShare,
    Indicator,
    Let,
    Lights,
    Measure,
    Missing,
    Round,
    StatusWorst,
    Veto,
)
from perfrules.syntax.ast.composition import Use
from perfrules.syntax.ast.declarations import Alert, Check, Decision, Grades, OtherResults, Output, Parameter, Schedule
from perfrules.syntax.ast.expressions import Aggregate, CaseExpression, Conditional, Previous, RoundTo
from perfrules.syntax.ast.scoring import (
    Bands,
    Between,
    Cases,
    Curve,
    Distance,
    Judged,
    Records,
    ScoreExpression,
    Subjects,
    Tally,
    TallyLine,
    Unbounded,
    When,
)
from tests.docs.conformance_rules import Rule, all_rules

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "coverage.md"
Test = Callable[[Rule], bool]


def uses(*kinds: type) -> Test:
    """Tell whether a rule has a part of one of these classes."""
    return lambda rule: bool(rule.kinds & set(kinds))


def _some(kind: type, holds: Callable[[object], bool]) -> Test:
    return lambda rule: any(isinstance(part, kind) and holds(part) for part in rule.trees)


def _line_with(subject: type) -> Test:
    return _some(TallyLine, lambda line: isinstance(getattr(line, "subject", None), subject))


def _amount(style: AmountStyle) -> Test:
    return _some(Indicator, lambda each: getattr(getattr(each, "amount", None), "style", None) is style)


SCORING: Final[dict[str, Test]] = {
    "`score tally`": uses(Tally),
    "`score curve`": uses(Curve),
    "`score =`": uses(ScoreExpression),
    "`score bands`": uses(Bands),
    "`score cases`": uses(Cases),
    "`score judged`": uses(Judged),
}
CONSTRUCTS: Final[dict[str, Test]] = {
    "tally line: distance from a reference": _line_with(Distance),
    "tally line: counts and facts": _line_with(Subjects),
    "tally line: records of a table": _line_with(Records),
    "tally line: `when`": _line_with(When),
    "`at most` on a line": _some(TallyLine, lambda line: getattr(line, "at_most", None) is not None),
    "`unless`": _some(TallyLine, lambda line: getattr(line, "unless", None) is not None),
    "limits (`between`, `unbounded`)": uses(Between, Unbounded),
    "`measure`": uses(Measure),
    "`let`": uses(Let),
    "`if … then … else …`, `cases`": uses(Conditional, CaseExpression),
    "aggregates over a table": uses(Aggregate),
    "statistics across entities": uses(Across),
    "`param`": uses(Parameter),
    "`schedule`": uses(Schedule),
    "`round`": uses(Round, RoundTo),
    "`applies when`": uses(Applies),
    "`missing ->`": uses(Missing),
    "`excluded share`": uses(ExcludedShare),
    "`combine`": uses(Combine),
    "weights": _amount(AmountStyle.WEIGHT),
    "bonus": _amount(AmountStyle.BONUS),
    "`veto`": uses(Veto),
    "`grades`": uses(Grades),
    "`decision`": uses(Decision),
    "`alert`, `lights`, `status`": uses(Alert, Lights, StatusWorst),
    "`output`": uses(Output),
    "`previous`": uses(Previous),
    "`check`": uses(Check),
    "`results` of another ruleset": uses(OtherResults),
    "definitions of a library": uses(Use),
}


def coverage_page() -> str:
    """Return the page."""
    rules = all_rules()
    parts = [_head(rules), _constructs(rules), _methods(rules), _people(rules), _each(rules)]
    return "\n\n".join(parts) + "\n"


def _head(rules: list[Rule]) -> str:
    readings = sum(len(rule.readings) for rule in rules)
    bodies = [lines for rule in rules if (lines := rule.body_lines) is not None]
    without = len(rules) - len(bodies)
    whole = [rule.lines for rule in rules]
    return f"""# What covers the published rules

This page is made by `python -m tests.docs.coverage` from the
[conformance cases](../../dsl_grammar/conformance/README.md): {len(rules)} scoring rules of published rubrics in
{readings} readings.

中文：{len(rules)} 条已公开的评分规则各用到哪些写法、平均几行。

| | mean | median |
|---|--:|--:|
| lines of an indicator's body | {_decimal(_mean(bodies))} | {_decimal(median(bodies))} |
| lines of the whole rule, without the frame of the ruleset | {_decimal(_mean(whole))} | {_decimal(median(whole))} |

How lines are counted: as they stand in the cases, without blank lines, comments and lines that only close braces.
*An indicator's body* is what stands inside the braces of the outermost indicators: `measure`, `score` with its lines,
`applies when`, `missing`, notes, children. *The whole rule* is everything but the frame, which is the header,
`entity`, `total`, `scale` and the declarations of data (`input`, `table`, units, holidays): the indicators with their
first lines, parameters, `let`, schedules, combining, rounding, vetoes, grades, decisions, alerts, outputs and checks.
A library beside the ruleset counts with it. A rule counts once, with the mean over its readings; {without} rules have
no indicator (alerts and decisions), so no body."""


def _constructs(rules: list[Rule]) -> str:
    scoring = _table({name: sum(map(test, rules)) for name, test in SCORING.items()})
    others = _table({name: sum(map(test, rules)) for name, test in CONSTRUCTS.items()})
    return f"""## How many rules use what

A rule counts where one of its readings uses the construct. First the six ways to score:

{scoring}

Then what stands inside and around them:

{others}"""


def _table(counts: dict[str, int]) -> str:
    rows = [f"| {name} | {count} |" for name, count in sorted(counts.items(), key=lambda row: -row[1])]
    return "\n".join(["| construct | rules |", "|---|--:|", *rows])


def _methods(rules: list[Rule]) -> str:
    rows = []
    for method in dict.fromkeys(rule.method for rule in rules):
        of_method = [rule for rule in rules if rule.method == method]
        ways = [name for name, test in SCORING.items() if any(map(test, of_method))]
        lines = _decimal(_mean(rule.lines for rule in of_method))
        rows.append(f"| {method.lower()} | {len(of_method)} | {lines} | {', '.join(ways) or '—'} |")
    head = "| method | rules | lines, mean | ways to score |\n|---|--:|--:|---|"
    return "\n".join(["## By the method of the rubric\n", head, *rows])


def _people(rules: list[Rule]) -> str:
    judged = [rule for rule in rules if rule.is_judged]
    stated = [rule for rule in rules if rule.has_stated_reading]
    several = [rule for rule in rules if len(rule.readings) > 1]
    plain = [rule for rule in rules if not rule.has_stated_reading]
    return f"""## Where a person decides, and where a reading was stated

{len(judged)} rules need the judgement of a person, who gives a level or a mark within limits: {_ids(judged)}.

{len(stated)} rules leave something open that a reading has to state, if only the full marks or an edge;
{len(several)} rules are written in more than one reading: {_ids(several)}.

{len(plain)} need nothing stated: {_ids(plain)}."""


def _each(rules: list[Rule]) -> str:
    head = "| id | rule | readings | cases | lines | by |\n|--:|---|--:|--:|--:|---|"
    return "\n".join(["## Each rule\n", head, *(_row(rule) for rule in rules)])


def _row(rule: Rule) -> str:
    by = "judged" if rule.is_judged else "stated reading" if rule.has_stated_reading else "the words alone"
    gloss = rule.gloss.replace("|", "\\|")
    return f"| {rule.id} | {gloss} | {len(rule.readings)} | {rule.cases} | {_decimal(rule.lines)} | {by} |"


def _ids(rules: Iterable[Rule]) -> str:
    return ", ".join(str(rule.id) for rule in rules)


def _mean(numbers: Iterable[Fraction]) -> Fraction:
    found = list(numbers)
    return sum(found, Fraction(0)) / len(found)


def _decimal(number: Fraction) -> str:
    """Write *number* to one decimal, half up."""
    tenths = (number * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


if __name__ == "__main__":
    PAGE.write_text(coverage_page(), encoding="utf-8")
