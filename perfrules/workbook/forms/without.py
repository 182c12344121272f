"""What has no formula: the engine's values stand in the cells, and the check sheet says so."""

from __future__ import annotations

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula


def computed(expr: Expr, _: At) -> Formula:
    """Refuse: a plug-in's function is Python."""
    assert isinstance(expr, core.Computed)
    raise NoFormula("plugin")


def broken(expr: Expr, _: At) -> Formula:
    """Refuse: nothing of a plan that can be scored is broken."""
    assert isinstance(expr, core.Broken)
    raise NoFormula("broken")
