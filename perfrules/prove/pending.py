"""What may be pending: whatever rests on data or on what people decide, each of which may be known later only.

Declarations say nothing of it, and enclosures of all declared data leave it aside: what is pending comes to be one of
the values they hold. Only who asks for this very state has to know.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.walk import everything
from perfrules.lang.states import State
from perfrules.prove.scene import World


def asks_what_is_pending(expr: Expr) -> bool:
    """Tell whether *expr* has a value because something is pending."""
    return isinstance(expr, core.IsState | core.Recover) and expr.state is State.PENDING


def may_be_pending(expr: Expr, world: World) -> bool:
    """Tell whether *expr* may be pending for some data, in a world in which none are known."""
    return world.judged is None and any(_may_begin(part) for part in all_below(expr, world))


def all_below(expr: Expr, world: World) -> Iterator[Expr]:
    """Yield all parts of *expr*, and those of the nodes that it reads, directly or through others."""
    waiting, seen = [expr], set[str]()
    while waiting:
        for part in everything(waiting.pop()):
            yield part
            if isinstance(part, core.NodeRef) and part.id not in seen and part.id in world.nodes:
                seen.add(part.id)
                waiting.append(world.nodes[part.id].expr)


def _may_begin(part: Expr) -> bool:
    given = core.Input | core.FieldOf | core.Judged | core.TableAggregate | core.CohortAggregate
    return isinstance(part, given)
