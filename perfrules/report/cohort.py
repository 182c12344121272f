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
from perfrules.explain.outline import every_item, final_total
from perfrules.explain.statement import Term
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.report.entity import EntityPage, entity_page, grade_text
from perfrules.report.figures import coordinate, figure, paddings, percentage
from perfrules.report.grade_lines import GradeLine, grade_lines
from perfrules.report.histogram import Histogram, histogram
from perfrules.report.marks import marks_of
from perfrules.report.problems import name_of
from perfrules.report.ranking import Rank, ranks
from perfrules.report.statistics import Statistics, statistics_of
from perfrules.report.waterfall import losses_by_code
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
class GradeCount:
    """How many entities have a grade, and how many more can still get it."""

    grade: str
    line: str
    count: int
    possible: int
    bar: str


@frozen(kw_only=True)
class IndicatorRow:
    """An indicator across the cohort; *scored* is of how many marks are settled."""

    name: str
    depth: int
    full: str
    scored: int
    mean: str
    median: str
    share: str
    with_full: str
    bar: str
    lights: str


@frozen(kw_only=True)
class CostRow:
    """An indicator and how many marks of the total it cost on average; *who* is how many entities lost any."""

    name: str
    mean: str
    who: int
    most: str
    bar: str


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
        grades=_grades(plan, told, lines, say),
        indicators=tuple(_indicators(plan, results, say)),
        has_lights=any(found.light for result in results for found in result.indicators.values()),
        costs=tuple(islice(_costs(plan, told, say), _MOST_COSTLY)),
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


def _grades(
    plan: Plan, told: Sequence[EntityExplanation], lines: Sequence[GradeLine], say: Wording
) -> tuple[GradeCount, ...]:
    """Count the settled grades, and beside them who can still get one."""
    settled: Counter[str] = Counter()
    possible: Counter[str] = Counter()
    for entity in told:
        if entity.grade is not None:
            options = entity.grade.possible
            (possible if len(options) > 1 else settled).update(options or (say.say(entity.grade.value),))
    most = max([*settled.values(), 1])
    at = {line.grade: f"{'≥' if line.closed else '>'} {figure(line.at)}" for line in lines}
    return tuple(
        GradeCount(
            grade=grade,
            line=at.get(grade, ""),
            count=settled[grade],
            possible=possible[grade],
            bar=coordinate(Exact(100 * settled[grade], most)),
        )
        for grade in plan.grades
    )


def _indicators(plan: Plan, results: Sequence[Result], say: Wording) -> Iterator[IndicatorRow]:
    for item in every_item(plan.outline):
        found = [result.indicators[item.code] for result in results if item.code in result.indicators]
        scores = [(each.score, each.full) for each in found if each.score is not None]
        statistics = statistics_of(scores)
        fulls = {each.full for each in found}
        lights = Counter(each.light for each in found if each.light is not None)
        yield IndicatorRow(
            name=say.named(item.code, item.title),
            depth=item.code.count("."),
            full="—" if not fulls else figure(fulls.pop()) if len(fulls) == 1 else say("full-varies"),
            scored=statistics.count,
            mean=figure(statistics.mean),
            median=figure(statistics.median),
            share="—" if statistics.full_share is None else percentage(statistics.full_share),
            with_full=str(statistics.with_full) if statistics.count else "—",
            bar=_bar(statistics),
            lights=say("between").join(
                say("light-count", light=say.say(Term(light)), count=str(count))
                for light, count in sorted(lights.items())
            ),
        )


def _bar(statistics: Statistics) -> str:
    share = statistics.full_share
    return "" if share is None else coordinate(min(max(share, Exact(0)), Exact(1)) * 100)


def _costs(plan: Plan, told: Sequence[EntityExplanation], say: Wording) -> Iterator[CostRow]:
    """Yield the indicators that cost the cohort most marks of the total, the dearest first."""
    titles = {item.code: item.title for item in every_item(plan.outline)}
    lost: dict[str, list[Exact]] = {}
    scored = [entity for entity in told if entity.contribution is not None]
    for entity in scored:
        for code, amount in losses_by_code(entity).items():
            if amount > 0:
                lost.setdefault(code, []).append(amount)
    ordered = sorted(((code, each) for code, each in lost.items() if code in titles), key=lambda item: -sum(item[1]))
    dearest = max((sum(each, Exact(0)) for _, each in ordered), default=Exact(1))
    for code, each in ordered:
        whole = sum(each, Exact(0))
        yield CostRow(
            name=say.named(code, titles[code]),
            mean=figure(whole / len(scored)),
            who=len(each),
            most=figure(max(each)),
            bar=coordinate(100 * whole / dearest),
        )
