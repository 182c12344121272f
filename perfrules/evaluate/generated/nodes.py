"""Evaluate a plan's nodes by its generated function, or by the reference where that function does not reach."""

from bisect import bisect_right
from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from perfrules.evaluate import reference
from perfrules.evaluate.generated.compiled import Compiled, compile_plan
from perfrules.evaluate.generated.runtime import Unusual
from perfrules.evaluate.judged_facts import values_to_read
from perfrules.evaluate.numbering import layout_of
from perfrules.evaluate.trace import Trace
from perfrules.ir.expressions import Dated
from perfrules.ir.inputs import Facts
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything


class Way(StrEnum):
    """How an evaluation was done, and if not by generated code, why."""

    GENERATED = "generated"
    OVERRIDE = "an override"
    UNUSUAL_FACTS = "unusual facts"
    TOO_DEEP = "nested too deeply"


TAKEN: Final[Counter[Way]] = Counter()
"""How often each way was taken in this process; nothing depends on it."""


@frozen(eq=False)
class Compilations:
    """The functions of one plan so far; between two of *starts* the same one serves."""

    starts: tuple[date, ...]
    by_period: dict[int, Compiled | None]


@per_plan
def _compilations(plan: Plan) -> Compilations:
    parts = (part for node in plan.nodes for part in everything(node.expr))
    starts = {start for part in parts if isinstance(part, Dated) for start, _ in part.entries}
    return Compilations(tuple(sorted(starts)), {})


def compiled_for(plan: Plan, as_of: date | None) -> Compiled | None:
    """Return the plan's function for the period in which *as_of* lies; it is generated when first asked for."""
    known = _compilations(plan)
    period = -1 if as_of is None else bisect_right(known.starts, as_of)
    if period not in known.by_period:
        known.by_period[period] = compile_plan(plan, as_of)
    return known.by_period[period]


def evaluate_nodes(plan: Plan, facts: Facts) -> Trace:
    """Evaluate every node of *plan* for one entity, and keep every step."""
    compiled = compiled_for(plan, facts.as_of or plan.as_of_default)
    way = Way.TOO_DEEP if compiled is None else Way.OVERRIDE if facts.overrides else Way.GENERATED
    if compiled is not None and way is Way.GENERATED:
        try:
            raw = compiled.run(values_to_read(plan, facts), facts.judged, facts.cohort)
        except Unusual:
            way = Way.UNUSUAL_FACTS
        else:
            TAKEN[way] += 1
            return Trace(layout_of(plan), raw, compiled.rendering)
    TAKEN[way] += 1
    return reference.evaluate_nodes(plan, facts)
