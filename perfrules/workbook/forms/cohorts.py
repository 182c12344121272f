"""Formulas of statistics across entities: over whole columns, of the entities that count."""

from __future__ import annotations

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr, PercentileMethod, TiesRule
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.states import State
from perfrules.workbook import formula as f
from perfrules.workbook.at import STRONGEST_FIRST, At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula, literal, number_of
from perfrules.workbook.near import ROUNDOFF, Near, nearest, over, plus
from perfrules.workbook.proof import settle_comparison

_OWN = (CohortOp.RANK, CohortOp.PERCENTILE_RANK, CohortOp.APPORTIONMENT)
_WITHOUT = {
    CohortOp.APPORTIONMENT: "apportionment",
    CohortOp.COUNT_DISTINCT: "count-distinct",
    CohortOp.TRIMMED_MEAN: "trimming",
}
_LEFT_OUT = frozenset({State.MISSING, State.EXCLUDED, State.REFUSED})


@frozen(kw_only=True)
class Cohort:
    """The entities that count: *mask* is their array; *body* the cell of what each brings, *everyone* its column."""

    mask: str
    body: Formula
    everyone: str
    counts: Formula | None
    most: Exact

    @property
    def count(self) -> Formula:
        near = nearest(Interval(Exact(0), self.most), Exact(1))
        return evolve(f.made(f"SUMPRODUCT({self.mask})", f.ATOM, []), near=near)

    def number_where(self, comparison: str) -> Formula:
        """Count those whose value compares so with this entity's."""
        near = nearest(Interval(Exact(0), self.most), Exact(1))
        text = f"SUMPRODUCT({self.mask}*({self.everyone}{comparison}{self.body.text}))"
        return evolve(f.made(text, f.ATOM, []), near=near)

    def array(self, name: str, *more: str) -> Formula:
        inner = ",".join((f"IF({self.mask},{self.everyone})", *more))
        return evolve(f.made(f"{name}({inner})", f.ATOM, []), is_array=True, near=number_of(self.body))


def cohort_aggregate(expr: Expr, at: At) -> Formula:
    """Write a statistic across entities."""
    assert isinstance(expr, core.CohortAggregate)
    if at.columns.one:
        raise NoFormula("one-entity")
    if expr.op in _WITHOUT or expr.ties is TiesRule.DENSE:
        raise NoFormula(_WITHOUT.get(expr.op, "dense"))
    cohort = _cohort(expr, at)
    value = _value(expr, cohort, at)
    return _settled(expr, cohort, value, at)


def _cohort(expr: core.CohortAggregate, at: At) -> Cohort:
    where = None if expr.where is None else at.cell(expr.where)
    groups = [at.cell(group) for group in expr.groups]
    body = literal(Exact(0)) if expr.body is None else at.cell(expr.body)
    if _is_open(expr, at):  # the engine may know the statistic all the same
        raise NoFormula("pending-members")
    if any(group.states for group in groups) or (where is not None and where.states):
        raise NoFormula("open-members")
    if expr.op is CohortOp.RANK or expr.op is CohortOp.PERCENTILE_RANK:
        body = _cleared(expr, body, at)
    counts = _counts(expr, where, body, at)
    factors = [] if counts is None else [f"({at.columns.all_of(counts)}=1)"]
    for group in groups:
        whole = at.columns.all_of(group)
        factors.append(f"EXACT({whole},{group.text})" if group.is_text else f"({whole}={group.text})")
    mask = "*".join((*factors, "1")) if factors else f"({at.columns.number_all}>0)*1"
    everyone = at.columns.all_of(body) if body.is_cell else ""
    return Cohort(mask=mask, body=body, everyone=everyone, counts=counts, most=at.columns.most_entities)


def _is_open(expr: core.CohortAggregate, at: At) -> bool:
    parts = [part for part in (expr.body, expr.where, *expr.groups) if part is not None]
    return any(entity.value(part) is State.PENDING for entity in at.columns.entities for part in parts)


def _cleared(expr: core.CohortAggregate, body: Formula, at: At) -> Formula:
    """Clear the noise, so that equal values have equal cells."""
    near = number_of(body)
    difference = plus(near, near, -1)
    settled = settle_comparison(near, near, difference)
    at.note("rank", settled, None, difference)
    if settled.digits is None or not body.is_cell:
        return body
    rounded = f.call("ROUND", body, str(settled.digits))
    cleared = at.or_state([body], rounded)
    return at.lift(expr.body, evolve(cleared, near=near), f"rounded {settled.digits}")


def _counts(expr: core.CohortAggregate, where: Formula | None, body: Formula, at: At) -> Formula | None:
    one, zero = literal(Exact(1)), literal(Exact(0))
    out = [at.in_state(body, state) for state in STRONGEST_FIRST if expr.present and state in body.states & _LEFT_OUT]
    if where is None and not out:
        return None
    taken = one if where is None else f.choose(where, one, zero)
    return at.lift(expr, f.choose(f.any_of(out), zero, taken) if out else taken, "counts")


def _value(expr: core.CohortAggregate, some: Cohort, at: At) -> Formula:
    match expr.op:
        case CohortOp.COUNT:
            return some.count
        case CohortOp.SUM:
            return _sum(some)
        case CohortOp.MEAN:
            counted = evolve(some.count, near=nearest(Interval(Exact(1), some.most), Exact(1)))
            found = f.divide(_sum(some), counted, fails=True)
            return evolve(found, near=evolve(number_of(found), within=number_of(some.body).within))
        case CohortOp.MINIMUM:
            return some.array("MIN")
        case CohortOp.MAXIMUM:
            return some.array("MAX")
        case CohortOp.MEDIAN:
            found = some.array("MEDIAN")
            return evolve(found, near=over(number_of(found), nearest(Interval(Exact(1), Exact(2)), Exact(1))))
        case CohortOp.DEVIATION_POPULATION | CohortOp.DEVIATION_SAMPLE:
            return evolve(some.array("STDEVP" if expr.op is CohortOp.DEVIATION_POPULATION else "STDEV"), near=Near())
        case CohortOp.SHARE | CohortOp.ANY | CohortOp.ALL:
            return _of_truths(expr.op, some)
        case CohortOp.RANK:
            return _rank(expr, some)
        case CohortOp.PERCENTILE:
            return _percentile(expr, some, at)
        case CohortOp.PERCENTILE_RANK:
            return _percentile_rank(expr, some)
        case _:
            raise NoFormula("across")


def _sum(some: Cohort) -> Formula:
    one, size = number_of(some.body), number_of(some.body).size
    known = one.error_up_to(size)
    base = Exact(0) if known is None or size is None else some.most * (known + ROUNDOFF * some.most * size)
    low = None if one.within.lo is None else min(Exact(0), some.most * one.within.lo)
    high = None if one.within.hi is None else max(Exact(0), some.most * one.within.hi)
    step = one.step if one.parts == 1 else None
    relative = None if known is None else ROUNDOFF
    near = Near(within=Interval(low, high), step=step, base=base, relative=relative)
    return evolve(f.made(f"SUMPRODUCT({some.mask},{some.everyone})", f.ATOM, []), near=near)


def _of_truths(op: CohortOp, some: Cohort) -> Formula:
    holding = f"SUMPRODUCT({some.mask}*({some.everyone}=TRUE))"
    if op is CohortOp.ANY:
        return f.made(f"{holding}>0", f.COMPARISON, [])
    if op is CohortOp.ALL:
        return f.made(f"{holding}={some.count.text}", f.COMPARISON, [])
    near = nearest(Interval(Exact(0), some.most), Exact(1))
    counted = evolve(some.count, near=nearest(Interval(Exact(1), some.most), Exact(1)))
    return f.divide(evolve(f.made(holding, f.ATOM, []), near=near), counted, fails=True)


def _rank(expr: core.CohortAggregate, some: Cohort) -> Formula:
    before, level = (">", ">=") if expr.highest_first else ("<", "<=")
    best = f.add([literal(Exact(1)), some.number_where(before)])
    worst = some.number_where(level)
    match expr.ties:
        case TiesRule.WORST:
            return worst
        case TiesRule.MEAN:
            return f.divide(f.add([best, worst]), literal(Exact(2)))
        case _:
            return best


def _percentile(expr: core.CohortAggregate, some: Cohort, at: At) -> Formula:
    place = at.known(expr.at) if expr.at is not None else literal(Exact(0))
    if place.states:
        raise NoFormula("open-members")
    if expr.method is PercentileMethod.INTERPOLATED:
        return evolve(some.array("PERCENTILE", place.text), near=None)
    nth = f"MAX(1,ROUNDUP(ROUND({f.multiply([place, some.count]).text},10),0))"
    return some.array("SMALL", nth)


def _percentile_rank(expr: core.CohortAggregate, some: Cohort) -> Formula:
    below, at_or_below = some.number_where("<"), some.number_where("<=")
    counted = evolve(some.count, near=nearest(Interval(Exact(1), some.most), Exact(1)))
    match expr.method:
        case PercentileMethod.STRICTLY_BELOW:
            return f.divide(below, counted, fails=True)
        case PercentileMethod.AT_OR_BELOW:
            return f.divide(at_or_below, counted, fails=True)
        case _:
            return f.divide(f.divide(f.add([below, at_or_below]), literal(Exact(2))), counted, fails=True)


def _settled(expr: core.CohortAggregate, some: Cohort, value: Formula, at: At) -> Formula:
    """Add what there is instead of a value: where nobody counts, where somebody's value is open, for those outside."""
    result, states = value, value.states
    if expr.empty is not None:
        empty = at.known(expr.empty)
        fewest = 2 if expr.op is CohortOp.DEVIATION_SAMPLE else 1
        few = f.made(f"{some.count.text}<{fewest}", f.COMPARISON, [])
        result = f.choose(few, evolve(empty, states=frozenset()), result)
        states |= empty.states
        if empty.near is not None and value.near is not None:
            value = evolve(value, near=f.either_near([value, empty]))
    if expr.op in _OWN and some.counts is not None:
        own = at.or_state([some.body], at.words.state_formula(State.EXCLUDED))
        result = f.choose(f.equals(some.counts, literal(Exact(0))), evolve(own, states=frozenset()), result)
        states |= own.states | {State.EXCLUDED}
    left = some.body.states - _LEFT_OUT if expr.present else some.body.states
    for state in reversed(STRONGEST_FIRST):
        if state in left and some.everyone:
            token = at.words.state_formula(state)
            anyone = f.made(f"SUMPRODUCT({some.mask}*({some.everyone}={token.text}))>0", f.COMPARISON, [])
            result = f.choose(anyone, token, result)
            states |= {state}
    return evolve(result, states=states, near=value.near, is_text=False, is_array=value.is_array)
