"""Code for one value of the list that an aggregate kept, which holds at least one (a sample deviation: two)."""

from perfrules.evaluate.generated.emitter import Emitter
from perfrules.evaluate.generated.terms import NUMERIC, Rep, Term
from perfrules.ir.expressions import AggregateOp


def statistic(e: Emitter, op: AggregateOp, body: Term, kept: str) -> Term:
    """Write the value; numbers are kept as whole numbers over the body's denominator, or as fractions."""
    match op:
        case AggregateOp.COUNT:
            return Term(Rep.SCALED, e.assign(f"len({kept})"))
        case AggregateOp.COUNT_DISTINCT:
            return Term(Rep.SCALED, e.assign(f"len(set({kept}))"))
        case AggregateOp.SHARE:
            return Term(Rep.PAIR, e.assign(f"sum({kept})"), e.assign(f"len({kept})"), factors=1)
        case AggregateOp.MINIMUM | AggregateOp.MAXIMUM if body.rep is not Rep.NEVER:
            code = f"{'min' if op is AggregateOp.MINIMUM else 'max'}({kept})"
            return Term(_kept_form(body), e.assign(code), _kept_bottom(body))
        case _ if body.rep not in NUMERIC:
            return e.defect("an aggregate is not over numbers")
        case _:
            return _of_numbers(e, op, body, kept)


def _kept_form(body: Term) -> Rep:
    return Rep.FRACTION if body.rep is Rep.PAIR else body.rep


def _kept_bottom(body: Term) -> int:
    return int(body.bottom) if body.rep is Rep.SCALED else 1


def _of_numbers(e: Emitter, op: AggregateOp, body: Term, kept: str) -> Term:
    form, bottom = _kept_form(body), _kept_bottom(body)
    match op:
        case AggregateOp.SUM:
            return Term(form, e.assign(f"sum({kept})" if form is Rep.SCALED else f"sum({kept}, F(0))"), bottom)
        case AggregateOp.MEAN | AggregateOp.TRIMMED_MEAN:
            if form is Rep.FRACTION:
                return Term(form, e.assign(f"sum({kept}) / len({kept})"))
            return Term(Rep.PAIR, e.assign(f"sum({kept})"), e.assign(f"len({kept}) * {bottom}"), factors=1)
        case AggregateOp.MEDIAN:
            ordered, half = e.assign(f"sorted({kept})"), e.assign(f"len({kept}) // 2")
            twice = e.assign(f"{ordered}[{half}] + {ordered}[-1 - {half}]")
            if form is Rep.FRACTION:
                return Term(form, e.assign(f"{twice} / 2"))
            return Term(Rep.SCALED, twice, 2 * bottom)
        case AggregateOp.DEVIATION_POPULATION | AggregateOp.DEVIATION_SAMPLE:
            numbers = kept if form is Rep.FRACTION else f"[F(n, {bottom}) for n in {kept}]"
            return Term(Rep.FRACTION, e.assign(f"deviation({numbers}, {op is AggregateOp.DEVIATION_POPULATION})"))
        case _:
            return e.defect("an aggregate is not over numbers")
