"""Which way a node's value goes when one input grows and everything else stays."""

from perfrules.ir import expressions as core
from perfrules.ir.walk import everything
from perfrules.prove.direction_rules import RULES
from perfrules.prove.directions import OPEN, SAME, UP, Direction, together
from perfrules.prove.enclosure import UNKNOWN
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
        if all(part is SAME for part in parts):
            return SAME
        if isinstance(visit.expr, core.Recover):
            return together(parts) if self._state_is_fixed(visit.expr, visit.scene) else OPEN
        rule = RULES.get(type(visit.expr))
        return OPEN if rule is None else rule(visit, parts)

    def _state_is_fixed(self, expr: core.Recover, scene: Scene) -> bool:
        """Tell whether only the input itself can bring about the state: then it does not come and go as it grows."""
        waiting, seen = [expr.operand], set[str]()
        while waiting:
            for part in everything(waiting.pop()):
                match part:
                    case core.StateConst(state=state) if state is expr.state:
                        return False
                    case core.Input(name=name) if name != self.input_name:
                        if expr.state in scene.world.inputs.get(name, UNKNOWN).states:
                            return False
                    case core.TableAggregate() | core.CohortAggregate() | core.Judged():
                        return False
                    case core.NodeRef(id=id_) if id_ not in seen and id_ in scene.world.nodes:
                        seen.add(id_)
                        waiting.append(scene.world.nodes[id_].expr)
        return True
