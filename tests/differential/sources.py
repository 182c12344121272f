"""Compare on random rulesets at source level: every step, the whole result, and what does not depend on the writing.

For each ruleset the formatter's text, the text in Chinese words and the statements in another order are compiled too:
the first two have the same hash and results, the third the same marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from attrs import frozen

from perfrules import api
from perfrules.as_of import as_of_problem
from perfrules.evaluate import generated, reference
from perfrules.evaluate.assemble import assemble
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.readers.mapping import read_mapping
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.syntax.formatter import format_text
from perfrules.text import SourceText
from perfrules.writers.canonical import canonical_json, canonical_text
from perfrules.writers.result_tree import result_tree
from tests.differential.comparing import Difference, count_plan, difference, outcome
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


def marks_of(ruleset: api.Ruleset, row: Mapping[str, object], as_of: date | None, what: str) -> str:
    """Return a row's canonical result; for statements in another order, without what tells their order."""
    tree: dict[str, Any] = result_tree(ruleset.score(row, as_of=as_of))
    if what == "in another order":
        tree["left_out"] = sorted(tree["left_out"])
        tree["vetoes"] = sorted(tree["vetoes"], key=lambda veto: (veto["reason"], str(veto["indicator"])))
        tree["problems"] = sorted(str(each) for each in tree["problems"])
    return canonical_text(tree)
