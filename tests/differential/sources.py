"""Compare on random rulesets at source level: every step, the whole result, and what does not depend on the writing.

For each ruleset the formatter's text, the text in Chinese words and the statements in another order are compiled too:
the first two have the same hash and results, the third the same marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from attrs import evolve, frozen

from perfrules import api
from perfrules.as_of import as_of_problem
from perfrules.before_scoring import checked_row
from perfrules.evaluate import generated, reference
from perfrules.evaluate.assemble import assemble
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.cohort.passes import compare
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.result import Result
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.lang.states import State
from perfrules.readers.mapping import read_mapping, read_mappings
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.syntax.formatter import format_text
from perfrules.text import SourceText
from perfrules.writers.canonical import canonical_json, canonical_text
from perfrules.writers.result_tree import result_tree
from tests.differential.comparing import Difference, count_plan, difference, outcome
from tests.strategies.ruleset_across import LARGEST_COHORT
from tests.strategies.rulesets import AS_OF, WrittenRuleset, compiled, valid_ruleset

ROWS = 50
REWRITTEN_ROWS = 4


@frozen
class SourceDifference:
    """What differs, in which ruleset, for which data."""

    what: str
    text: str
    row: Mapping[str, object] | None
    detail: object = None

    def shown(self) -> str:
        """Return all of it, for whoever wants to make it again."""
        return f"{self.what}\n{self.text}\n{self.row}\n{self.detail}"


def compare_sources(
    pairs: int, seed: str, rows: int = ROWS, *, rewritten: bool = True
) -> tuple[Counter[str], SourceDifference | None]:
    """Compare until *pairs* of a ruleset and a row are done or something differs; return what was exercised."""
    counts: Counter[str] = Counter()
    before = Counter(generated.TAKEN)
    number = 0
    while counts["pairs"] < pairs:
        random = Random(f"{seed}/{number}")
        written, ruleset, tries = valid_ruleset(random)
        counts["rulesets"] += 1
        counts["rulesets written"] += tries
        others, found = _written_otherwise(written, ruleset, random) if rewritten else ({}, None)
        found = found or _compare_rows(written, ruleset, others, Rows(random, rows, counts))
        if found is not None:
            return counts, found
        number += 1
    counts.update({f"way {way}": times for way, times in (Counter(generated.TAKEN) - before).items()})
    return counts, None


@frozen
class Rows:
    """The rows to be made, and where what they exercise is counted."""

    random: Random
    number: int
    counts: Counter[str]


def _compare_rows(
    written: WrittenRuleset, ruleset: api.Ruleset, others: Mapping[str, api.Ruleset], rows: Rows
) -> SourceDifference | None:
    counts = rows.counts
    count_plan(ruleset.plan, Facts(entity="", values={}, as_of=AS_OF[-1]), counts)
    if has_cohort_rules(ruleset.plan):
        return _compare_cohorts(written, ruleset, others, rows)
    for number in range(rows.number):
        row, as_of = written.row(rows.random), rows.random.choice(AS_OF)
        read = read_mapping(ruleset.plan, row, ReadOptions(as_of=as_of))
        counts["pairs"] += 1
        counts.update(f"construct {each}" for each in written.used)
        detail = _compare_pair(ruleset, read, counts)
        if detail is not None:
            return SourceDifference("the evaluators", written.text, row, detail)
        for what, other in others.items() if number < REWRITTEN_ROWS else ():
            if marks_of(ruleset, row, as_of, what) != marks_of(other, row, as_of, what):
                return SourceDifference(what, written.text, row, other.source.text)
            counts[f"same result {what}"] += 1
    return None


def _compare_cohorts(
    written: WrittenRuleset, ruleset: api.Ruleset, others: Mapping[str, api.Ruleset], rows: Rows
) -> SourceDifference | None:
    """Compare entities that are scored together: the statistics first, then every one of them by itself."""
    counts = rows.counts
    for start in range(0, rows.number, LARGEST_COHORT):
        size = min(LARGEST_COHORT, rows.number - start)
        as_of, name = rows.random.choice(AS_OF), ruleset.plan.entity_name
        cohort = [{name: f"entity {number}", **written.row(rows.random)} for number in range(size)]
        read = read_mappings(ruleset.plan, cohort, ReadOptions(as_of=as_of)).rows
        counts["pairs"] += size
        counts["cohorts"] += 1
        counts.update(f"construct {each}" for each in written.used)
        for number, detail in enumerate(_compare_together(ruleset, read, counts)):
            if detail is not None:
                return SourceDifference("the evaluators, of a cohort", written.text, cohort[number], (cohort, detail))
        for what, other in others.items() if start == 0 else ():
            if marks_together(ruleset, cohort, as_of, what) != marks_together(other, cohort, as_of, what):
                return SourceDifference(what, written.text, cohort[0], other.source.text)
            counts[f"same result {what}"] += 1
    return None


def _compare_together(ruleset: api.Ruleset, rows: Sequence[EntityRow], counts: Counter[str]) -> Iterator[object]:
    checked = [checked_row(ruleset.plan, row) for row in rows]
    cohort = [(row.entity, row.facts) for row in checked]
    for known, found, row in zip(
        compare(ruleset.plan, cohort, reference=True), compare(ruleset.plan, cohort), checked, strict=True
    ):
        if known.facts is None or found.facts is None:
            counts["status refused"] += 1
            counts.update(f"problem {each.code.value}" for each in (*row.problems, *known.problems))
            yield None if known.problems == found.problems else (known, found)
        elif known.facts.cohort != found.facts.cohort:
            yield known.facts.cohort, found.facts.cohort
        else:
            counts.update(f"statistic {_state_of(fact.value)}" for fact in known.facts.cohort.values())
            yield _compare_pair(ruleset, evolve(row, facts=known.facts), counts)


def _state_of(value: object) -> str:
    return value.value if isinstance(value, State) else "value"


def _written_otherwise(
    written: WrittenRuleset, ruleset: api.Ruleset, random: Random
) -> tuple[dict[str, api.Ruleset], SourceDifference | None]:
    source = SourceText("ruleset", written.text)
    formatted = format_text(source).text
    texts = {
        "formatted": formatted,
        "in Chinese words": format_text(source, "zh").text,
        "in another order": written.shuffled(random),
    }
    if format_text(SourceText("ruleset", texts["in Chinese words"]), "en").text != format_text(source, "en").text:
        return {}, SourceDifference("Chinese words and back", written.text, None)
    found: dict[str, api.Ruleset] = {}
    for what, text in texts.items():
        again = compiled(written, text)
        if again.ruleset is None:
            return {}, SourceDifference(f"errors {what}", written.text, None, again.diagnostics)
        if what != "in another order" and again.ruleset.hash != ruleset.hash:
            return {}, SourceDifference(f"the hash {what}", written.text, None)
        found[what] = again.ruleset
    return found, None


def _compare_pair(ruleset: api.Ruleset, read: EntityRow, counts: Counter[str]) -> object:
    plan, facts = ruleset.plan, read.facts
    if facts is None:
        counts["status refused"] += 1
        counts.update(f"problem {each.code.value}" for each in read.problems)
        return None
    if as_of_problem(plan, facts.as_of) is not None:
        counts["status refused"] += 1
        counts["problem as of"] += 1
        return None
    found: Difference | None = difference(plan, facts, counts)
    if found is not None:
        return found
    expected, other = outcome(reference.evaluate_nodes, plan, facts), outcome(generated.evaluate_nodes, plan, facts)
    if isinstance(expected, type) or isinstance(other, type):
        return "a case that the checker rules out" if expected is EvaluationDefect else None
    return _compare_results(ruleset, facts, (expected, other), counts)


def _compare_results(ruleset: api.Ruleset, facts: Facts, traces: tuple[Trace, Trace], counts: Counter[str]) -> object:
    plan = ruleset.plan
    results = [assemble(plan, facts, trace) for trace in traces]
    first, second = (canonical_json(plan, [result]) for result in results)
    if first != second:
        return first, second
    result = results[0]
    counts[f"status {result.status.value}"] += 1
    counts.update(f"indicator {each.status.value}" for each in result.indicators.values())
    counts[f"overridden {bool(facts.overrides)}"] += 1
    counts.update(f"veto {each.effect}" for each in result.vetoes)
    counts[f"grade {result.grade}"] += 1
    counts["left out"] += bool(result.left_out)
    return None


def marks_together(ruleset: api.Ruleset, rows: Sequence[Mapping[str, object]], as_of: date | None, what: str) -> str:
    """Return the canonical results of a cohort."""
    return "\n".join(_canonical(result, what) for result in ruleset.score_all(rows, as_of=as_of))


def marks_of(ruleset: api.Ruleset, row: Mapping[str, object], as_of: date | None, what: str) -> str:
    """Return a row's canonical result; for statements in another order, without what tells their order."""
    return _canonical(ruleset.score(row, as_of=as_of), what)


def _canonical(result: Result, what: str) -> str:
    tree: dict[str, Any] = result_tree(result)
    if what == "in another order":
        tree["left_out"] = sorted(tree["left_out"])
        tree["vetoes"] = sorted(tree["vetoes"], key=lambda veto: (veto["reason"], str(veto["indicator"])))
        for each in tree["problems"]:
            if each["code"] == "statistic-refused":
                each["args"] = {}  # the first statistic is told
        tree["problems"] = sorted(str(each) for each in tree["problems"])
        tree.pop("across_entities", None)  # they are numbered in the order of the text
    return canonical_text(tree)
