"""The page of one entity, as data: what the templates show, in words and exact figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from attrs import frozen

from perfrules.evaluate.result import Result
from perfrules.explain import explain
from perfrules.explain.entity_text import better_line, light_line, result_line
from perfrules.explain.explanation import EntityExplanation, IndicatorExplanation
from perfrules.report.icicle import Icicle, icicle
from perfrules.report.marks import marks_of
from perfrules.report.marks_rows import MarksRow, marks_row
from perfrules.report.next_steps import NextStep, changes_by_code, next_steps
from perfrules.report.problems import Problem, name_of, problems_in_words
from perfrules.report.rules import RuleSection, rule_section
from perfrules.report.tree import branches_without_total, score_tree
from perfrules.report.waterfall import Waterfall, waterfall
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class Summary:
    """What stands at the head: total, grade, status."""

    entity: str
    status: str
    status_text: str
    total: str
    full: str
    grade: str
    has_total: bool
    has_grade: bool


@frozen(kw_only=True)
class EntityPage:
    """Everything a report says of one entity; told briefly, *rules* is empty and there is no drawing of the tree."""

    anchor: str
    summary: Summary
    steps: tuple[str, ...]
    grade: tuple[str, ...]
    vetoes: tuple[str, ...]
    left_out: tuple[str, ...]
    overrides: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...]
    results: tuple[str, ...]
    lights: tuple[str, ...]
    problems: tuple[Problem, ...]
    citations: tuple[str, ...]
    waterfall: Waterfall | None
    icicle: Icicle | None
    rows: tuple[MarksRow, ...]
    next_steps: tuple[NextStep, ...]
    rules: tuple[RuleSection, ...]


def entity_page(result: Result, say: Wording, anchor: str = "e", *, brief: bool = False) -> EntityPage:
    """Return the page of one entity; a *brief* one without the rules and the drawing of the tree."""
    entity = cast(EntityExplanation, explain(result))
    explained = {} if brief else _explained(result)
    tree = score_tree(entity, explained, result.plan.outline) if explained else None
    branches = (tree,) if tree else branches_without_total(explained, result.plan.outline) if explained else ()
    anchors = {code: f"{anchor}-{number}" for number, code in enumerate(result.indicators, start=1)}
    titles = {code: found.title for code, found in result.indicators.items()}
    changes = changes_by_code(explained)
    page = say.page
    better = None if entity.grade is None else entity.grade.better
    return EntityPage(
        anchor=anchor,
        summary=_summary(entity, say),
        steps=tuple(page.say(step.says) for step in entity.steps),
        grade=(
            *(() if entity.grade is None else (page.say(said) for said in entity.grade.says)),
            *(() if better is None else (better_line(better, page),)),
        ),
        vetoes=tuple(page.say(veto.says) for veto in entity.vetoes),
        left_out=tuple(page.say(said) for said in entity.left_out),
        overrides=tuple(_overrides(entity, titles, say)),
        waiting=tuple((page.put_name(each), page.put_value(each)) for each in entity.waiting),
        results=tuple(result_line(each, page) for each in entity.results),
        lights=tuple(light_line(each, page) for each in entity.lights),
        problems=problems_in_words(entity.problems, say.language),
        citations=entity.citations,
        waterfall=waterfall(entity, titles, say),
        icicle=None if tree is None or not tree.children else icicle(tree, say),
        rows=tuple(marks_row(branch, anchors, say) for top in branches for branch in top.everyone()),
        next_steps=tuple(next_steps(explained, anchors, say)),
        rules=tuple(rule_section(each, changes[code], anchors[code], say) for code, each in explained.items()),
    )


def _explained(result: Result) -> Mapping[str, IndicatorExplanation]:
    return {code: cast(IndicatorExplanation, explain(result, code)) for code in result.indicators}


def _summary(entity: EntityExplanation, say: Wording) -> Summary:
    marks = marks_of(entity.total, entity.full, entity.possible)
    return Summary(
        entity=name_of(entity.heading.entity, entity.problems, say),
        status=entity.status,
        status_text=say.status(entity.status),
        total=marks.text,
        full="" if entity.full is None else say.number(entity.full),
        grade=grade_text(entity, say),
        has_total=entity.contribution is not None,
        has_grade=entity.grade is not None,
    )


def grade_text(entity: EntityExplanation, say: Wording) -> str:
    """Write the grade, or those it can still be."""
    if entity.grade is None:
        return ""
    return " / ".join(entity.grade.possible) or say.say(entity.grade.value)


def _overrides(entity: EntityExplanation, titles: Mapping[str, str | None], say: Wording) -> Iterator[str]:
    for code, note in entity.overrides:
        yield say(
            "override-of",
            name=say.named(code, titles.get(code)),
            value=say.number(note.value),
            computed=say.say(note.computed),
            by=note.by,
            why=note.why,
        )
