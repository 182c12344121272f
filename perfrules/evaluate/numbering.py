"""Which slot of the flat tuple of steps belongs to which expression of a plan.

The order is that of `perfrules.ir.walk.steps_of`, node after node. An expression that occurs twice is placed twice.
"""

from collections.abc import Generator, Mapping
from itertools import count
from types import MappingProxyType

from attrs import field, frozen

from perfrules.evaluate.stack import run_on_stack
from perfrules.ir.expressions import Expr
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import EXTRA_SLOTS, operands


@frozen(eq=False)
class Placed:
    """An expression at its place: the slot of its value (extra slots follow it) and its operands, placed too."""

    expr: Expr = field(repr=False)
    slot: int
    parts: "tuple[Placed, ...]" = field(repr=False)


@frozen(eq=False)
class Layout:
    """The slots of a plan: each node's expression at its place, and the range of slots that node fills."""

    roots: Mapping[str, Placed] = field(repr=False)
    slots: Mapping[str, range] = field(repr=False)
    size: int


def place(expr: Expr, first: int = 0) -> Placed:
    """Number *expr* and what is below it from *first* on."""
    numbers = count(first)

    def placing(expr: Expr) -> Generator[Expr, Placed, Placed]:
        parts = []
        for part in operands(expr):
            parts.append((yield part))
        slot = next(numbers)
        for _ in range(extra_slots(expr)):
            next(numbers)
        return Placed(expr, slot, tuple(parts))

    return run_on_stack(placing, expr)


def extra_slots(expr: Expr) -> int:
    """Count the slots that *expr* has besides that of its value."""
    return EXTRA_SLOTS.get(type(expr), 0)


@per_plan
def layout_of(plan: Plan) -> Layout:
    """Number all expressions of *plan*; done once per plan."""
    roots: dict[str, Placed] = {}
    slots: dict[str, range] = {}
    first = 0
    for node in plan.nodes:
        root = roots[node.id] = place(node.expr, first)
        end = root.slot + 1 + extra_slots(node.expr)
        slots[node.id] = range(first, end)
        first = end
    return Layout(MappingProxyType(roots), MappingProxyType(slots), first)
