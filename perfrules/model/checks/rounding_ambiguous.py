"""Decimals of a percentage: of the number before the `%`, or of the proportion? The author must say, with a step."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Kind, Percent, PercentagePoints, Ratio
from perfrules.lang.rounding import Decimals, Rounding
from perfrules.text import Span


def rounding_ambiguous(rounding: Rounding, kind: Kind, span: Span) -> Iterator[Diagnostic]:
    """Report `to 2 decimals` on a percentage or a ratio, which people read both as 0.01% and as 0.01."""
    if isinstance(rounding.target, Decimals) and isinstance(kind, Percent | PercentagePoints | Ratio):
        step = as_text(Exact(1, 10) ** rounding.target.count)
        args: dict[str, Argument] = {"decimals": rounding.target.count, "percent": f"{step}%", "proportion": step}
        yield Diagnostic(Code.ROUNDING_AMBIGUOUS, span, args=args)
