"""Formulas of statistics of records: what each record brings stands beside it on the table's sheet, and is gathered by
the number of the entity.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.states import State
from perfrules.workbook import formula as f
from perfrules.workbook.at import STRONGEST_FIRST, At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula, literal, number_of
from perfrules.workbook.near import ROUNDOFF, Near, nearest, over

_LOGICAL = (AggregateOp.ANY, AggregateOp.ALL)
_OF_TRUTHS = (*_LOGICAL, AggregateOp.SHARE)
_WITHOUT = {
    AggregateOp.COUNT_DISTINCT: "count-distinct",
}


@frozen(kw_only=True)
class Gathered:
    """The records of an entity that count: *where* are the conditions of SUMIFS and its kin, *mask* is the same for
    arrays; *body* is the column of what they bring, *most* how many there can be.
    """

    where: str
    mask: str
    body: str
    near: Near
    most: Exact

    @property
    def count(self) -> Formula:
        """How many there are."""
        near = nearest(Interval(Exact(0), self.most), Exact(1))
        return evolve(f.made(f"COUNTIFS({self.where})", f.ATOM, []), near=near)

    @property
    def sum(self) -> Formula:
        """The sum of what they bring."""
        one, size = self.near, self.near.size
        step = one.step if one.parts == 1 else None
        known = one.error_up_to(size)
        base = Exact(0) if known is None or size is None else self.most * (known + ROUNDOFF * self.most * size)
        low = None if one.within.lo is None else min(Exact(0), self.most * one.within.lo)
        high = None if one.within.hi is None else max(Exact(0), self.most * one.within.hi)
        relative = None if known is None else ROUNDOFF
        near = Near(within=Interval(low, high), step=step, base=base, relative=relative)
        return evolve(f.made(f"SUMIFS({self.body},{self.where})", f.ATOM, []), near=near)

    def array(self, name: str, *more: str) -> Formula:
        """Call a function on the array of what they bring."""
        inner = ",".join((f"IF({self.mask},{self.body})", *more))
        return evolve(f.made(f"{name}({inner})", f.ATOM, []), is_array=True, near=self.near)


def aggregate(expr: Expr, at: At) -> Formula:
    """Write one value from the records of a table."""
    assert isinstance(expr, core.TableAggregate)
    if at.table is not None or not isinstance(expr.table, core.Input):
        raise NoFormula("nested-records")
    if expr.op in _WITHOUT:
        raise NoFormula(_WITHOUT[expr.op])
    name = expr.table.name
    if at.columns.inputs[name].states:
        raise NoFormula("optional-table")
    inner = evolve(at, table=name, variable=expr.variable)
    where = None if expr.where is None else inner.cell(expr.where)
    body = None if expr.body is None else inner.emit(expr.body)
    if expr.body is not None and body is not None and body.is_loose:  # of records that do not count, all is shown
        inner = evolve(inner, asks_all=True)
        body = inner.emit(expr.body)
    if expr.op in _LOGICAL and where is not None and where.states:
        raise NoFormula("open-records")
    counts = _counts(expr, inner, where, body)
    gathered = _gathered(expr, inner, counts, body)
    value = _value(expr, gathered, at)
    code = _code(expr, inner, counts, where, body)
    if code is not None:
        value = _or_code(value, code, gathered, at, expr)
    if expr.quorum:
        short = f.made(f"{gathered.count.text}<{expr.quorum}", f.COMPARISON, [])
        pending = at.words.state_formula(State.PENDING)
        value = evolve(
            f.choose(short, pending, value), states=value.states | {State.PENDING}, near=value.near, is_text=False
        )
    return value


def _counts(expr: core.TableAggregate, inner: At, where: Formula | None, body: Formula | None) -> Formula | None:
    """Return the cell that is 1 where a record counts; None where all do."""
    missing: list[Formula] = []
    if expr.skipping_missing and where is not None and State.MISSING in where.states:
        missing.append(inner.in_state(where, State.MISSING))
    if expr.skipping_missing and body is not None and expr.body is not None and State.MISSING in body.states:
        missing.append(inner.in_state(inner.lift(expr.body, body), State.MISSING))
    if where is None and not missing:
        return None
    one, zero = literal(Exact(1)), literal(Exact(0))
    taken = one
    if where is not None:
        taken = f.choose(f.equals(where, literal(False)), zero, one) if where.states else f.choose(where, one, zero)
    if missing:
        taken = f.choose(f.any_of(missing), zero, taken)
    return inner.lift(expr, taken, "counts")


def _gathered(expr: core.TableAggregate, inner: At, counts: Formula | None, body: Formula | None) -> Gathered:
    columns = inner.columns
    assert inner.table is not None
    columns.keys.add(inner.table)
    key, number = columns.key(inner.table), columns.number
    where, mask = f"{key},{number}", f"({key}={number})"
    if counts is not None:
        where, mask = f"{where},{columns.all_of(counts)},1", f"{mask}*({columns.all_of(counts)}=1)"
    brought, near = "", Near()
    if body is not None and expr.body is not None:
        if expr.op in _OF_TRUTHS:
            cell = inner.lift(expr.body, body) if body.states else body
            truth = inner.or_state(
                [cell], f.choose(evolve(cell, states=frozenset()), literal(Exact(1)), literal(Exact(0)))
            )
            cell = inner.lift(expr.body, truth, "truth")
            near = nearest(Interval(Exact(0), Exact(1)), Exact(1))
        else:
            cell = inner.lift(expr.body, body)
            near = number_of(body)
        brought = columns.all_of(cell)
    return Gathered(where=where, mask=mask, body=brought, near=near, most=columns.most_records(inner.table))


def _code(
    expr: core.TableAggregate, inner: At, counts: Formula | None, where: Formula | None, body: Formula | None
) -> Formula | None:
    """Return the cell with the place of a record's state in `join`; None where none can be in a state."""
    left = [State.MISSING] if expr.skipping_missing else []
    parts = [] if where is None else [where]
    if body is not None and expr.body is not None and body.states:
        parts.append(inner.lift(expr.body, body))
    result, found = literal(Exact(0)), False
    for state in reversed(STRONGEST_FIRST):
        tests = [inner.in_state(part, state) for part in parts if state in part.states and state not in left]
        if tests:
            found = True
            place = len(STRONGEST_FIRST) - STRONGEST_FIRST.index(state)
            result = f.choose(f.any_of(tests), literal(Exact(place)), result)
    if not found:
        return None
    if counts is not None:
        result = f.choose(f.equals(counts, literal(Exact(0))), literal(Exact(0)), result)
    return inner.lift(expr, result, "code")


def _or_code(value: Formula, code: Formula, gathered: Gathered, at: At, expr: core.TableAggregate) -> Formula:
    worst = f"_xlfn.MAXIFS({at.columns.all_of(code)},{gathered.where})"
    words = ",".join(at.words.state_formula(state).text for state in reversed(STRONGEST_FIRST))
    shown = f.made(f"CHOOSE({worst},{words})", f.ATOM, [])
    some = f.made(f"{worst}>0", f.COMPARISON, [])
    result = f.choose(some, shown, value)
    if expr.op in _LOGICAL:
        result = f.choose(f.equals(value, literal(expr.op is AggregateOp.ANY)), value, result)
    return evolve(
        result, states=value.states | code.states | at.value.states | {State.PENDING}, near=value.near, is_text=False
    )


def _value(expr: core.TableAggregate, some: Gathered, at: At) -> Formula:
    match expr.op:
        case AggregateOp.SUM:
            return some.sum
        case AggregateOp.COUNT:
            return some.count
        case AggregateOp.ANY:
            return f.made(f"{some.sum.text}>0", f.COMPARISON, [])
        case AggregateOp.ALL:
            return f.made(f"COUNTIFS({some.where},{some.body},0)=0", f.COMPARISON, [])
        case AggregateOp.MEAN | AggregateOp.SHARE:
            return _unless_empty(expr, some, at, _mean)
        case AggregateOp.MINIMUM | AggregateOp.MAXIMUM:
            name = "_xlfn.MINIFS" if expr.op is AggregateOp.MINIMUM else "_xlfn.MAXIFS"
            found = evolve(f.made(f"{name}({some.body},{some.where})", f.ATOM, []), near=some.near)
            return _unless_empty(expr, some, at, lambda _: found)
        case AggregateOp.MEDIAN:
            return _unless_empty(expr, some, at, lambda each: evolve(each.array("MEDIAN"), near=_halved(each.near)))
        case AggregateOp.DEVIATION_POPULATION | AggregateOp.DEVIATION_SAMPLE:
            name = "STDEVP" if expr.op is AggregateOp.DEVIATION_POPULATION else "STDEV"
            return _unless_empty(expr, some, at, lambda each: evolve(each.array(name), near=Near()))
        case AggregateOp.TRIMMED_MEAN:
            return _unless_empty(expr, some, at, lambda each: _trimmed(expr, each))
        case _:
            raise NoFormula("records")


def _mean(some: Gathered) -> Formula:
    counted = evolve(some.count, near=nearest(Interval(Exact(1), some.most), Exact(1)))
    found = f.divide(some.sum, counted, fails=True)
    return evolve(found, near=_within(number_of(found), some.near))


def _within(near: Near, one: Near) -> Near:
    return evolve(near, within=one.within)


def _halved(near: Near) -> Near:
    return over(near, nearest(Interval(Exact(1), Exact(2)), Exact(1)))


def _trimmed(expr: core.TableAggregate, some: Gathered) -> Formula:
    trimming = expr.trimming
    if trimming is None or trimming.high + trimming.low == 0:
        return _mean(some)
    dropped = trimming.high + trimming.low
    if trimming.at_least <= dropped:
        raise NoFormula("trimming")
    high = [some.array("LARGE", str(place + 1)).text for place in range(trimming.high)]
    low = [some.array("SMALL", str(place + 1)).text for place in range(trimming.low)]
    kept = "-".join((some.sum.text, *high, *low))
    text = f"IF({some.count.text}<{trimming.at_least},{some.sum.text}/{some.count.text},"
    text += f"({kept})/({some.count.text}-{dropped}))"
    near = number_of(_mean(some))  # dropped values are exact decimals, and only make what is left smaller
    return evolve(f.made(text, f.ATOM, []), is_array=True, near=evolve(near, base=3 * near.base))


def _unless_empty(expr: core.TableAggregate, some: Gathered, at: At, value: Callable[[Gathered], Formula]) -> Formula:
    found = value(some)
    if expr.empty is None:
        return evolve(found, fails=True)
    empty = at.known(expr.empty)
    fewest = 2 if expr.op is AggregateOp.DEVIATION_SAMPLE else 1
    few = f.made(f"{some.count.text}<{fewest}", f.COMPARISON, [])
    result = f.choose(few, evolve(empty, states=frozenset()), found)
    near = found.near if empty.near is None else f.either_near([found, empty])
    return evolve(result, near=near, states=empty.states, is_array=found.is_array, is_text=False)
