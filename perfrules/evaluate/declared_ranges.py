"""Results of plug-ins' functions held against the ranges they declared for all data that a ruleset lets in.

What was proved of a ruleset rests on those ranges; a result outside one refuses the entity.
"""

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.evaluate.numbering import Placed, layout_of
from perfrules.evaluate.trace import Trace
from perfrules.ir.expressions import Computed
from perfrules.ir.inputs import Facts
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.plugins.computing import outside_range
from perfrules.plugins.faults import fault_diagnostic


@frozen(eq=False)
class _Declared:
    """One call, the ranges of its operands, and the range declared for them."""

    placed: Placed = field(repr=False)
    operands: tuple[Interval, ...]
    result: Interval


def outside_declared_ranges(plan: Plan, facts: Facts, trace: Trace) -> Iterator[Diagnostic]:
    """Yield a problem for each result that is not where the plug-in said it would be."""
    for call in _calls(plan):
        expr, value = call.placed.expr, trace.value(call.placed.slot)
        given = [trace.value(part.slot) for part in call.placed.parts]
        within = all(isinstance(x, Exact) and x in held for x, held in zip(given, call.operands, strict=True))
        if isinstance(expr, Computed) and isinstance(value, Exact) and within and value not in call.result:
            fault = outside_range(expr.function.name, value, call.result)
            yield fault_diagnostic(fault, expr.origin.span, DataPlace(entity=facts.entity))


@per_plan
def _calls(plan: Plan) -> tuple[_Declared, ...]:
    """Find every call of a function of a plug-in, with the ranges by proof; nearly every plan has none."""
    if not any(isinstance(part, Computed) for node in plan.nodes for part in everything(node.expr)):
        return ()
    from perfrules.prove.declared import declared  # few plans must pay for loading the prover
    from perfrules.prove.survey import survey

    found = survey(plan, declared(plan))
    ranges: dict[int, Mapping[int, Interval]] = {}
    for visit in (each for root in found.visits.values() for each in root.everything()):
        if isinstance(visit.expr, Computed):
            numbers = {i: part.value.numbers for i, part in enumerate(visit.parts) if part.value.numbers is not None}
            ranges[id(visit.expr)] = numbers
    return tuple(_declared(placed, ranges) for placed in _placed(plan) if _is_known(placed, ranges))


def _placed(plan: Plan) -> Iterator[Placed]:
    waiting = list(layout_of(plan).roots.values())
    while waiting:
        placed = waiting.pop()
        waiting.extend(placed.parts)
        if isinstance(placed.expr, Computed):
            yield placed


def _is_known(placed: Placed, ranges: Mapping[int, Mapping[int, Interval]]) -> bool:
    return len(ranges.get(id(placed.expr), ())) == len(placed.parts)


def _declared(placed: Placed, ranges: Mapping[int, Mapping[int, Interval]]) -> _Declared:
    assert isinstance(placed.expr, Computed)
    known = ranges[id(placed.expr)]
    operands = tuple(known[i] for i in range(len(placed.parts)))
    return _Declared(placed, operands, placed.expr.function.range(operands))
