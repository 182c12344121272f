"""What all generators of code share: the writer, the slots written so far, guards against states, joining branches.

A generator of code for one class of expression yields the operands whose code is to come next, and is sent their terms.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import reduce
from math import lcm
from typing import NamedTuple, TypeAlias

from attrs import evolve

from perfrules.evaluate.generated.terms import (
    LARGEST_DENOMINATOR,
    NUMERIC,
    Rep,
    Term,
    fraction_code,
    pair_code,
    times,
)
from perfrules.evaluate.generated.writer import Hole, Writer
from perfrules.evaluate.numbering import Placed
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.states import State

Emission: TypeAlias = Generator[Placed, Term, Term]


class KeptTerm(NamedTuple):
    """A slot's term, and the variable that tells whether its code ran; *records* for the list an aggregate leaves."""

    term: Term
    marker: str | None
    records: bool = False


class Branch(NamedTuple):
    """One way to a result: its term, and the hole in which the result is assigned."""

    term: Term
    hole: Hole


class Emitter:
    """The state of generating one function."""

    def __init__(self, plan: Plan, as_of: date | None) -> None:
        self.plan = plan
        self.as_of = as_of
        self.writer = Writer()
        self.inputs: Mapping[str, Term] = {}
        self.nodes: dict[str, Term] = {}
        self.records: dict[str, tuple[str, Mapping[str, InputDeclaration]]] = {}
        self.slots: dict[int, KeptTerm] = {}
        self.marker: str | None = None
        self._state_names: dict[State, str] = {}

    def keep(self, slot: int, term: Term, *, records: bool = False) -> None:
        """Note that *slot* holds *term*; bodies of aggregates have no slots."""
        if not self.records:
            self.slots[slot] = KeptTerm(term, self.marker, records)

    @contextmanager
    def skippable(self, header: str) -> Iterator[None]:
        """Write a block that may not run, with a marker for the slots in it."""
        outer = self.marker
        with self.writer.block(header):
            if not self.records:
                self.marker = self.assign("True", "ran")
            yield
        self.marker = outer

    def assign(self, code: str, prefix: str = "v") -> str:
        """Write an assignment to a fresh name."""
        name = self.writer.fresh(prefix)
        self.writer.line(f"{name} = {code}")
        return name

    def state_term(self, state: State) -> Term:
        """Hold a state."""
        return Term(Rep.NEVER, self.state_name(state), states=frozenset((state,)), constant=state)

    def state_name(self, state: State) -> str:
        """Return the name under which the code finds *state*."""
        if state not in self._state_names:
            self._state_names[state] = self.writer.constant(state)
        return self._state_names[state]

    def defect(self, reason: str) -> Term:
        """Write that this place is our own mistake."""
        self.writer.line(f"raise Defect({reason!r})")
        return Term(Rep.NEVER, "None")

    def uncovered(self) -> Term:
        """Write that the data lie in a hole between bands."""
        self.writer.line("raise Uncovered()")
        return Term(Rep.NEVER, "None")

    def guarded(self, operands: Sequence[Term], build: Callable[[], Term]) -> Term:
        """Write what *build* writes, unless an operand is in a state: then the result is the join of the states."""
        risky = [term for term in operands if term.states]
        if any(term.rep is Rep.NEVER for term in operands):
            return self._always_state(operands)
        if not risky:
            return build()
        states = frozenset[State]().union(*(term.states for term in risky))
        with self.writer.block(f"if {self.any_state(risky)}:"):
            name = self.assign(self.joined(risky))
            in_state = Branch(Term(Rep.NEVER, name, states=states), self.writer.hole())
        with self.writer.block("else:"):
            term = build()
            decided = Branch(term.stateless(), self.writer.hole())
        return self.merge([in_state, decided])

    def _always_state(self, operands: Sequence[Term]) -> Term:
        states = frozenset[State]().union(*(term.states for term in operands))
        if not states:
            return self.defect("an operand has no value")
        return Term(Rep.NEVER, self.assign(self.joined([term for term in operands if term.states])), states=states)

    def any_state(self, terms: Sequence[Term]) -> str:
        """Return the code that tells whether any of *terms* is in a state."""
        return " or ".join(f"type({term.top}) is State" for term in terms if term.states) or "False"

    def joined(self, terms: Sequence[Term]) -> str:
        """Return the code of the join of the states among *terms*."""
        risky = [term.top for term in terms if term.states]
        return risky[0] if len(risky) == 1 else f"joined({', '.join(risky)})"

    def branch(self, term: Term) -> Branch:
        """Note that this way ends here with *term*."""
        return Branch(term, self.writer.hole())

    def merge(self, branches: Sequence[Branch]) -> Term:
        """Let every branch assign the result, in a form that can hold them all."""
        result = merged_form([branch.term for branch in branches])
        bottom: int | str = result.bottom
        top = self.writer.fresh()
        if result.rep is Rep.PAIR:
            bottom = self.writer.fresh()
        result = evolve(result, top=top, bottom=bottom)
        for branch in branches:
            branch.hole.fill(_assignment(result, branch.term))
        return result


def merged_form(terms: Sequence[Term]) -> Term:
    """Return the form that can hold all of *terms*."""
    states = frozenset[State]().union(*(term.states for term in terms))
    forms = {term.rep for term in terms} - {Rep.NEVER}
    if not forms:
        return Term(Rep.NEVER, "", states=states)
    if not forms <= NUMERIC:
        return Term(forms.pop() if len(forms) == 1 else Rep.OBJECT, "", states=states)
    if Rep.FRACTION in forms:
        return Term(Rep.FRACTION, "", states=states)
    common = reduce(lcm, (int(term.bottom) for term in terms if term.rep is Rep.SCALED), 1)
    if Rep.PAIR in forms or common > LARGEST_DENOMINATOR:
        factors = max(term.factors for term in terms)
        return Term(Rep.PAIR, "", states=states, factors=factors)
    return Term(Rep.SCALED, "", common, states=states)


def _assignment(result: Term, term: Term) -> list[str]:
    """Return the lines that put *term* into the form of *result*."""
    top, bottom = pair_code(term) if term.rep in NUMERIC else (term.top, "1")
    if term.rep is Rep.NEVER or term.rep is result.rep is not Rep.SCALED:
        top = term.top
        return [f"{result.top} = {top}", *([f"{result.bottom} = {bottom}"] if result.rep is Rep.PAIR else [])]
    if result.rep is Rep.SCALED:
        factor = int(result.bottom) // int(term.bottom)
        lines = [f"{result.top} = {times(top, factor)}"]
        needs_guard = factor != 1
    elif result.rep is Rep.PAIR:
        lines = [f"{result.top} = {top}", f"{result.bottom} = {bottom}"]
        needs_guard = term.rep is Rep.FRACTION
    else:
        lines = [f"{result.top} = {fraction_code(term) if term.rep in NUMERIC else term.top}"]
        needs_guard = term.rep in NUMERIC
    if not (needs_guard and term.states):
        return lines
    in_state = [f"{result.top} = {term.top}", *([f"{result.bottom} = 1"] if result.rep is Rep.PAIR else [])]
    return [
        f"if type({term.top}) is State:",
        *(f" {line}" for line in in_state),
        "else:",
        *(f" {line}" for line in lines),
    ]
