"""Code that takes a statistic across entities from the facts; one function serves every round."""

from collections.abc import Sequence

from perfrules.evaluate.generated.emitter import Emission, Emitter
from perfrules.evaluate.generated.terms import Rep, Term
from perfrules.evaluate.numbering import Placed
from perfrules.ir.expressions import CohortAggregate
from perfrules.lang.kinds import YesNo
from perfrules.lang.states import State


def across_entities(e: Emitter, expr: CohortAggregate, operands: Sequence[Placed]) -> Emission:
    """Write the parts for their steps, then the look-up."""
    for operand in operands:  # noqa: UP028 - terms are sent back, which `yield from` a tuple cannot take
        yield operand
    name = e.writer.fresh("known")
    e.writer.line(f"try: {name} = cohort[{expr.id!r}].value")
    e.writer.line(f"except KeyError: raise Defect({f'the statistic {expr.id} is not known'!r}) from None")
    return Term(Rep.TRUTH if isinstance(expr.kind, YesNo) else Rep.FRACTION, name, states=frozenset(State))
