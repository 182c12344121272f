"""What is known of the marks that people give: they lie within the limits of their levels, by proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from perfrules.batch.declared import Named
from perfrules.ir.expressions import Judged
from perfrules.ir.plan import Plan
from perfrules.lang.interval import Interval, hull
from perfrules.prove.declared import declared
from perfrules.prove.survey import Given, survey


def judged_ranges(plan: Plan, as_of: date | None = None) -> Mapping[Named, Interval]:
    """Return where each mark lies, by the name of its column, for all declared data; entities beyond are refused."""
    if not plan.judged:
        return {}
    found: dict[Named, Interval] = {}
    for root in survey(plan, declared(plan), Given(as_of=as_of)).visits.values():
        for visit in root.everything():
            within = visit.value.numbers
            if isinstance(visit.expr, Judged) and within is not None:
                name = (f"{visit.expr.code}.mark", None)
                found[name] = hull(found[name], within) if name in found else within
    return found
