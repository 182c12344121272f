"""What an indicator measures, lowered once whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Unknown
from perfrules.model.symbols import IndicatorSymbol
from perfrules.text import Span

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def measure_of(lowering: Lowering, path: str) -> Expr | None:
    """Return the measure clause of the indicator *path* as lowered inside it; None without one or inside itself."""
    measure = lowering.scope.names.indicators[path].measure
    if measure is None:
        return None
    value = measure.value
    return lowering.memo.expression(f"{path}/measure", lambda: lowering.inside(path).expression(value))


def measure_node(lowering: Lowering, symbol: IndicatorSymbol, span: Span) -> core.NodeRef:
    """Refer to the measure of an indicator that has one."""
    found = measure_of(lowering, symbol.path)
    title = symbol.tree.title.value if symbol.tree.title else None
    origin = Origin("measure", span=span, title=title)
    return core.NodeRef(f"{symbol.path}/measure", kind=Unknown() if found is None else found.kind, origin=origin)
