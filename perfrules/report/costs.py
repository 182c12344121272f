"""Which indicators cost a cohort most marks of the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.explain.explanation import EntityExplanation
from perfrules.explain.outline import every_item
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.report.figures import coordinate, figure
from perfrules.report.waterfall import losses_by_code
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class CostRow:
    """An indicator and how many marks of the total it cost on average; *who* is how many entities lost any."""

    name: str
    mean: str
    who: int
    most: str
    bar: str


def costs_of(plan: Plan, told: Sequence[EntityExplanation], say: Wording) -> Iterator[CostRow]:
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
