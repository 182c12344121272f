"""What the cells of formulas show: the engine's exact values, of nodes from the trace, of steps evaluated beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.judged_facts import values_to_read
from perfrules.evaluate.reference.nodes import evaluate_about_record, evaluate_beside
from perfrules.evaluate.trace import Value
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Decimals, Mode, Rounding, round_exact
from perfrules.lang.states import State, join
from perfrules.workbook.columns import Column

Shown = Value | None
"""None is a cell that shows nothing: what the ruleset would never evaluate."""
_CODES = (None, State.PENDING, State.EXCLUDED, State.MISSING, State.REFUSED)


@frozen(eq=False)
class Entity:
    """One entity with the values of its nodes."""

    plan: Plan = field(repr=False)
    facts: Facts
    found: Mapping[str, Value] = field(repr=False)

    @cached_property
    def _all_facts(self) -> Facts:
        return evolve(self.facts, values=values_to_read(self.plan, self.facts))

    def records(self, table: str) -> Sequence[Mapping[str, Value]]:
        """Return the records of a table."""
        found = self.facts.values.get(table)
        return found if isinstance(found, tuple) else ()

    def show(self, column: Column, record: Mapping[str, Value] | None = None) -> Shown:
        """Return what a column shows for this entity, or for one of its records."""
        if column.expr is None:
            return None
        if not column.is_step:
            return self.found[column.node.id]
        if column.shows == "value":
            return self.value(column.expr, column.variable, record)
        if column.shows.startswith(("rounded", "cleared")):
            return self._rounded(column, column.expr)
        if column.shows == "truth":
            truth = self.value(column.expr, column.variable, record)
            return Exact(int(truth)) if isinstance(truth, bool) else truth
        if isinstance(column.expr, core.CohortAggregate):
            return Exact(int(self._is_member(column.expr)))
        assert isinstance(column.expr, core.TableAggregate)
        return self._of_record(column, column.expr, record)

    def value(self, expr: Expr, variable: str | None = None, record: Mapping[str, Value] | None = None) -> Shown:
        """Evaluate an expression beside the nodes; None where the ruleset could not."""
        try:
            if record is None or variable is None:
                return evaluate_beside(self.plan, self._all_facts, self.found, expr)
            return evaluate_about_record(self.plan, self._all_facts, self.found, {variable: record}, expr)
        except (EvaluationDefect, Uncovered):
            return None

    def _rounded(self, column: Column, expr: Expr) -> Shown:
        how, places = column.shows.split()
        value = self.value(expr)
        if isinstance(value, Exact):
            return value if places == "0" else round_exact(value, Rounding(Mode.HALF_UP, Decimals(int(places))))
        return None if how == "cleared" else value

    def _of_record(self, column: Column, expr: core.TableAggregate, record: Mapping[str, Value] | None) -> Shown:
        taken: Shown = True if expr.where is None else self.value(expr.where, column.variable, record)
        body: Shown = None if expr.body is None else self.value(expr.body, column.variable, record)
        counts = taken is not False
        if expr.skipping_missing and State.MISSING in (taken, body):
            counts = False
        if column.shows == "counts":
            return Exact(int(counts))
        states = [each for each in (taken, body) if isinstance(each, State)] if counts else []
        return Exact(_CODES.index(join(*states)) if states else 0)

    def _is_member(self, expr: core.CohortAggregate) -> bool:
        where = True if expr.where is None else self.value(expr.where)
        body = None if expr.body is None else self.value(expr.body)
        away = expr.present and body in (State.MISSING, State.EXCLUDED, State.REFUSED)
        return where is True and not away
