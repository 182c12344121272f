"""Every block of the manual does what the manual says: rulesets compile or are refused by name, scores are exact.

Cases are scored by both evaluators. A ruleset that compiles means the same when its words are written in the other
language, and the tests inside it pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve, field, frozen

from perfrules import api, score_together
from perfrules.diagnostics import Severity
from perfrules.evaluate import generated, reference
from perfrules.evaluate.assemble import assemble
from perfrules.evaluate.result import Result
from perfrules.ir.inputs import Facts
from perfrules.readers.mapping import read_mapping
from perfrules.readers.raw import ReadOptions
from perfrules.ruletests.run import run_tests
from perfrules.syntax.formatter import format_text
from perfrules.syntax.keywords import Language
from perfrules.text import source_from_text
from tests.spec.blocks import Block, blocks_of
from tests.spec.lines import Line, disagreements, lines_of

PAGES = sorted(page for page in Path(__file__).parent.glob("*.md") if page.name != "README.md")
ALLOWED = "# allowed:"
MARKERS = {"# error:": Severity.ERROR, "# warning:": Severity.WARNING}


@frozen(kw_only=True)
class Case:
    """A ruleset of the manual with the files it names, what is said about it, and the scores beside it.

    *joined* has, by the line of a cohort, the blocks whose entities are scored together with it.
    """

    rules: Block
    files: dict[str, bytes]
    scores: list[Block] = field(factory=list)
    joined: dict[int, list[Block]] = field(factory=dict)

    @property
    def stated(self) -> dict[Severity, set[str]]:
        """The codes that the first lines of the block state, by severity."""
        return _stated(self.rules)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The plug-ins that the first lines of the block allow."""
        lines = self.rules.text.split("\n")
        return tuple(line.removeprefix(ALLOWED).strip() for line in lines if line.startswith(ALLOWED))

    @property
    def text(self) -> str:
        """The whole ruleset; the inside of one is put into braces."""
        text = self.rules.text
        first = next((line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")), "")
        is_whole = first.startswith(("ruleset", "规则集"))
        return text if is_whole else f'ruleset spec "Spec" version "1" {{\n{text}}}\n'


def _stated(block: Block) -> dict[Severity, set[str]]:
    stated: dict[Severity, set[str]] = {severity: set() for severity in MARKERS.values()}
    for line in block.text.split("\n"):
        for marker, severity in MARKERS.items():
            if line.startswith(marker):
                stated[severity].add(line.removeprefix(marker).strip())
    return stated


def cases_of(page: Path) -> Iterator[Case]:
    files: dict[str, bytes] = {}
    case: Case | None = None
    for block in blocks_of(page):
        if block.kind in ("csv", "file"):
            files[block.name] = block.text.encode("utf-8")
        elif block.kind == "perfrules":
            if case is not None:
                yield case
            case = Case(rules=block, files=dict(files))
        elif block.kind in ("scores", "cohort"):
            assert case is not None, f"{block.place}: no ruleset before these scores"
            case.scores.append(block)
        elif block.kind == "together":
            assert case is not None, f"{block.place}: no ruleset before these scores"
            assert case.scores[-1].kind == "cohort", f"{block.place}: no cohort before these scores"
            case.joined.setdefault(case.scores[-1].line, []).append(block)
        else:
            raise AssertionError(
                f"{block.place}: a block is `perfrules`, `scores`, `cohort`, `together FILE`, `csv NAME` or `file NAME`"
            )
    if case is not None:
        yield case


ALL = [pytest.param(case, id=f"{page.stem}-{case.rules.line}") for page in PAGES for case in cases_of(page)]


@pytest.mark.parametrize("case", ALL)
def test_manual(case: Case) -> None:
    compiled = api.compile(case.text, read_resource=case.files.get, plugins=case.allowed)
    found = {
        severity: {each.code.value for each in compiled.diagnostics if each.severity is severity}
        for severity in MARKERS.values()
    }
    stated = case.stated
    assert found[Severity.ERROR] == stated[Severity.ERROR], (case.rules.heading, compiled.diagnostics)
    assert found[Severity.WARNING] >= stated[Severity.WARNING], (case.rules.heading, compiled.diagnostics)
    if compiled.ruleset is None:
        assert not case.scores, f"{case.rules.place}: a refused ruleset has no scores"
        return
    for block in case.scores:
        joined = case.joined.get(block.line, [])
        for line, result in (
            scored_together(case, [(compiled.ruleset, block)], joined) if joined else scored(compiled.ruleset, block)
        ):
            assert not disagreements(result, line), (block.heading, line.text)
    assert_same_in_other_words(case, compiled.ruleset)
    for run in run_tests(compiled.ruleset.plan, compiled.ruleset.tests):
        assert not run.failures, (case.rules.heading, run.test.title)


def scored(ruleset: api.Ruleset, block: Block) -> Iterator[tuple[Line, Result]]:
    if block.kind == "scores":
        for line in lines_of(block.text):
            for result in both_evaluators(ruleset, line):
                yield line, result
        return
    lines = list(lines_of(block.text, named=True))
    line_of = {line.entity: line for line in lines}
    for order in (lines, lines[::-1]):
        for result in a_cohort_by_both_evaluators(ruleset, order):
            yield line_of[result.entity], result


def scored_together(
    case: Case, parts: list[tuple[api.Ruleset, Block]], joined: list[Block]
) -> Iterator[tuple[Line, Result]]:
    """Score a cohort with the entities of other rulesets, in both orders, unless they are said not to go together."""
    for block in joined:
        text = case.files[block.name].decode()
        parts.append((api.loads(text, name=block.name, read_resource=case.files.get), block))
    refused = {code for block in joined for code in _stated(block)[Severity.ERROR]}
    if refused:
        with pytest.raises(api.RulesetError) as told:
            score_together([(ruleset, []) for ruleset, _ in parts])
        assert {each.code.value for each in told.value.diagnostics} == refused
        yield from scored(*parts[0])
        return
    given = [(ruleset, list(lines_of(block.text, named=True))) for ruleset, block in parts]
    line_of = {line.entity: line for _, lines in given for line in lines}
    for order in (1, -1):
        rows = [
            (ruleset, [{ruleset.plan.entity_name: line.entity, **line.given} for line in lines[::order]])
            for ruleset, lines in given[::order]
        ]
        for result in score_together(rows):
            yield line_of[result.entity], result
            if result.trace is not None and result.facts is not None:
                yield from ((line_of[result.entity], again) for again in by_name(result, result.facts))


def a_cohort_by_both_evaluators(ruleset: api.Ruleset, lines: list[Line]) -> Iterator[Result]:
    rows = [{ruleset.plan.entity_name: line.entity, **line.given} for line in lines]
    for result in ruleset.score_all(rows, as_of=lines[0].as_of):
        yield result
        if result.trace is not None and result.facts is not None:
            yield from by_name(result, result.facts)


def both_evaluators(ruleset: api.Ruleset, line: Line) -> Iterator[Result]:
    result = given_with_results(ruleset, line)
    yield result
    if result.trace is not None and result.facts is not None:
        yield from by_name(result, result.facts)


def given_with_results(ruleset: api.Ruleset, line: Line) -> Result:
    """Score one case; what the ruleset reads of other results is given beside the data."""
    plan = ruleset.plan
    if not any(each.external for each in plan.inputs):
        return ruleset.score(line.given, as_of=line.as_of)
    as_data = evolve(plan, inputs=tuple(evolve(each, external=None) for each in plan.inputs))
    return ruleset.score_rows([read_mapping(as_data, line.given, ReadOptions(as_of=line.as_of))])[0]


def by_name(result: Result, facts: Facts) -> Iterator[Result]:
    """Evaluate again: a plan that is used seldom is evaluated by the reference, so each evaluator is asked for."""
    for evaluate_nodes in (reference.evaluate_nodes, generated.evaluate_nodes):
        found = assemble(result.plan, facts, evaluate_nodes(result.plan, facts))
        yield Result(
            entity=found.entity, plan=found.plan, facts=found.facts, trace=found.trace, problems=result.problems
        )


def assert_same_in_other_words(case: Case, ruleset: api.Ruleset) -> None:
    for language in Language:
        formatted = format_text(source_from_text(case.text, "spec")[0], language)
        assert not formatted.diagnostics
        assert api.loads(formatted.text, read_resource=case.files.get, plugins=case.allowed).hash == ruleset.hash


def test_every_page_has_runnable_blocks() -> None:
    assert len(PAGES) >= 12
    for page in PAGES:
        assert list(cases_of(page)), page.name
