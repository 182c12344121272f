"""Which indicators can be excluded, by the structure of the rules: the least fixed point over what each node reads.

A node can be excluded where an expression says so (`otherwise excluded`, `empty -> excluded`), or where it reads a node
that can; a sum or mean can only where all its members that are no bonus can. What a condition asked about (`is
excluded`) counts no more from there on, and under a replacement for excluded values nothing does. An indicator's own
measure is excluded with it, never alone; what is inside an indicator that does not apply is excluded with it, which
matters to those who read it from outside. What no data can reach says nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr
from perfrules.ir.plan import Node, Role
from perfrules.ir.walk import operands
from perfrules.lang.states import State
from perfrules.prove.checks.context import Context
from perfrules.text import Span

_PLACES: Final = frozenset({CohortOp.RANK, CohortOp.PERCENTILE_RANK, CohortOp.APPORTIONMENT})
"""The statistics that tell an entity its own place; who does not count has none."""


_Reached = Mapping[int, tuple[bool, ...]]
"""Which values of a choice can be reached, the last being `otherwise`, by the identity of the choice."""


@frozen
class _Reading:
    """Whether an expression itself says excluded, the nodes it reads, the members of which all must be excludable.

    *guards* are the `applies` clauses around it.
    """

    says_so: bool
    reads: frozenset[str]
    members: tuple[str, ...] = ()
    guards: frozenset[Span] = frozenset()


def excludable(context: Context) -> frozenset[str]:
    """Return the ids of the nodes that can be excluded, without the copies that conditions of vetoes read."""
    readings: dict[str, _Reading] = {}
    inside: dict[str | None, set[Span]] = {None: set()}
    owners: dict[str, str | None] = {}
    for node in context.own_nodes():
        reached = _choices(node, context)
        readings[node.id] = _reading(node, node.expr, reached)
        owners[node.id] = owners[_raw(node.id)] = node.indicator
        if node.indicator is not None:
            inside.setdefault(node.indicator, set()).update(_clauses(node.expr, reached))
        if node.role is Role.MEASURE:
            readings[_raw(node.id)] = _reading(node, _unguarded(node.expr), reached)
    readers: dict[str, list[str]] = {}
    for id_, reading in readings.items():
        for read in (*reading.reads, *reading.members):
            readers.setdefault(read, []).append(id_)
    foreign = {
        id_ for id_, guards in _reached(readings, readers).items() if owners[id_] and not guards <= inside[owners[id_]]
    }
    return _spread(readings, readers, foreign)


def _choices(node: Node, context: Context) -> _Reached:
    """Return which values can be reached, of every choice of a node; a choice that stands twice, at either place."""
    found: dict[int, tuple[bool, ...]] = {}
    for visit in context.visits_of(node):
        if isinstance(visit.expr, core.Select):
            before = found.get(id(visit.expr), visit.reached)
            found[id(visit.expr)] = tuple(one or other for one, other in zip(before, visit.reached, strict=True))
    return found


def _reached(readings: Mapping[str, _Reading], readers: Mapping[str, list[str]]) -> Mapping[str, set[Span]]:
    """Return the clauses around each node or around what it reads; a member of a sum or mean stands in its parent."""
    found = {id_: set(reading.guards) for id_, reading in readings.items()}
    waiting = deque(id_ for id_, guards in found.items() if guards)
    while waiting:
        id_ = waiting.popleft()
        for reader in readers.get(id_, ()):
            if id_ in readings[reader].reads and not found[id_] <= found[reader]:
                found[reader] |= found[id_]
                waiting.append(reader)
    return found


def _spread(readings: Mapping[str, _Reading], readers: Mapping[str, list[str]], foreign: set[str]) -> frozenset[str]:
    found = {id_ for id_, reading in readings.items() if reading.says_so} | foreign
    waiting = deque(found)
    while waiting:
        for reader in readers.get(waiting.popleft(), ()):
            if reader not in found and _follows(readings[reader], found):
                found.add(reader)
                waiting.append(reader)
    return frozenset(found)


def _follows(reading: _Reading, found: set[str]) -> bool:
    return not reading.reads.isdisjoint(found) or (bool(reading.members) and found.issuperset(reading.members))


def _raw(measure: str) -> str:
    return f"{measure}!"


def _unguarded(expr: Expr) -> Expr:
    """Return a measure without the `applies` clauses around it."""
    while isinstance(expr, core.Select) and expr.origin.construct == "applies":
        expr = expr.cases[0][1]
    return expr


def _reading(node: Node, expr: Expr, reached: _Reached) -> _Reading:
    says_so, reads, members = False, set[str](), list[str]()
    waiting: list[tuple[Expr, frozenset[str]]] = [(expr, frozenset())]
    while waiting:
        part, asked = waiting.pop()
        match part:
            case core.StateConst(state=State.EXCLUDED):
                # A clause of an indicator around this one excludes them all at once; nobody's share is left over.
                says_so = says_so or part.origin.role != "around"
            case core.NodeRef(id=id_):
                id_ = id_.removesuffix("~")
                if not _is_about(id_, asked):
                    reads.add(_raw(id_) if id_ == f"{node.indicator}/measure" else id_)
            case core.Combine():
                members += [ref.id for member in part.members if not member.bonus for ref in _refs(member.value)]
            case core.IsState():
                pass
            case core.CohortAggregate():
                says_so = says_so or (part.op in _PLACES and part.where is not None)
                waiting += [(operand, asked) for operand in _that_count(part)]
            case core.Recover(state=State.EXCLUDED):
                waiting.append((part.replacement, asked))
            case core.Select():
                waiting += _in_turn(part, asked, reached)
            case _:
                waiting += [(operand, asked) for operand in operands(part)]
    return _Reading(says_so, frozenset(reads), tuple(members), frozenset(_clauses(expr, reached, "around")))


def _that_count(statistic: core.CohortAggregate) -> Iterator[Expr]:
    """Yield the parts whose state is that of the statistic; where only those present count, it is nobody's value."""
    yield from (part for part in operands(statistic) if part is not statistic.body)
    if statistic.body is not None and (statistic.op in _PLACES or not statistic.present):
        yield statistic.body


def _in_turn(select: core.Select, asked: frozenset[str], reached: _Reached) -> Iterator[tuple[Expr, frozenset[str]]]:
    """Yield conditions and the values that can be reached, with what has been asked by then whether it is excluded."""
    *cases, otherwise = _of(select, reached)
    for (condition, value), is_reached in zip(select.cases, cases, strict=True):
        asked |= _asked(condition)
        yield condition, asked
        if is_reached:
            yield value, asked
    if otherwise:
        yield select.otherwise, asked


def _of(select: core.Select, reached: _Reached) -> tuple[bool, ...]:
    return reached.get(id(select)) or (True,) * (len(select.cases) + 1)


def _is_about(id_: str, asked: frozenset[str]) -> bool:
    """Tell whether a node belongs to what was asked about: it, a stage of it or something inside it."""
    return any(id_ == each or id_.startswith((f"{each}/", f"{each}.")) for each in asked)


def _clauses(expr: Expr, reached: _Reached, *roles: str) -> Iterator[Span]:
    """Yield where the `applies` clauses stand that *expr* begins with, under a missing policy if there is one; those
    that always hold are left out.
    """
    if isinstance(expr, core.Recover):
        expr = expr.operand
    while isinstance(expr, core.Select) and expr.origin.construct == "applies":
        is_wanted = not roles or expr.origin.role in roles
        if expr.origin.span is not None and is_wanted and _of(expr, reached)[-1]:
            yield expr.origin.span
        expr = expr.cases[0][1]


def _refs(expr: Expr) -> tuple[core.NodeRef, ...]:
    return (expr,) if isinstance(expr, core.NodeRef) else ()


def _asked(condition: Expr) -> frozenset[str]:
    """Return the nodes of which *condition* asks whether they are excluded."""
    found: set[str] = set()
    waiting = [condition]
    while waiting:
        part = waiting.pop()
        if isinstance(part, core.IsState) and part.state is State.EXCLUDED and isinstance(part.operand, core.NodeRef):
            found.add(part.operand.id.removesuffix("~"))
        waiting.extend(operands(part))
    return frozenset(found)
