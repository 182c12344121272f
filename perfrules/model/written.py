"""Constants as their author would write them, for messages."""

from __future__ import annotations

from perfrules.ir import expressions as core
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Percent, PercentagePoints, Quantity


def written(constant: core.Const) -> str:
    """Show a constant as its author would write it.

    >>> written(core.Const(Exact(19, 20), kind=Percent()))
    '95%'
    """
    value = constant.value
    if not isinstance(value, Exact):
        return str(value)
    match constant.kind:
        case Percent():
            return f"{as_text(value * 100)}%"
        case PercentagePoints():
            return f"{as_text(value * 100)}pp"
        case Quantity(unit):
            return f"{as_text(value)} {unit.name}"
    return as_text(value)
