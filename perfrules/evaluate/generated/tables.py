"""Code for aggregates: one loop over the records, then one value of what the loop kept."""

from collections.abc import Generator, Iterator, Mapping
from typing import Final

from perfrules.evaluate.generated.emitter import Branch, Emission, Emitter
from perfrules.evaluate.generated.statistics import statistic
from perfrules.evaluate.generated.terms import Rep, Term, fraction_code, number_term
from perfrules.evaluate.numbering import Placed, place
from perfrules.ir.expressions import AggregateOp, Input, TableAggregate
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

LOGICAL: Final = (AggregateOp.ANY, AggregateOp.ALL)
_NOTHING_LEFT: Final[Mapping[AggregateOp, Term]] = {
    AggregateOp.SUM: number_term(Exact(0)),
    AggregateOp.COUNT: number_term(Exact(0)),
    AggregateOp.COUNT_DISTINCT: number_term(Exact(0)),
    AggregateOp.ANY: Term(Rep.TRUTH, "False", constant=False),
    AggregateOp.ALL: Term(Rep.TRUTH, "True", constant=True),
}

Looping = Generator[Placed, Term, tuple[Term, frozenset[State]]]


def aggregate(e: Emitter, expr: TableAggregate, placed: Placed) -> Emission:
    """Write the table, the loop, and the ways to the result: a state, the answer for no records, the value."""
    table = yield placed.parts[0]
    seen, kept, open_ = (e.writer.fresh(name) for name in ("seen", "kept", "open"))
    e.writer.line(f"{seen} = []; {kept} = []; {open_} = []")
    branches: list[Branch] = []
    if table.rep is Rep.NEVER:
        e.keep(placed.slot + 1, Term(Rep.OBJECT, seen), records=True)
        return table
    if table.states:
        with e.writer.block(f"if type({table.top}) is State:"):
            branches.append(e.branch(Term(Rep.NEVER, table.top, states=table.states)))
    with e.writer.block("else:" if table.states else "if True:"):
        body, states = yield from _loop(e, expr, table.top, (seen, kept, open_))
        e.keep(placed.slot + 1, Term(body.rep, seen, body.bottom), records=True)
        branches += _undecided(e, expr, (kept, open_), states)
        with e.writer.block("else:" if expr.quorum or (states and expr.op not in LOGICAL) else "if True:"):
            branches += yield from _decided(e, expr, placed, (body, kept, states))
    return e.merge(branches)


def _undecided(e: Emitter, expr: TableAggregate, names: tuple[str, str], states: frozenset[State]) -> Iterator[Branch]:
    """Write the ways to a state: too few records for the quorum, or a record that is open."""
    kept, open_ = names
    word = "if"
    if expr.quorum:
        with e.writer.block(f"if len({kept}) + len({open_}) < {expr.quorum}:"):
            yield e.branch(e.state_term(State.PENDING))
        word = "elif"
    if states and expr.op not in LOGICAL:
        with e.writer.block(f"{word} {open_}:"):
            yield e.branch(Term(Rep.NEVER, e.assign(f"joined(*{open_})"), states=states))
    elif states and expr.quorum:
        with e.writer.block(f"elif sum(w is True for w, b in {kept}) < {expr.quorum}:"):
            yield e.branch(Term(Rep.NEVER, e.assign(f"joined(*(w for w, b in {kept}))"), states=states))


def _decided(
    e: Emitter, expr: TableAggregate, placed: Placed, loop: tuple[Term, str, frozenset[State]]
) -> Generator[Placed, Term, list[Branch]]:
    """Write the value of what was kept, and the answer where that is too little."""
    body, kept, states = loop
    if expr.op is AggregateOp.TRIMMED_MEAN:
        e.writer.line(f"{kept} = trimmed(sorted({kept}), {e.writer.constant(expr.trimming)})")
    least = 2 if expr.op is AggregateOp.DEVIATION_SAMPLE else 1
    with e.writer.block(f"if len({kept}) >= {least}:"):
        if expr.op in LOGICAL:
            some = e.branch(_three_valued(e, expr, kept, states))
        else:
            some = e.branch(statistic(e, expr.op, body, kept))
    with e.skippable("else:"):
        none = e.branch((yield from _of_nothing(e, expr, placed)))
    return [some, none]


def _of_nothing(e: Emitter, expr: TableAggregate, placed: Placed) -> Emission:
    if expr.empty is not None:
        return (yield placed.parts[1])
    return _NOTHING_LEFT.get(expr.op) or e.defect("an aggregate of no records, and nothing is said about that")


def _fields(e: Emitter, expr: TableAggregate) -> Mapping[str, InputDeclaration]:
    names = {part.name for part in everything(expr.table) if isinstance(part, Input)}
    return {field.name: field for table in e.plan.inputs if table.name in names for field in table.fields}


def _loop(e: Emitter, expr: TableAggregate, table: str, names: tuple[str, str, str]) -> Looping:
    """Write the loop; return the body's form and the states that can be met."""
    seen, kept, open_ = names
    record = e.writer.fresh("record")
    outer = dict(e.records)
    with e.writer.block(f"for {record} in {table}:"):
        e.records[expr.variable] = (record, _fields(e, expr))
        where = Term(Rep.TRUTH, "True", constant=True) if expr.where is None else (yield place(expr.where))
        if expr.op in LOGICAL:
            body, states = yield from _logical_body(e, expr, where, (seen, kept))
        else:
            body, states = yield from _body(e, expr, where, (seen, kept, open_))
    e.records.clear()
    e.records.update(outer)
    return body, states


def _skip(e: Emitter, expr: TableAggregate, found: Term, open_: str) -> frozenset[State]:
    """Write that a record in a state is left out, or leaves the whole open."""
    if expr.skipping_missing:
        e.writer.line(f"if {found.top} is not {e.state_name(State.MISSING)}: {open_}.append({found.top})")
        return found.states - {State.MISSING}
    e.writer.line(f"{open_}.append({found.top})")
    return found.states


def _body(e: Emitter, expr: TableAggregate, where: Term, names: tuple[str, str, str]) -> Looping:
    seen, kept, open_ = names
    states: frozenset[State] = frozenset()
    if where.states:
        with e.writer.block(f"if type({where.top}) is State:"):
            e.writer.line(f"{seen}.append(({where.top}, NOT_EVALUATED))")
            states |= _skip(e, expr, where, open_)
            e.writer.line("continue")
    if expr.where is not None:
        with e.writer.block(f"if not {where.top}:"):
            e.writer.line(f"{seen}.append((False, NOT_EVALUATED)); continue")
    if expr.body is None:
        e.writer.line(f"{seen}.append((True, NOT_EVALUATED)); {kept}.append(1)")
        return Term(Rep.OBJECT, ""), states
    body = yield place(expr.body)
    e.writer.line(f"{seen}.append((True, {_left_behind(body)}))")
    if body.states:
        with e.writer.block(f"if type({body.top}) is State:"):
            states |= _skip(e, expr, body, open_)
            e.writer.line("continue")
    e.writer.line(f"{kept}.append({body.top if body.rep is not Rep.PAIR else fraction_code(body)})")
    return body, states


def _left_behind(body: Term) -> str:
    return f"({body.top}, {body.bottom})" if body.rep is Rep.PAIR else body.top


def _logical_body(e: Emitter, expr: TableAggregate, where: Term, names: tuple[str, str]) -> Looping:
    """Write the loop of ANY and ALL, which look at the body also where the condition is undecided."""
    seen, kept = names
    if expr.where is not None:
        with e.writer.block(f"if {where.top} is False:"):
            e.writer.line(f"{seen}.append((False, NOT_EVALUATED)); continue")
    assert expr.body is not None
    body = yield place(expr.body)
    e.writer.line(f"{seen}.append(({where.top}, {body.top}))")
    states = where.states | body.states
    if expr.skipping_missing and State.MISSING in states:
        missing = e.state_name(State.MISSING)
        e.writer.line(f"if {where.top} is {missing} or {body.top} is {missing}: continue")
        states -= {State.MISSING}
    e.writer.line(f"{kept}.append(({where.top}, {body.top}))")
    return body, states


def _three_valued(e: Emitter, expr: TableAggregate, kept: str, states: frozenset[State]) -> Term:
    """Any: one record is taken and holds. All: no record is taken and fails. Else what is open decides."""
    decisive = expr.op is AggregateOp.ANY
    name = e.assign(str(not decisive))
    with e.writer.block(f"if any(w is True and b is {decisive} for w, b in {kept}):"):
        e.writer.line(f"{name} = {decisive}")
    if states:
        with e.writer.block("else:"):
            opened = e.assign(f"[s for w, b in {kept} if b is not {not decisive} for s in (w, b) if type(s) is State]")
            e.writer.line(f"if {opened}: {name} = joined(*{opened})")
    return Term(Rep.TRUTH, name, states=states)
