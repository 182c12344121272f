"""Where a formula is being written: the node it belongs to, what is proved about the expression there, and the columns
it may read or add.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Node
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.prove.enclosure import UNKNOWN, Enclosure
from perfrules.prove.scene import Visit
from perfrules.workbook.columns import Columns, Finding, NoFormula
from perfrules.workbook.formula import ATOM, Formula, any_of, call, choose, equals, number_of
from perfrules.workbook.near import Near, held_by
from perfrules.workbook.own_decimals import onto_lattice
from perfrules.workbook.proof import Settled
from perfrules.workbook.wording import Wording

STRONGEST_FIRST: Final = (State.REFUSED, State.MISSING, State.EXCLUDED, State.PENDING)
_LONGEST: Final = 1200
_DEEPEST: Final = 24

Form: TypeAlias = "Callable[[Expr, At], Formula]"


@frozen(eq=False, kw_only=True)
class At:
    """*forms* has the way to write each class of expression; *table* and *variable* are set within a record."""

    forms: Mapping[type[Expr], Form]
    columns: Columns
    node: Node
    visit: Visit | None
    table: str | None = None
    variable: str | None = None
    asks_all: bool = False
    """Whether states are asked about that cannot occur where the ruleset evaluates the expression."""

    @property
    def words(self) -> Wording:
        return self.columns.words

    @property
    def value(self) -> Enclosure:
        """What the expression at hand can be."""
        return UNKNOWN if self.visit is None else self.visit.value

    def emit(self, part: Expr) -> Formula:
        """Write an operand of the expression at hand, in a cell of its own where it is long or an array formula."""
        below = None if self.visit is None else next((each for each in self.visit.parts if each.expr is part), None)
        found = evolve(self, visit=below).write(part)
        return self.lift(part, found) if found.is_array else found

    def _visit_of(self, part: Expr) -> Visit | None:
        """Return what is known of *part*, which is at hand or an operand of what is."""
        if self.visit is None or self.visit.expr is part:
            return self.visit
        found = next((visit for visit in self.visit.parts if visit.expr is part), None)
        same = found is None and type(part) is type(self.visit.expr)  # the expression at hand without its limits
        return evolve(self.visit, expr=part) if same else found

    def write(self, expr: Expr) -> Formula:
        """Write *expr*, the expression at hand."""
        try:
            found = self.forms[type(expr)](expr, self)
        except NoFormula as lacking:
            if self.table is not None:
                raise
            return self._given(expr, lacking.reason)
        states = found.states
        if self.visit is not None and not self.value.reported and not self.asks_all:
            states &= self.value.states | {State.PENDING}
        near = held_by(number_of(found), self.value) if self.value.numbers is not None else found.near
        is_loose = found.is_loose or states != found.states
        found = evolve(found, states=states, near=near, is_loose=is_loose)
        return self.lift(expr, found) if len(found.text) > _LONGEST or found.depth > _DEEPEST else found

    def _given(self, expr: Expr, reason: str) -> Formula:
        known = self.value
        is_text = known.texts is None or bool(known.texts)
        shown = Formula(text="", states=known.states | {State.PENDING}, is_text=is_text)
        if known.numbers is not None:
            from perfrules.workbook.near import nearest

            shown = evolve(shown, near=held_by(nearest(known.numbers, known.step), known))
        return self.columns.step(self.node, shown, expr, reason=reason)

    def lift(self, expr: Expr | None, formula: Formula, shows: str = "value") -> Formula:
        """Give *formula*, which shows *expr*, a cell of its own, that shows also what is not asked about here."""
        if formula.is_cell or formula.constant is not None:
            return formula
        if formula.is_loose and expr is not None and shows == "value" and not self.asks_all:
            here = evolve(self, asks_all=True, visit=self._visit_of(expr)).write(expr)
            if here.is_cell:
                return evolve(here, states=formula.states, near=formula.near, is_loose=True)
            formula = evolve(here, states=formula.states, near=formula.near, is_loose=True)
        if formula.fails:
            formula = evolve(formula, text=f'IFERROR({formula.text},"")', level=ATOM, fails=False)
        if self.table is None:
            cell = self.columns.step(self.node, formula, expr, shows)
        else:
            assert self.variable is not None
            cell = self.columns.record_step(self.node, formula, expr, self.table, self.variable, shows)
        return evolve(cell, is_loose=formula.is_loose)

    def cell(self, part: Expr) -> Formula:
        """Write an operand that is read more than once."""
        return self.lift(part, self.emit(part))

    def known(self, part: Expr) -> Formula:
        """Write an operand, in a cell of its own where it can be in a state."""
        found = self.emit(part)
        return self.lift(part, found) if found.states else found

    def note(
        self,
        kind: str,
        settled: Settled,
        operand: Expr | None,
        near: Near,
        *,
        scale: Exact = Exact(1),
        boundary: Exact | None = None,
    ) -> None:
        """Note how a rounding or comparison of *operand* was settled; its *scale*-fold has its turns at multiples of
        *boundary* (None: at zero only).
        """
        finding = Finding(
            node=self.node,
            kind=kind,
            settled=settled,
            operand=operand if self.table is None else None,
            near=near,
            scale=scale,
            boundary=boundary,
        )
        if finding not in self.columns.findings:
            self.columns.findings.append(finding)

    def texts_of(self, part: Expr) -> frozenset[str] | None:
        """Return the texts that an operand can be; None where it can be any."""
        if isinstance(part, core.Const):
            return frozenset({part.value}) if isinstance(part.value, str) else frozenset()
        return UNKNOWN.texts if self.visit is None else self.visit.of(part).texts

    def strict(self, parts: Sequence[Expr], build: Callable[[list[Formula]], Formula]) -> Formula:
        """Write what needs all *parts*: their joined state where any is in one, else what *build* makes of them."""
        found = [self.known(part) for part in parts]
        value = build([evolve(part, states=frozenset()) for part in found])
        return self.or_state(found, onto_lattice(value) if any(part.states for part in found) else value)

    def or_state(self, parts: Sequence[Formula], value: Formula) -> Formula:
        """Return the join of the states of *parts*, cells all, where any is in one, else *value*."""
        stateful = {part.text: part for part in parts if part.states}
        union = frozenset(state for part in stateful.values() for state in part.states)
        if not stateful:
            return value
        if len(stateful) == 1:
            [only] = stateful.values()
            if value.text == only.text:
                return evolve(value, states=value.states | only.states)
            result = choose(self.in_any_state(only), evolve(only, states=frozenset()), value)
        else:
            result = value
            for state in reversed(STRONGEST_FIRST):
                if state in union:
                    tests = [self.in_state(part, state) for part in stateful.values() if state in part.states]
                    result = choose(any_of(tests), self.words.state_formula(state), result)
        return evolve(result, states=union | value.states, near=value.near, is_text=value.is_text, fails=value.fails)

    def in_any_state(self, cell: Formula) -> Formula:
        """Tell whether a cell shows a state."""
        if not cell.is_text:
            return call("ISTEXT", cell)
        return any_of([self.in_state(cell, state) for state in STRONGEST_FIRST if state in cell.states])

    def in_state(self, cell: Formula, state: State) -> Formula:
        """Tell whether a cell shows *state*."""
        return equals(cell, self.words.state_formula(state))

    def can_be_zero(self, divisor: Expr) -> bool:
        """Tell whether a divisor can be zero where nobody asks for the quotient."""
        match divisor:
            case core.Const(value=value):
                return value == 0
            case core.Input(name=name):
                return self.columns.inputs.get(name, UNKNOWN).zero_possible
            case core.NodeRef(id=id_):
                known = self.columns.values.get(id_, UNKNOWN)
                return known.zero_possible or bool(known.states)
        return True
