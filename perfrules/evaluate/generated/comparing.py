"""Code for comparisons of terms that are in no state."""

from typing import Final

from perfrules.evaluate.generated.emitter import Emitter
from perfrules.evaluate.generated.terms import NUMERIC, Rep, Term, crossed
from perfrules.ir.expressions import CompareOp

PYTHON: Final = {
    CompareOp.EQUAL: "==",
    CompareOp.UNEQUAL: "!=",
    CompareOp.LESS: "<",
    CompareOp.AT_MOST: "<=",
    CompareOp.GREATER: ">",
    CompareOp.AT_LEAST: ">=",
}


def compared(e: Emitter, op: CompareOp, left: Term, right: Term) -> Term:
    """Compare two numbers as whole numbers, two other values as they are."""
    numeric = left.rep in NUMERIC, right.rep in NUMERIC
    if Rep.NEVER in (left.rep, right.rep) or numeric[0] is not numeric[1]:
        return e.defect("the operands do not compare")
    a, b = crossed(left, right) if all(numeric) else (left.top, right.top)
    return Term(Rep.TRUTH, e.assign(f"{a} {PYTHON[op]} {b}"))
