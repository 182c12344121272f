"""The reports: of one entity, and of all that were scored together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.readers.supplied import UsedResults
from perfrules.report.basis import as_of, identity_of, made_of
from perfrules.report.cohort import cohort_page
from perfrules.report.entity import entity_page
from perfrules.report.problems import name_of
from perfrules.report.wording import Wording


def entity_report(
    result: Result, language: str = "en", *, used: Sequence[UsedResults] = (), day: date | None = None
) -> str:
    """Return the report of one entity as one HTML file, in English (`en`) or Chinese (`zh`).

    *used* names the results of other rulesets that were read (`Results.results_used`); *day* is the one as of which
    dated parameters were to be read, where one was stated.

    >>> from perfrules import loads
    >>> rules = loads('''
    ... ruleset demo "Demo" version "1" {
    ...   input done : count in [0, 10]
    ...   total 10 points
    ...   indicator A "Completion" 10 points { score curve of done { 0 -> 0; 10 -> full } }
    ... }
    ... ''')
    >>> page = entity_report(rules.score({"done": 7}))
    >>> "7 / 10" in page, "<script" in page
    (True, False)
    """
    from perfrules.report.render import rendered

    say, plan = Wording(language), result.plan
    title = say("title", entity=name_of(result.entity, result.problems, say), ruleset=plan.title or plan.name)
    return rendered(
        "entity.html.j2",
        say,
        title,
        page=entity_page(result, say),
        identity=identity_of(plan, say),
        as_of=as_of(plan, [result], day, say),
        made_of=made_of(plan, used, say),
        authority=plan.authority,
        ruleset=plan.title or plan.name,
    )


def cohort_report(
    plan: Plan,
    results: Sequence[Result],
    language: str = "en",
    *,
    used: Sequence[UsedResults] = (),
    links: Sequence[str] | None = None,
    day: date | None = None,
) -> str:
    """Return the report of a cohort as one HTML file: ranks, distribution, indicators, a section for each entity.

    *used* and *day* are as for `entity_report`. *links* are the addresses of the entities' own reports, in their order;
    they stand in the place of the sections.
    """
    from perfrules.report.render import rendered

    say = Wording(language)
    title = plan.title or plan.name
    return rendered(
        "cohort.html.j2",
        say,
        title,
        page=cohort_page(plan, results, say, links),
        identity=identity_of(plan, say),
        as_of=as_of(plan, results, day, say),
        made_of=made_of(plan, used, say),
        authority=plan.authority,
        citations=plan.citations,
        ruleset=title,
    )
