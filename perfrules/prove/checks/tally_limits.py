"""Tallies whose stated deductions can never all bite, or whose stated additions can pass the ceiling.

Only lines with a stated most (an `at most`, or a fixed amount) count: of an open-ended line the author knows that it
ends at the limit.
"""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Arith, ArithOp, Expr, Ledger, Select
from perfrules.lang.exact import Exact, as_text
from perfrules.prove.checks.context import Context
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.scene import Visit


def tallies_saturate(context: Context) -> Iterator[Diagnostic]:
    """Yield a warning where deductions exceed what the floor lets through."""
    for node, visit, ledger in context.places(Ledger):
        if ledger.floor is None or visit.value.reported:
            continue
        deductions = _stated(visit, ledger, -1)
        available = _most(visit.of(ledger.base)), _least(visit.of(ledger.floor)), _additions(visit, ledger)
        if len(deductions) < 2 or None in available:
            continue
        top, floor, more = (each or Exact(0) for each in available)
        if sum(deductions, Exact(0)) > top + more - floor:
            args = {
                "code": context.code(node),
                "deductions": as_text(sum(deductions, Exact(0))),
                "available": as_text(top + more - floor),
            }
            yield Diagnostic(Code.TALLY_SATURATES, at=ledger.origin.span or node.origin.span, args=args)


def tallies_can_pass_full(context: Context) -> Iterator[Diagnostic]:
    """Yield a warning where base and additions exceed the ceiling."""
    for node, visit, ledger in context.places(Ledger):
        additions = _stated(visit, ledger, 1)
        if ledger.ceiling is None or visit.value.reported or not additions:
            continue
        base, ceiling = _most(visit.of(ledger.base)), _most(visit.of(ledger.ceiling))
        if base is None or ceiling is None or base + sum(additions, Exact(0)) <= ceiling:
            continue
        highest = as_text(base + sum(additions, Exact(0)))
        args = {"code": context.code(node), "highest": highest, "full": as_text(ceiling)}
        yield Diagnostic(Code.TALLY_CAN_PASS_FULL, at=ledger.origin.span or node.origin.span, args=args)


def _stated(visit: Visit, ledger: Ledger, sign: int) -> list[Exact]:
    """List the most that each line of this sign can come to, where the author stated one."""
    lines = [line for line in ledger.lines if line.sign == sign and _has_stated_most(line.amount)]
    most = [_most(visit.of(line.amount)) for line in lines]
    return [each for each in most if each is not None and each > 0]


def _additions(visit: Visit, ledger: Ledger) -> Exact | None:
    """Return the most that all additions come to; None if there is no most."""
    most = [_most(visit.of(line.amount)) for line in ledger.lines if line.sign > 0]
    known = [each for each in most if each is not None]
    return sum(known, Exact(0)) if len(known) == len(most) else None


def _has_stated_most(amount: Expr) -> bool:
    match amount:
        case Arith(op=ArithOp.MINIMUM):
            return True
        case Select(cases=((_, value),), otherwise=otherwise):
            return _has_stated_most(value) or _has_stated_most(otherwise) or amount.origin.role in ("fact", "condition")
        case _:
            return False


def _most(value: Enclosure) -> Exact | None:
    return None if value.numbers is None else value.numbers.hi


def _least(value: Enclosure) -> Exact | None:
    return None if value.numbers is None else value.numbers.lo
