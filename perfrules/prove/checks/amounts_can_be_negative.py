"""Tally lines whose amount can fall below zero: a deduction that would add, an addition that would take off.

What the author wrote as a negative number, and nothing in the data can change, is meant.
"""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Arith, ArithOp, Ledger, LedgerLine
from perfrules.ir.tally_parts import tally_parts, written_part
from perfrules.lang.interval import Interval
from perfrules.prove.checks.context import Context
from perfrules.prove.linear import difference
from perfrules.prove.scene import Visit
from perfrules.prove.wording import expression_text, range_text


def amounts_can_be_negative(context: Context) -> Iterator[Diagnostic]:
    """Yield a warning for each subject, amount or cap of a line that some data can bring below zero."""
    for _, visit, ledger in context.places(Ledger):
        visits = {id(each.expr): each for each in visit.everything()}
        for line in ledger.lines:
            for part in tally_parts(line):
                found = visits.get(id(part))
                if found is not None and _falls_below_zero(found) and context.depends_on_data(part):
                    yield _diagnostic(found, line)


def _falls_below_zero(part: Visit) -> bool:
    if part.value.reported or not _reaches_below(part.value.numbers):
        return False
    match part.expr:
        case Arith(op=ArithOp.SUBTRACT, operands=(more, less)):
            return _reaches_below(difference(more, less, part.scene))
    return True


def _reaches_below(numbers: Interval | None) -> bool:
    return numbers is not None and (numbers.lo is None or numbers.lo < 0)


def _diagnostic(part: Visit, line: LedgerLine) -> Diagnostic:
    assert part.value.numbers is not None
    shown = range_text(part.value.numbers, part.expr.kind, part.value.step)
    args = {"subject": expression_text(part.expr), "range": shown, "clause": line.origin.role}
    return Diagnostic(
        Code.AMOUNT_CAN_BE_NEGATIVE, at=written_part(part.expr).origin.span or line.origin.span, args=args
    )
