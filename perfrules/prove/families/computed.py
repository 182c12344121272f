"""Functions of plug-ins: all that is known of them is the range that they declare."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.interval import Interval
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.families.arithmetic import strict
from perfrules.prove.scene import Scene


def computed(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the result of a plug-in's function by the range it declares for its operands."""
    assert isinstance(expr, core.Computed)
    function = expr.function

    def declared(numbers: list[Interval]) -> Interval:
        return function.range(tuple(numbers))

    return strict([scene.enclose(part) for part in expr.operands], declared)
