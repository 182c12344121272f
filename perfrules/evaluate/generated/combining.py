"""Code for combining children: in line while all of them have marks, by a call where one is left out or in a state."""

from collections.abc import Sequence

from attrs import frozen

from perfrules.evaluate.generated.arithmetic import extreme, product, quotient, total
from perfrules.evaluate.generated.emitter import Branch, Emission, Emitter
from perfrules.evaluate.generated.members import Members
from perfrules.evaluate.generated.terms import Rep, Term, fraction_code, number_term, pair_code
from perfrules.evaluate.numbering import Placed
from perfrules.ir.expressions import Combine, CombineOp
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

NONE = Term(Rep.NEVER, "None", constant=None)


@frozen
class MemberTerms:
    """The terms of one member."""

    marks: Term
    weight: Term | None
    full: Term | None
    bonus: bool


def combine(e: Emitter, expr: Combine, placed: Placed) -> Emission:
    """Write the members, then the combination and its two extra slots."""
    terms: list[Term] = []
    for part in placed.parts:
        terms.append((yield part))
    remaining = iter(terms)
    members: list[MemberTerms] = []
    for member in expr.members:
        marks = next(remaining)
        weight = None if member.weight is None else next(remaining)
        full = None if member.full is None else next(remaining)
        members.append(MemberTerms(marks, weight, full, member.bonus))
    result, earned, applicable = _combined(e, expr, members, terms)
    e.keep(placed.slot + 1, earned)
    e.keep(placed.slot + 2, applicable)
    return result


def _combined(e: Emitter, expr: Combine, members: Sequence[MemberTerms], terms: Sequence[Term]) -> list[Term]:
    risky = [term for term in terms if term.states]
    inline = all(term.rep is not Rep.NEVER for term in terms)
    if inline and not risky:
        return _without_states(e, expr.op, members)
    ways: list[list[Branch]] = [[], [], []]
    with e.writer.block(f"if {e.any_state(risky)}:"):
        for way, branches in zip(ways, _with_states(e, expr, members, risky), strict=True):
            way.extend(branches)
    if inline:
        with e.writer.block("else:"):
            bare = [_stateless(member) for member in members]
            for way, term in zip(ways, _without_states(e, expr.op, bare), strict=True):
                way.append(e.branch(term))
    return [e.merge(way) for way in ways]


def _stateless(member: MemberTerms) -> MemberTerms:
    weight = None if member.weight is None else member.weight.stateless()
    full = None if member.full is None else member.full.stateless()
    return MemberTerms(member.marks.stateless(), weight, full, member.bonus)


def _with_states(
    e: Emitter, expr: Combine, members: Sequence[MemberTerms], risky: Sequence[Term]
) -> list[list[Branch]]:
    """Write what happens when something is in a state."""
    states = frozenset[State]().union(*(term.states for term in risky))
    leaving = any(State.EXCLUDED in member.marks.states for member in members)
    if not leaving and expr.op is not CombineOp.FIRST_AVAILABLE:
        state = Term(Rep.NEVER, e.assign(e.joined(risky)), states=states)
        return [[e.branch(state)], [e.branch(NONE)], [e.branch(NONE)]]
    ordinary = [member for member in expr.members if not member.bonus]
    to = next((position for position, member in enumerate(ordinary) if member.code == expr.to), None)
    spec = e.writer.constant(Members(expr.op, expr.share, to, tuple(member.bonus for member in members)))
    columns = (
        [member.marks for member in members],
        [member.weight or number_term(Exact(1)) for member in members],
        [member.full or number_term(Exact(0)) for member in members],
    )
    listed = ", ".join(f"({''.join(f'{value_code(term)}, ' for term in column)})" for column in columns)
    names = [e.writer.fresh() for _ in range(3)]
    e.writer.line(f"{', '.join(names)} = combined({spec}, {listed})")
    return [_split(e, name, found) for name, found in zip(names, (states, frozenset(), frozenset()), strict=True)]


def value_code(term: Term) -> str:
    """Return the code of a number or state as one object."""
    if term.rep is Rep.SCALED or term.rep is Rep.PAIR:
        top, bottom = pair_code(term)
        return f"number({top}, {bottom})"
    return term.top


def _split(e: Emitter, name: str, states: frozenset[State]) -> list[Branch]:
    """Write a branch for a number and one for what is none: a state, or nothing in an extra slot."""
    with e.writer.block(f"if type({name}) is F:"):
        decided = e.branch(Term(Rep.PAIR, f"{name}._numerator", f"{name}._denominator", factors=1))
    with e.writer.block("else:"):
        other = e.branch(Term(Rep.NEVER, name, states=states))
    return [decided, other]


def _without_states(e: Emitter, op: CombineOp, members: Sequence[MemberTerms]) -> list[Term]:
    ordinary = [member for member in members if not member.bonus]
    bonuses = [(1, member.marks) for member in members if member.bonus]
    marks = [member.marks for member in ordinary]
    if not ordinary:
        summed = total(e, bonuses)
        extras = [number_term(Exact(0))] * 2 if op in (CombineOp.SUM, CombineOp.WEIGHTED_MEAN) else [NONE, NONE]
        return [summed, *extras]
    combined, *extras = _of_ordinary(e, op, ordinary, marks)
    return [total(e, [(1, combined), *bonuses]) if bonuses else combined, *extras]


def _of_ordinary(e: Emitter, op: CombineOp, ordinary: Sequence[MemberTerms], marks: Sequence[Term]) -> list[Term]:
    match op:
        case CombineOp.SUM:
            earned = total(e, [(1, term) for term in marks])
            return [earned, earned, total(e, [(1, member.full) for member in ordinary if member.full is not None])]
        case CombineOp.WEIGHTED_MEAN:
            weights = [member.weight or number_term(Exact(1)) for member in ordinary]
            products = [(1, product(e, weight, term)) for weight, term in zip(weights, marks, strict=True)]
            earned, weight = total(e, products), total(e, [(1, term) for term in weights])
            return [quotient(e, earned, weight), earned, weight]
        case CombineOp.BEST | CombineOp.WORST:
            return [extreme(e, marks, ">" if op is CombineOp.BEST else "<"), NONE, NONE]
        case CombineOp.FIRST_AVAILABLE:
            return [marks[0], NONE, NONE]
        case CombineOp.MEDIAN:
            return [_called(e, "median", [fraction_code(term) for term in marks]), NONE, NONE]
        case CombineOp.GEOMETRIC_MEAN | CombineOp.HARMONIC_MEAN:
            weights = [member.weight or number_term(Exact(1)) for member in ordinary]
            codes = [f"({fraction_code(term)}, {fraction_code(w)})" for term, w in zip(marks, weights, strict=True)]
            function = "geometric_mean" if op is CombineOp.GEOMETRIC_MEAN else "harmonic_mean"
            return [_called(e, function, codes), NONE, NONE]


def _called(e: Emitter, function: str, codes: Sequence[str]) -> Term:
    return Term(Rep.FRACTION, e.assign(f"{function}(({''.join(f'{code}, ' for code in codes)}))"))
