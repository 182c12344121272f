"""Which values of an entity are settled although something is still pending: no answer still to come changes them."""

from collections.abc import Mapping

from perfrules.ir import expressions as core
from perfrules.ir.inputs import FactValue
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.states import State
from perfrules.prove.enclosure import Enclosure, exactly
from perfrules.prove.pending import asks_what_is_pending


def settled(plan: Plan, found: Mapping[str, FactValue]) -> dict[str, Enclosure]:
    """Enclose the nodes whose value among *found* stays: there is one, and it does not come of asking what is pending.

    "Pending" is so only for now. A state may go, too: a tally with missing data comes to zero once a pending
    `zero` line holds.
    """
    values = {node.id: found[node.id] for node in plan.nodes if node.id not in _ask_what_is_pending(plan)}
    return {id_: exactly(value) for id_, value in values.items() if not isinstance(value, State | tuple)}


@per_plan
def _ask_what_is_pending(plan: Plan) -> frozenset[str]:
    """Return the nodes that ask whether something is pending, themselves or through another node."""
    found: set[str] = set()
    for node in plan.nodes:
        if any(
            asks_what_is_pending(part) or (isinstance(part, core.NodeRef) and part.id in found)
            for part in everything(node.expr)
        ):
            found.add(node.id)
    return frozenset(found)
