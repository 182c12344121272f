"""What a rule means, as text that can be compared: whatever its names, its units, and where it stands.

Quantities are brought to the base units of their dimensions, so that a rule that only reads its data in another unit is
the same rule; terms, conditions and lines of tallies whose order says nothing are put into one order. The children that
a parent combines belong to the children, and are left out of the parent's rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from attrs import evolve

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.reference.operations import arithmetic
from perfrules.ir import expressions as core
from perfrules.ir.conversion import UNIT_CONVERSION
from perfrules.ir.expressions import ArithOp, CombineOp, Expr
from perfrules.ir.plan import Node, Plan, Role
from perfrules.ir.walk import transform
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Quantity
from perfrules.plan.digest import canonical

Meaning = str
_COMMUTATIVE: Final = (ArithOp.ADD, ArithOp.MULTIPLY, ArithOp.MINIMUM, ArithOp.MAXIMUM)
NUMBERED: Final = (Role.COHORT, Role.COHORT_PART, Role.VETO, Role.CHECK)
"""The roles of nodes whose ids only count: they are known by what they mean."""


def meanings(plan: Plan, *, own: bool = False) -> Mapping[str, Meaning]:
    """Return what each node of *plan* means, by id; with *own*, the code of its indicator stands for itself."""
    found: dict[str, Meaning] = {}
    numbered = {node.id for node in plan.nodes if node.role in NUMBERED}
    for node in plan.nodes:
        code = node.indicator if own else None
        found[node.id] = _text(_bare(node, code, numbered, found))
    return found


def settled(expr: Expr, as_of: date | None) -> Expr:
    """Replace what changes with time by what applies on the day *as_of*; nothing where there is no day."""

    def change(part: Expr) -> Expr:
        if not isinstance(part, core.Dated) or as_of is None:
            return part
        applying = [value for start, value in part.entries if start <= as_of]
        return applying[-1] if applying else part

    return transform(expr, change)


def factor_of(kind: Kind) -> Exact:
    """Return how many base units one of *kind* is."""
    return kind.unit.factor if isinstance(kind, Quantity) else Exact(1)


def child_of(line: core.LedgerLine) -> str | None:
    """Return the child that a line of a sheet of additions and deductions adds; None for another line."""
    if line.origin.construct != "combine" or not isinstance(line.amount, core.Recover):
        return None
    operand = line.amount.operand
    return operand.id if isinstance(operand, core.NodeRef) else None


def _bare(node: Node, own: str | None, numbered: set[str], found: Mapping[str, Meaning]) -> Expr:
    def change(part: Expr) -> Expr:
        match part:
            case core.NodeRef(id=id_) if id_ in numbered:
                return core.NodeRef(f"#{found[id_]}")
            case core.NodeRef(id=id_):
                return core.NodeRef(_without(id_, own))
            case core.CohortAggregate():
                return evolve(part, id="")
            case core.Overridable() | core.Judged():
                return evolve(part, code=_without(part.code, own))
            case core.Const(value=Exact() as value, kind=Quantity(unit)):
                return core.Const(value * unit.factor)
            case core.Arith(op=ArithOp.MULTIPLY) if part.origin.construct == UNIT_CONVERSION:
                return part.operands[0]
            case core.Combine():
                return childless(part, _without_of(own))
            case core.Ledger():
                return _unordered_lines(without_children(part))
            case core.Arith():
                return _worked_out(part)
            case core.Logic() | core.WorstLight():
                return _unordered(part)
        return part

    return transform(node.expr, change)


def _worked_out(expr: core.Arith) -> Expr:
    """Return the number that an expression of numbers alone comes to: `80% of full` is what it is however written."""
    values = [part.value for part in expr.operands if isinstance(part, core.Const)]
    if len(values) < len(expr.operands) or not all(isinstance(value, Exact) for value in values):
        return _unordered(expr) if expr.op in _COMMUTATIVE else expr
    try:
        found = arithmetic(expr.op, values)
    except EvaluationDefect:
        return expr
    return core.Const(found) if isinstance(found, Exact) else expr


def without_children(expr: core.Ledger) -> core.Ledger:
    """Return a sheet of additions and deductions without the children that it adds."""
    return evolve(expr, lines=tuple(line for line in expr.lines if child_of(line) is None))


def childless(expr: core.Combine, named: Callable[[str], str]) -> core.Combine:
    """Return the rule of a parent without its children; their order stays where it matters."""
    order = tuple(member.code for member in expr.members) if expr.op is CombineOp.FIRST_AVAILABLE else ()
    to = None if expr.to is None else named(expr.to)
    members = tuple(core.Member(named(code), core.Const(Exact(0)), None, None) for code in order)
    return evolve(expr, members=members, to=to)


def _unordered(expr: core.Arith | core.Logic | core.WorstLight) -> Expr:
    """Put operands whose order says nothing into one order."""
    return evolve(expr, operands=tuple(sorted(expr.operands, key=_text)))


def _unordered_lines(expr: core.Ledger) -> Expr:
    """Put the lines of a tally, whose order says nothing, into one order."""
    lines = tuple(sorted(expr.lines, key=lambda line: (line.sign, _text(line.amount))))
    return evolve(expr, lines=lines, zeroed=tuple(sorted(expr.zeroed, key=_text)))


def _text(value: object) -> str:
    return "\x1f".join(canonical(value))


def _without(text: str, own: str | None) -> str:
    """Let `@` stand for an indicator's own code."""
    if own is not None and (text == own or text.startswith((f"{own}/", f"{own}."))):
        return f"@{text[len(own) :]}"
    return text


def _without_of(own: str | None) -> Callable[[str], str]:
    return lambda text: _without(text, own)
