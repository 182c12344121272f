"""What a built-in function is: its names, how many values it takes, and how it expands."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from perfrules.ir.conversion import Misfit
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Clash, Kind, Number, Reason

Expand = Callable[[tuple[Expr, ...], Origin], Expr | Misfit]


@frozen(kw_only=True)
class Function:
    """A function by its English and Chinese name, with its least and most number of values (None: any number)."""

    name: str
    chinese: str
    least: int
    most: int | None
    expand: Expand
    needs_calendar: bool = False


def wrong_kind(operand: Expr, wanted: Kind | None = None) -> Misfit:
    """Say that *operand* is not of the kind wanted there, a number unless stated."""
    reason = Reason.NOT_A_NUMBER if wanted is None else Reason.KINDS_DIFFER
    return Misfit(Clash(reason, operand.kind, wanted or Number()), operand, None)
