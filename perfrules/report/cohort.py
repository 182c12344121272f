"""The page of a cohort, as data: ranks, distribution, what each indicator cost, and a section for each entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, cast

from attrs import frozen

from perfrules.evaluate.result import Result, Status
from perfrules.explain import explain
from perfrules.explain.explanation import EntityExplanation
from perfrules.explain.outline import final_total
from perfrules.explain.statement import Term
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.report.costs import CostRow, costs_of
from perfrules.report.entity import EntityPage, entity_page, grade_text
from perfrules.report.figures import figure, paddings
from perfrules.report.grade_counts import GradeCount, grade_counts
from perfrules.report.grade_lines import grade_lines
from perfrules.report.histogram import Histogram, histogram
from perfrules.report.indicator_rows import IndicatorRow, indicator_rows
from perfrules.report.marks import marks_of
from perfrules.report.problems import name_of
from perfrules.report.ranking import Rank, ranks
from perfrules.report.statistics import statistics_of
from perfrules.report.wording import Wording

MOST_SECTIONS: Final = 200
"""With more entities than this, the page has no section for each; a report of each has everything."""
MOST_COLUMNS: Final = 8
"""With more top indicators than this, the table of ranks has no column for each."""
_MOST_COSTLY: Final = 12


@frozen(kw_only=True)
class EntityRow:
    """One entity in the table of ranks; *link* leads to its section or its file."""

    rank: str
    entity: str
    link: str
    total: str
    grade: str
    status: str
    status_text: str
    parts: tuple[str, ...]
    paddings: tuple[str, ...]
    remarks: tuple[str, ...]


@frozen(kw_only=True)
class CohortPage:
    """Everything a report says of a cohort."""

    count: int
    counted: tuple[tuple[str, int], ...]
    has_total: bool
    has_grades: bool
    full: str
    heads: tuple[str, ...]
    rows: tuple[EntityRow, ...]
    is_any_open: bool
    statistics: tuple[tuple[str, str], ...]
    histogram: Histogram | None
    grades: tuple[GradeCount, ...]
    indicators: tuple[IndicatorRow, ...]
    has_lights: bool
    costs: tuple[CostRow, ...]
    cost_count: int
    sections: tuple[EntityPage, ...]
    too_many: bool


def cohort_page(plan: Plan, results: Sequence[Result], say: Wording, links: Sequence[str] | None = None) -> CohortPage:
    """Return the page of a cohort; with *links* to files of entities, in their order, there are no sections."""
    told = [cast(EntityExplanation, explain(result)) for result in results]
    totals = [_total(each) for each in told]
    known = [within for within in totals if within is not None]
    settled = [within.lo for within in known if within.is_point and within.lo is not None]
    sections, too_many = _sections(results, say) if links is None else ((), False)
    lines, full = grade_lines(plan), _full(told)
    anchors = [f"#{each.anchor}" for each in sections] or [""] * len(results)
    return CohortPage(
        count=len(results),
        counted=_counted(results, say),
        has_total=final_total(plan) is not None,
        has_grades=bool(plan.grades),
        full="" if full is None else say.number(full),
        heads=tuple(say.named(item.code, item.title) for item in _top(plan)),
        rows=tuple(_rows(list(zip(results, told, ranks(totals), links or anchors, strict=True)), _top(plan), say)),
        is_any_open=len(settled) < len(known),
        statistics=_figures(settled, say),
        histogram=histogram(settled, lines, full),
        grades=grade_counts(plan, told, lines, say),
        indicators=tuple(indicator_rows(plan, results, say)),
        has_lights=any(found.light for result in results for found in result.indicators.values()),
        costs=tuple(islice(costs_of(plan, told, say), _MOST_COSTLY)),
        cost_count=sum(each.contribution is not None for each in told),
        sections=sections,
        too_many=too_many,
    )


def _sections(results: Sequence[Result], say: Wording) -> tuple[tuple[EntityPage, ...], bool]:
    """Return a section for each entity, or that there are too many for that."""
    if len(results) > MOST_SECTIONS:
        return (), True
    numbered = enumerate(results, start=1)
    return tuple(entity_page(each, say, f"e{number}", brief=True) for number, each in numbered), False


def _top(plan: Plan) -> tuple[OutlineItem, ...]:
    return plan.outline if len(plan.outline) <= MOST_COLUMNS else ()


def _total(entity: EntityExplanation) -> Interval | None:
    return marks_of(entity.total, entity.full, entity.possible).within


def _full(told: Sequence[EntityExplanation]) -> Exact | None:
    """Return the full marks of the total, where they are the same for everyone."""
    found = {each.full for each in told if each.contribution is not None}
    return found.pop() if len(found) == 1 else None


def _counted(results: Sequence[Result], say: Wording) -> tuple[tuple[str, int], ...]:
    counts = Counter(result.status for result in results)
    return tuple((say.status(status.value), counts[status]) for status in Status if counts[status])


def _rows(
    entities: Sequence[tuple[Result, EntityExplanation, Rank | None, str]], heads: Sequence[OutlineItem], say: Wording
) -> Iterator[EntityRow]:
    """Yield the rows by rank; who has none after all others, in the order of the data."""
    ordered = sorted(entities, key=lambda each: _place(each[2], len(entities)))
    parts = [tuple(_part(result, item.code, say) for item in heads) for result, *_ in ordered]
    columns = [paddings(column) for column in zip(*parts, strict=True)]
    for place, (result, entity, rank, link) in enumerate(ordered):
        yield EntityRow(
            rank="—" if rank is None else rank.text,
            entity=name_of(result.entity, result.problems, say),
            link=link,
            total=marks_of(entity.total, entity.full, entity.possible).text,
            grade=grade_text(entity, say) or "—",
            status=result.status.value,
            status_text=say.status(result.status.value),
            parts=parts[place],
            paddings=tuple(column[place] for column in columns),
            remarks=tuple(_remarks(entity, say)),
        )


def _place(rank: Rank | None, count: int) -> tuple[int, int]:
    return (count + 1, count + 1) if rank is None else (rank.best, rank.worst)


def _part(result: Result, code: str, say: Wording) -> str:
    found = result.indicators.get(code)
    if found is None:
        return "—"
    if found.score is None and found.full is None and found.light is not None:
        return say.say(Term(found.light))
    if found.score is not None or found.status.value != "pending":
        return figure(found.score) if found.score is not None else say.status(found.status.value)
    enclosure = result.enclosures.get(code)
    return marks_of(None, found.full, None if enclosure is None else enclosure.numbers).text


def _remarks(entity: EntityExplanation, say: Wording) -> Iterator[str]:
    """Tell in a word what a rank does not show: vetoes, replaced marks, problems."""
    if entity.vetoes:
        yield say("remark.vetoes", count=str(len(entity.vetoes)))
    if entity.overrides:
        yield say("remark.overrides", count=str(len(entity.overrides)))
    if entity.problems:
        yield say("remark.problems", count=str(len(entity.problems)))


def _figures(settled: Sequence[Exact], say: Wording) -> tuple[tuple[str, str], ...]:
    found = statistics_of([(total, None) for total in settled])
    if not found.count:
        return ()
    named = (("mean", found.mean), ("median", found.median), ("highest", found.highest), ("lowest", found.lowest))
    return tuple((say(key), figure(number)) for key, number in named)
