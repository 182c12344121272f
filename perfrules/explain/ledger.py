"""The lines of a tally taken apart: what each looks at, what it comes to, what its cap takes, what excuses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.explain.reading import Reading, all_placed
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Origin
from perfrules.lang.exact import Exact

TALLY_LINE: Final = "tally line"


@frozen(eq=False)
class Distance:
    """How far *subject* lies `above`, `below` or `away from` *reference*."""

    direction: str
    subject: Placed
    reference: Placed
    placed: Placed


@frozen(eq=False)
class Line:
    """One line: its marks are *placed*; before its cap they are *uncapped*.

    *amount* is what one event or step is worth; *count* how many there are; *condition* when it is due at all.
    """

    sign: int
    origin: Origin
    placed: Placed
    uncapped: Placed
    amount: Placed | None = None
    count: Placed | None = None
    condition: Placed | None = None
    cap: Placed | None = None
    excuse: Placed | None = None

    @property
    def steps(self) -> Placed | None:
        """The steps a distance or number holds, where the line counts steps."""
        return self.count if self.count is not None and isinstance(self.count.expr, core.Parts) else None

    @property
    def distance(self) -> Distance | None:
        """The distance the line counts the steps of, where it does."""
        return None if self.steps is None else _distance(self.steps.parts[0])

    def taken(self, reading: Reading) -> Exact | None:
        """Return the marks the line adds or takes off, at least 0 where the author wrote a plain amount."""
        return reading.exact(self.placed)

    def absorbed(self, reading: Reading) -> Exact:
        """Return what the cap of the line keeps it from adding or taking off."""
        before, after = reading.exact(self.uncapped), reading.exact(self.placed)
        if self.cap is None or before is None or after is None:
            return Exact(0)
        return before - after


@frozen(eq=False)
class Account:
    """A tally's parts at their places."""

    placed: Placed
    base: Placed
    lines: tuple[Line, ...]
    zeroed: tuple[Placed, ...]
    floor: Placed | None
    ceiling: Placed | None

    def is_zeroed(self, reading: Reading) -> bool:
        """Tell whether a `zero` line holds."""
        return any(reading.value(condition) is True for condition in self.zeroed)


def account_of(placed: Placed) -> Account:
    """Take a ledger apart."""
    expr = placed.expr
    assert isinstance(expr, core.Ledger)
    parts = iter(placed.parts)
    base = next(parts)
    lines = tuple(line_of(line, next(parts)) for line in expr.lines)
    zeroed = tuple(next(parts) for _ in expr.zeroed)
    floor = None if expr.floor is None else next(parts)
    return Account(placed, base, lines, zeroed, floor, None if expr.ceiling is None else next(parts))


def line_of(line: core.LedgerLine, placed: Placed) -> Line:
    """Take one line apart: `unless` around the cap around the amount."""
    inner, excuse, cap = placed, None, None
    if isinstance(inner.expr, core.Select) and inner.expr.origin.role == "unless":
        excuse, inner = inner.parts[0], inner.parts[2]
    if isinstance(inner.expr, core.Arith) and inner.expr.origin.role == "capped amount":
        inner, cap = inner.parts
    amount, count, condition = _amount(inner)
    return Line(line.sign, line.origin, placed, inner, amount, count, condition, cap, excuse)


def every_account(placed: Placed) -> Iterator[Account]:
    """Yield a ledger and the ledgers nested in it."""
    for part in all_placed(placed):
        if isinstance(part.expr, core.Ledger):
            yield account_of(part)


def _amount(inner: Placed) -> tuple[Placed | None, Placed | None, Placed | None]:
    expr = inner.expr
    if isinstance(expr, core.Arith) and expr.op is ArithOp.MULTIPLY and expr.origin.role == "uncapped amount":
        return inner.parts[0], inner.parts[1], None
    if isinstance(expr, core.Select) and expr.origin.construct == TALLY_LINE and len(expr.cases) == 1:
        return inner.parts[1], None, inner.parts[0]
    return None, None, None


def _distance(placed: Placed) -> Distance | None:
    subject = _in_role(placed, "subject")
    reference = _in_role(placed, "reference")
    if subject is None or reference is None or not isinstance(placed.expr, core.Arith):
        return None
    if placed.expr.op is ArithOp.ABSOLUTE:
        return Distance("away from", subject, reference, placed)
    first = next((part for part in all_placed(placed) if part in (subject, reference)), subject)
    return Distance("above" if first is subject else "below", subject, reference, placed)


def _in_role(placed: Placed, role: str) -> Placed | None:
    found = (part for part in all_placed(placed) if part.expr.origin.construct == TALLY_LINE)
    return next((part for part in found if part.expr.origin.role == role), None)
