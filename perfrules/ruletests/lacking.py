"""What a test leaves open by not giving it: then what depends on that is pending, and the test should say more."""

from __future__ import annotations

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.states import State


def lacking(plan: Plan, asked: Expr, facts: Facts) -> tuple[str, ...]:
    """Return the inputs that *asked* depends on and that are pending, in the order of their declarations."""
    nodes = {node.id: node.expr for node in plan.nodes}
    waiting, seen, read = [asked], set[str](), set[str]()
    while waiting:
        for part in everything(waiting.pop()):
            match part:
                case core.Input(name=name):
                    read.add(name)
                case core.NodeRef(id=id_) if id_ not in seen and id_ in nodes:
                    seen.add(id_)
                    waiting.append(nodes[id_])
    names = (declaration.name for declaration in plan.inputs if declaration.name in read)
    return tuple(name for name in names if facts.values.get(name) is State.PENDING)
