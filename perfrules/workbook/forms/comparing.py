"""Formulas of conditions: comparisons, three-valued logic, questions about states."""

from __future__ import annotations

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CompareOp, Expr, LogicOp
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import YesNo
from perfrules.lang.states import State
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.formula import Formula, literal, number_of
from perfrules.workbook.proof import settle_comparison

_WRITTEN = {
    CompareOp.EQUAL: "=",
    CompareOp.UNEQUAL: "<>",
    CompareOp.LESS: "<",
    CompareOp.AT_MOST: "<=",
    CompareOp.GREATER: ">",
    CompareOp.AT_LEAST: ">=",
}


def compare(expr: Expr, at: At) -> Formula:
    """Write a comparison."""
    assert isinstance(expr, core.Compare)

    def build(found: list[Formula]) -> Formula:
        return compared(expr.op, found[0], found[1], at, (expr.left, expr.right))

    return at.strict((expr.left, expr.right), build)


def compared(op: CompareOp, left: Formula, right: Formula, at: At, sides: tuple[Expr, Expr]) -> Formula:
    """Compare two numbers so that noise cannot turn the outcome; texts by their letters. *sides* are what they show."""
    if left.is_text or right.is_text:
        return _texts(op, left, right, [at.texts_of(side) for side in sides])
    if isinstance(sides[0].kind, YesNo) or left.near is None or right.near is None:
        return _written(op, left, right)
    x, y = f.constant_number(left), f.constant_number(right)
    if x is not None and y is not None:
        return literal(_holds(op, x, y))
    difference = f.subtract(left, right)
    settled = settle_comparison(number_of(left), number_of(right), number_of(difference))
    at.note("comparison", settled, core.Arith(ArithOp.SUBTRACT, sides), number_of(difference))
    if settled.digits is None:
        return _written(op, left, right)
    return _written(op, f.call("ROUND", difference, str(settled.digits)), literal(Exact(0)))


def _written(op: CompareOp, left: Formula, right: Formula) -> Formula:
    text = f"{left.at_level(f.SUM)}{_WRITTEN[op]}{right.at_level(f.SUM)}"
    return f.made(text, f.COMPARISON, [left, right])


def _texts(op: CompareOp, left: Formula, right: Formula, known: list[frozenset[str] | None]) -> Formula:
    """Compare texts; `=` does not tell capitals from small letters, so it stands only where that cannot matter."""
    if None not in known:
        every = frozenset(text for texts in known for text in texts or ())
        if len({text.casefold() for text in every}) == len(every):
            return _written(op, left, right)
    same = f.call("EXACT", left, right)
    return same if op is CompareOp.EQUAL else f.call("NOT", same)


def _holds(op: CompareOp, x: Exact, y: Exact) -> bool:
    from perfrules.evaluate.reference.operations import compare as compare_values

    return compare_values(op, x, y)


def logic(expr: Expr, at: At) -> Formula:
    """Write three-valued logic: what is certain decides, whatever else is open."""
    assert isinstance(expr, core.Logic)
    if expr.op is LogicOp.NOT:
        return at.strict(expr.operands, lambda parts: f.call("NOT", parts[0]))
    parts = [at.known(part) for part in expr.operands]
    join = f.any_of if expr.op is LogicOp.OR else f.all_of
    if not any(part.states for part in parts):
        return join(parts)
    decisive = literal(expr.op is LogicOp.OR)
    cells = [
        evolve(at.lift(operand, part), states=part.states) for operand, part in zip(expr.operands, parts, strict=True)
    ]
    decided = f.any_of([f.equals(cell, decisive) for cell in cells])
    undecided = at.or_state(cells, literal(expr.op is LogicOp.AND))
    return evolve(f.choose(decided, decisive, undecided), states=undecided.states)


def is_state(expr: Expr, at: At) -> Formula:
    """Write whether something is in a state."""
    assert isinstance(expr, core.IsState)
    if isinstance(expr.operand, core.Input) and at.table is None:
        column, known = at.columns.datum(expr.operand.name), at.columns.inputs[expr.operand.name]
        if known.states == {State.MISSING} and expr.state is State.MISSING:
            return f.equals(Formula(text=column.name, is_cell=True), literal(""))
    part = at.cell(expr.operand)
    found = at.in_state(part, expr.state) if expr.state in part.states else literal(False)
    if State.PENDING not in part.states or expr.state is State.PENDING:
        return found
    return at.or_state([evolve(part, states=frozenset({State.PENDING}), is_text=True)], found)
