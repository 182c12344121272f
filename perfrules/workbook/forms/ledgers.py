"""Formulas of tallies: a base, additions and deductions, what makes it zero, its limits."""

from __future__ import annotations

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.formula import Formula, literal


def ledger(expr: Expr, at: At) -> Formula:
    """Write a tally."""
    assert isinstance(expr, core.Ledger)
    base = at.known(expr.base)
    amounts = [at.known(line.amount) for line in expr.lines]
    added = _sum(expr, base, amounts)
    conditions = [at.known(each) for each in expr.zeroed]
    total = _unless_zeroed(at, conditions, [base, *amounts], added)
    ends = [None if end is None else at.known(end) for end in (expr.floor, expr.ceiling)]
    if total.states:
        total = at.lift(evolve(expr, floor=None, ceiling=None), total)
    plain = [None if end is None else evolve(end, states=frozenset()) for end in ends]
    held = f.held(evolve(total, states=frozenset()), plain[0], plain[1])
    return at.or_state([total, *(end for end in ends if end is not None)], held)


def _sum(expr: core.Ledger, base: Formula, amounts: list[Formula]) -> Formula:
    total = evolve(base, states=frozenset())
    for line, amount in zip(expr.lines, amounts, strict=True):
        plain = evolve(amount, states=frozenset())
        total = f.add([total, plain]) if line.sign > 0 else f.subtract(total, plain)
    return total


def _unless_zeroed(at: At, conditions: list[Formula], parts: list[Formula], added: Formula) -> Formula:
    if not conditions:
        return at.or_state(parts, added)
    zero = literal(Exact(0))
    result = at.or_state([*parts, *conditions], added)
    pending = [at.in_state(each, State.PENDING) for each in conditions if State.PENDING in each.states]
    near = f.either_near([zero, added])
    states = result.states
    if pending:
        result = f.choose(f.any_of(pending), at.words.state_formula(State.PENDING), result)
    certain = [f.equals(each, literal(True)) if each.states else each for each in conditions]
    result = f.choose(f.any_of(certain), zero, result)
    return evolve(result, states=states, near=near, is_text=False)
