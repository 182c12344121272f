"""Which way a node's value goes when one input grows and everything else stays."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.states import State
from perfrules.prove.direction_rules import RULES
from perfrules.prove.directions import OPEN, SAME, UP, Direction, together
from perfrules.prove.enclosure import UNKNOWN
from perfrules.prove.pending import all_below, asks_what_is_pending
from perfrules.prove.scene import Scene, Visit
from perfrules.prove.survey import Survey


def direction_of(survey: Survey, node: str, input_name: str) -> Direction:
    """Return which way the value of *node* goes when input *input_name* grows, where it has a value at all."""
    known: dict[str, Direction] = {}
    for each in survey.plan.nodes:
        known[each.id] = _Walker(input_name, known).go(survey.visits[each.id])
        if each.id == node:
            return known[node]
    return OPEN


class _Walker:
    """Goes through the visits of one node; *known* has the directions of the nodes before it."""

    def __init__(self, input_name: str, known: dict[str, Direction]) -> None:
        self.input_name = input_name
        self.known = known

    def go(self, visit: Visit) -> Direction:
        parts = [self.go(part) for part in visit.parts]
        match visit.expr:
            case core.Input(name=name):
                return UP if name == self.input_name else SAME
            case core.NodeRef(id=id_):
                return self.known.get(id_, OPEN)
        # Operands may be the same in each value they have, and not always have one: who asks for that is told apart.
        asks = asks_what_is_pending(visit.expr) and self._reads_input(visit.expr, visit.scene)
        if not asks and all(part is SAME for part in parts):
            return SAME
        if isinstance(visit.expr, core.Recover) or (isinstance(visit.expr, core.IsState) and asks):
            return together(parts) if self._state_is_fixed(visit.expr, visit.scene) else OPEN
        rule = RULES.get(type(visit.expr))
        return OPEN if rule is None else rule(visit, parts)

    def _reads_input(self, expr: Expr, scene: Scene) -> bool:
        return any(
            isinstance(part, core.Input) and part.name == self.input_name for part in all_below(expr, scene.world)
        )

    def _state_is_fixed(self, expr: core.Recover | core.IsState, scene: Scene) -> bool:
        """Tell whether nothing but the input itself can bring about the state, or the input has no say in it: then it
        does not come and go as the input grows.
        """
        if not self._reads_input(expr.operand, scene):
            return True
        for part in all_below(expr.operand, scene.world):
            match part:
                case core.StateConst(state=state) if state is expr.state:
                    return False
                case core.Input(name=name) if name != self.input_name:
                    may_lack = scene.world.inputs.get(name, UNKNOWN).states
                    if expr.state is State.PENDING or expr.state in may_lack:
                        return False
                case core.TableAggregate() | core.CohortAggregate() | core.Judged():
                    return False
        return True
