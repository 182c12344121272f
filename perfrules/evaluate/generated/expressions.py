"""Code for each class of expression: which generator writes it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import assert_never

from perfrules.evaluate.generated.arithmetic import absolute, extreme, hold, product, quotient, total, whole_power
from perfrules.evaluate.generated.choices import dated, is_state, logic, recover, select, step_table
from perfrules.evaluate.generated.cohort import across_entities
from perfrules.evaluate.generated.combining import combine
from perfrules.evaluate.generated.comparing import compared
from perfrules.evaluate.generated.curves import interpolated, parts
from perfrules.evaluate.generated.emitter import Emission, Emitter
from perfrules.evaluate.generated.marks import demote, judged, ledger, worst_light
from perfrules.evaluate.generated.reading import read
from perfrules.evaluate.generated.rounding import rounded
from perfrules.evaluate.generated.tables import aggregate
from perfrules.evaluate.generated.terms import NUMERIC, Rep, Term, fraction_code, number_term
from perfrules.evaluate.numbering import Placed
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp
from perfrules.lang.exact import Exact


def emit(e: Emitter, placed: Placed) -> Emission:
    """Write the code of one expression and note what its slot holds."""
    term = yield from _emission(e, placed)
    e.keep(placed.slot, term)
    return term


def _emission(e: Emitter, placed: Placed) -> Emission:
    expr, operands = placed.expr, placed.parts
    match expr:
        case core.Logic():
            return logic(e, expr, operands)
        case core.Select():
            return select(e, expr, operands)
        case core.IsState():
            return is_state(e, expr, operands)
        case core.Recover():
            return recover(e, expr, operands)
        case core.Steps():
            return step_table(e, expr, operands)
        case core.Dated():
            return dated(e, expr, operands)
        case core.Ledger():
            return ledger(e, expr, placed)
        case core.CohortAggregate():
            return across_entities(e, expr, operands)
        case core.TableAggregate():
            return aggregate(e, expr, placed)
        case core.Judged():
            return judged(e, expr, operands)
        case core.Combine():
            return combine(e, expr, placed)
        case core.Demote():
            return demote(e, expr, operands)
        case core.WorstLight():
            return worst_light(e, operands)
        case core.Overridable():
            return _first(operands)
        case core.Const() | core.StateConst() | core.Input() | core.FieldOf() | core.NodeRef() | core.Broken():
            return _leaf(e, expr)
        case _:
            return _strict(e, operands, partial(_applied, e, expr))


Leaf = core.Const | core.StateConst | core.Input | core.FieldOf | core.NodeRef | core.Broken
Strict = (
    core.Arith
    | core.Parts
    | core.Compare
    | core.Lines
    | core.Clamp
    | core.Round
    | core.Irrational
    | core.DateDifference
    | core.Computed
)


def _first(operands: Sequence[Placed]) -> Emission:
    return (yield operands[0])


def _leaf(e: Emitter, expr: Leaf) -> Emission:
    yield from ()
    match expr:
        case core.Const(value=value):
            return _constant(e, value)
        case core.StateConst():
            return e.state_term(expr.state)
        case core.Input():
            return e.inputs[expr.name]
        case core.FieldOf():
            record, fields = e.records[expr.variable]
            return read(e, f"{record}[{expr.name!r}]", fields.get(expr.name))
        case core.NodeRef():
            return e.nodes[expr.id]
        case core.Broken():
            return e.defect("a broken expression was evaluated")
        case _:
            assert_never(expr)


def _constant(e: Emitter, value: object) -> Term:
    if isinstance(value, bool):
        return Term(Rep.TRUTH, str(value), constant=value)
    if isinstance(value, Exact):
        return number_term(value)
    return Term(Rep.OBJECT, e.writer.constant(value), constant=value)  # type: ignore[arg-type]  # a text or a date


def _strict(e: Emitter, operands: Sequence[Placed], apply: Callable[[list[Term]], Term]) -> Emission:
    """Write all operands; where none is in a state, what *apply* makes of them."""
    terms: list[Term] = []
    for operand in operands:
        terms.append((yield operand))
    return e.guarded(terms, lambda: apply([term.stateless() for term in terms]))


def _applied(e: Emitter, expr: Strict, terms: list[Term]) -> Term:
    match expr:
        case core.Compare():
            return compared(e, expr.op, terms[0], terms[1])
        case core.DateDifference():
            return _days_between(e, expr.workdays, terms)
    if not all(term.rep in NUMERIC for term in terms):
        return e.defect("a number is needed")
    match expr:
        case core.Arith():
            return _arithmetic(e, expr.op, terms)
        case core.Parts():
            return parts(e, expr.rule, terms[0], terms[1])
        case core.Lines():
            return interpolated(e, terms[0], list(zip(terms[1::2], terms[2::2], strict=True)))
        case core.Clamp():
            floor = terms[1] if expr.floor is not None else None
            return hold(e, terms[0], floor, terms[-1] if expr.ceiling is not None else None)
        case core.Round():
            return rounded(e, terms[0], expr.rounding)
        case core.Irrational():
            numbers = "".join(f"{fraction_code(term)}, " for term in terms)
            code = f"irrational_result({e.writer.constant(expr.function)}, ({numbers}))"
            return Term(Rep.FRACTION, e.assign(code))
        case core.Computed():
            numbers = "".join(f"{fraction_code(term)}, " for term in terms)
            return Term(Rep.FRACTION, e.assign(f"{e.writer.constant(expr.function)}.compute(({numbers}))"))
        case _:
            assert_never(expr)


def _arithmetic(e: Emitter, op: ArithOp, terms: list[Term]) -> Term:
    match op:
        case ArithOp.ADD:
            return total(e, [(1, term) for term in terms])
        case ArithOp.SUBTRACT:
            return total(e, [(1, terms[0]), (-1, terms[1])])
        case ArithOp.NEGATE:
            return total(e, [(-1, terms[0])])
        case ArithOp.MULTIPLY:
            result = terms[0]
            for term in terms[1:]:
                result = product(e, result, term)
            return result
        case ArithOp.DIVIDE:
            return quotient(e, terms[0], terms[1])
        case ArithOp.ABSOLUTE:
            return absolute(e, terms[0])
        case ArithOp.MINIMUM:
            return extreme(e, terms, "<")
        case ArithOp.MAXIMUM:
            return extreme(e, terms, ">")
        case ArithOp.POWER:
            return whole_power(e, terms[0], terms[1])
        case _:
            assert_never(op)


def _days_between(e: Emitter, workdays: bool, terms: list[Term]) -> Term:
    start, end = terms
    if not workdays:
        return Term(Rep.SCALED, e.assign(f"{end.top}.toordinal() - {start.top}.toordinal()"))
    if e.plan.calendar is None:
        return e.defect("workdays are counted without a calendar")
    return Term(Rep.SCALED, e.assign(f"workdays({start.top}, {end.top}, {e.writer.constant(e.plan.calendar)})"))
