"""Code for marks: ledgers, marks a person gave, vetoes of the grade, lights."""

from collections.abc import Sequence
from functools import partial

from perfrules.evaluate.generated.arithmetic import hold, total
from perfrules.evaluate.generated.emitter import Branch, Emission, Emitter
from perfrules.evaluate.generated.terms import Rep, Term, number_term, pair_code
from perfrules.evaluate.numbering import Placed
from perfrules.ir.expressions import Demote, Judged, Ledger
from perfrules.lang.exact import Exact
from perfrules.lang.states import State


def ledger(e: Emitter, expr: Ledger, placed: Placed) -> Emission:
    """Write base and lines, then the sum, then its limits."""
    base = yield placed.parts[0]
    rest: list[Term] = []
    for part in placed.parts[1:]:
        rest.append((yield part))
    count = len(expr.lines)
    lines, zeroed, limits = rest[:count], rest[count : count + len(expr.zeroed)], rest[count + len(expr.zeroed) :]
    signed = [(1, base), *((line.sign, term) for line, term in zip(expr.lines, lines, strict=True))]
    summed = _summed(e, signed, zeroed)
    e.keep(placed.slot + 1, summed)
    floor = limits[0] if expr.floor is not None else None
    ceiling = limits[-1] if expr.ceiling is not None else None
    return e.guarded([summed, *limits], lambda: hold(e, summed.stateless(), floor, ceiling))


def _summed(e: Emitter, signed: Sequence[tuple[int, Term]], zeroed: Sequence[Term]) -> Term:
    """Add up, unless a condition makes it 0 whatever the lines are, or may yet."""

    def added() -> Term:
        return total(e, [(sign, term.stateless()) for sign, term in signed])

    operands = [*(term for _, term in signed), *zeroed]
    if not zeroed:
        return e.guarded(operands, added)
    with e.writer.block(f"if {' or '.join(f'{term.top} is True' for term in zeroed)}:"):
        branches = [e.branch(number_term(Exact(0)))]
    undecided = [term.top for term in zeroed if State.PENDING in term.states]
    if undecided:
        pending = e.state_term(State.PENDING)
        with e.writer.block(f"elif {' or '.join(f'{top} is {pending.top}' for top in undecided)}:"):
            branches.append(e.branch(pending))
    with e.writer.block("else:"):
        branches.append(e.branch(e.guarded(operands, added)))
    return e.merge(branches)


def judged(e: Emitter, expr: Judged, parts: Sequence[Placed]) -> Emission:
    """Read the mark; without one, the only mark that the level allows."""
    limits: list[Term] = []
    for part in parts:
        limits.append((yield part))
    given = e.assign(f"judged.get({expr.code!r})", "given")
    pending = e.state_term(State.PENDING)
    branches: list[Branch] = []
    with e.writer.block(f"if {given} is None or {given}.mark is None and {given}.level is None:"):
        branches.append(e.branch(pending))
    with e.writer.block(f"elif {given}.mark is not None:"):
        mark = e.assign(f"{given}.mark")
        bottom = e.assign(f"{mark}._denominator")
        branches.append(e.branch(Term(Rep.PAIR, e.assign(f"{mark}._numerator"), bottom, factors=1)))
    for level, low, high in zip(expr.levels, limits[::2], limits[1::2], strict=True):
        with e.writer.block(f"elif {given}.level == {level.name!r}:"):
            branches.append(e.branch(e.guarded([low, high], partial(_only_mark, e, low, high))))
    with e.writer.block("else:"):
        branches.append(e.branch(e.defect("there is no such level")))
    return e.merge(branches)


def _only_mark(e: Emitter, low: Term, high: Term) -> Term:
    (n, d), (m, k) = pair_code(low), pair_code(high)
    with e.writer.block(f"if {n} * {k} == {m} * {d}:"):
        only = e.branch(low.stateless())
    with e.writer.block("else:"):
        pending = e.branch(e.state_term(State.PENDING))
    return e.merge([only, pending])


def demote(e: Emitter, expr: Demote, parts: Sequence[Placed]) -> Emission:
    """Leave the grade where no condition holds or is open; states are true in Python, so one test finds both."""
    grade = yield parts[0]
    conditions: list[Term] = []
    for part in parts[1:]:
        conditions.append((yield part))
    if not conditions:
        return grade
    vetoes = tuple((veto.grade, veto.at_most) for veto in expr.vetoes)
    states = frozenset[State]().union(grade.states, *(term.states for term in conditions))
    name = e.writer.fresh("grade")
    with e.writer.block(f"if {' or '.join(term.top for term in conditions)}:"):
        listed = "".join(f"{term.top}, " for term in conditions)
        order, known = e.writer.constant(expr.order), e.writer.constant(vetoes)
        e.writer.line(f"{name} = demoted({grade.top}, {order}, {known}, ({listed}))")
    with e.writer.block("else:"):
        e.writer.line(f"{name} = {grade.top}")
    return Term(Rep.OBJECT, name, states=states)


def worst_light(e: Emitter, parts: Sequence[Placed]) -> Emission:
    """Ask for the most severe light."""
    lights: list[Term] = []
    for part in parts:
        lights.append((yield part))
    name = e.assign(f"worst_light(({''.join(f'{term.top}, ' for term in lights)}))")
    pending = any(State.PENDING in term.states for term in lights)
    can_be_empty = all(term.states for term in lights)
    states = ((State.EXCLUDED,) if can_be_empty else ()) + ((State.PENDING,) if pending else ())
    return Term(Rep.OBJECT, name, states=frozenset(states))
