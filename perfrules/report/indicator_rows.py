"""Each indicator across a cohort: mean, median, share of the full marks, lights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.evaluate.result import Result
from perfrules.explain.outline import every_item
from perfrules.explain.statement import Term
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.report.figures import coordinate, figure, percentage
from perfrules.report.statistics import Statistics, statistics_of
from perfrules.report.wording import Wording


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


def indicator_rows(plan: Plan, results: Sequence[Result], say: Wording) -> Iterator[IndicatorRow]:
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
