"""What went into some marks: inputs, parameters with what they rest on, other indicators; and what is still lacking."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import PutIn
from perfrules.explain.narrate.judged import interval_of, limits_of
from perfrules.explain.reading import Reading, all_placed
from perfrules.explain.reasons import is_by_group, keys_of, source_of
from perfrules.explain.statement import Part, Range, Term, statement, value_part
from perfrules.ir import expressions as core
from perfrules.ir.plan import Role
from perfrules.ir.walk import everything
from perfrules.lang.interval import hull
from perfrules.lang.states import State

_READ_THROUGH = frozenset(
    {Role.LET, Role.SCORE, Role.HELD, Role.ROUNDED, Role.OVERRIDDEN, Role.VETO, Role.FULL, Role.APPLIES}
)
_OF_INDICATORS = frozenset({Role.FINAL, Role.MEASURE, Role.LIGHT})


def put_into(reading: Reading, nodes: tuple[str, ...], code: str) -> tuple[PutIn, ...]:
    """List what *nodes* of an indicator, its marks or its light, were made of, inputs first, in the ruleset's order."""
    inputs: set[str] = set()
    others: dict[str, PutIn] = {}
    seen, waiting = set(nodes), list(nodes)
    while waiting:
        for part in everything(reading.index.nodes[waiting.pop()].expr):
            if isinstance(part, core.Input):
                inputs.add(part.name)
            elif isinstance(part, core.NodeRef) and part.id not in seen and part.id in reading.index.nodes:
                seen.add(part.id)
                if _is_own(reading, part.id, code):
                    waiting.append(part.id)
                else:
                    others |= _other(reading, part.id)
    order = {id_: position for position, id_ in enumerate(reading.index.nodes)}
    return (*_inputs(reading, inputs), *(others[id_] for id_ in sorted(others, key=lambda id_: order[id_])))


def lacking(reading: Reading, node: str) -> tuple[PutIn, ...]:
    """List what a value waits for, or misses: the facts and judged marks that keep *node* from having a value."""
    state = reading.trace[node]
    if not isinstance(state, State) or state not in (State.PENDING, State.MISSING):
        return ()
    found: dict[tuple[str, str], PutIn] = {}
    seen = {node}
    waiting = [reading.root(node)]
    while waiting:
        for part in all_placed(waiting.pop()):
            if reading.value(part) is not state:
                continue
            if isinstance(part.expr, core.NodeRef) and part.expr.id not in seen:
                seen.add(part.expr.id)
                waiting.append(reading.root(part.expr.id))
            for put in _lacking(reading, part, state):
                found.setdefault((put.sort, put.name), put)
    return tuple(sorted(found.values(), key=lambda put: (put.sort, put.name)))


def _is_own(reading: Reading, id_: str, code: str) -> bool:
    node = reading.index.nodes[id_]
    own = node.indicator == code and node.role is not Role.FINAL
    return own or node.role is Role.LET or (node.role in _READ_THROUGH and node.indicator == code)


def _inputs(reading: Reading, names: set[str]) -> Iterator[PutIn]:
    for declaration in reading.plan.inputs:
        if declaration.name in names:
            yield PutIn(
                sort="input",
                name=declaration.name,
                title=declaration.title,
                value=value_part(reading.facts.values.get(declaration.name, State.MISSING), declaration.kind),
                source=declaration.source,
            )


def _other(reading: Reading, id_: str) -> dict[str, PutIn]:
    """Return a parameter with its citation, or a result of another part of the rubric."""
    node = reading.index.nodes[id_]
    value = reading.node_part(id_)
    if node.role is Role.PARAMETER:
        table = source_of(reading, reading.root(id_))
        if is_by_group(table):
            value = statement("why.keyed", keys=keys_of(reading, table), value=value)
        name = id_.removeprefix("param.")
        cite = _citation(reading, reading.root(id_))
        return {id_: PutIn(sort="parameter", name=name, title=node.origin.title, value=value, source=cite)}
    if node.role in _OF_INDICATORS and node.indicator is not None and node.indicator in reading.index.items:
        item = reading.index.items[node.indicator]
        name = item.short if node.role is Role.FINAL else f"{item.short}.{node.role.value}"
        return {id_: PutIn(sort="indicator", name=name, title=item.title, value=value)}
    if node.role in (Role.TOTAL, Role.TOTAL_ROUNDED, Role.GRADE):
        return {id_: PutIn(sort="result", name=node.role.value, title=None, value=value)}
    if node.role is Role.ALERT:
        name = id_.removeprefix("alert.")
        return {id_: PutIn(sort="alert", name=name, title=node.origin.title, value=value)}
    return {}


def _citation(reading: Reading, root: Placed) -> str | None:
    """Return what the value of a parameter that applied rests on."""
    cited = (part for part in all_placed(root) if part.expr.origin.construct == "parameter")
    found = (
        part.expr.origin.title for part in cited if part.expr.origin.role == "value" and reading.was_evaluated(part)
    )
    return next(found, None)


def _lacking(reading: Reading, part: Placed, state: State) -> Iterator[PutIn]:
    expr = part.expr
    if isinstance(expr, core.Input) and expr.name in reading.index.inputs:
        declaration = reading.index.inputs[expr.name]
        yield PutIn(
            sort="input",
            name=expr.name,
            title=declaration.title,
            value=Term(f"state-{state.value}"),
            source=declaration.source,
        )
    elif isinstance(expr, core.TableAggregate) and isinstance(expr.table, core.Input):
        if reading.value(part.parts[0]) is not state:
            title = reading.index.inputs[expr.table.name].title
            yield PutIn(sort="input", name=expr.table.name, title=title, value=Term(f"state-{state.value}"))
    elif isinstance(expr, core.Judged):
        item = reading.index.items[expr.code]
        yield PutIn(sort="judged", name=item.code, title=item.title, value=_open_mark(reading, expr))
    elif isinstance(expr, core.CohortAggregate):
        yield PutIn(sort="policy", name="others", title=None, value=Term(f"state-{state.value}"))
    elif isinstance(expr, core.StateConst):
        yield PutIn(
            sort="policy", name=expr.origin.construct, title=expr.origin.title, value=Term(f"state-{state.value}")
        )


def _open_mark(reading: Reading, expr: core.Judged) -> Part:
    """Return between which limits an open mark will lie."""
    given = reading.facts.judged.get(expr.code)
    level = next((each for each in expr.levels if given is not None and each.name == given.level), None)
    if level is None:
        return statement("judged.open-within", marks=_all_limits(reading, expr))
    return statement("judged.open-between", level=level.name, marks=limits_of(reading, level))


def _all_limits(reading: Reading, expr: core.Judged) -> Part:
    """Return the marks between which any level lies."""
    found = [limits for level in expr.levels if (limits := interval_of(reading, level)) is not None]
    return Range(reduce(hull, found)) if found else Term("undecided")
