"""The numbering of steps is that of `perfrules.ir.walk`, for any plan."""

from random import Random

import pytest

from perfrules.evaluate.numbering import extra_slots, layout_of
from perfrules.ir.walk import steps_of
from tests.strategies.plans import make_case


@pytest.mark.parametrize("seed", range(40))
def test_every_expression_has_the_slot_that_the_walk_gives_it(seed: int) -> None:
    plan = make_case(Random(seed), entities=1).plan
    layout = layout_of(plan)
    walked = [expr for node in plan.nodes for expr in steps_of(node.expr)]
    assert len(walked) == layout.size
    waiting = [layout.roots[node.id] for node in plan.nodes]
    placed = 0
    while waiting:
        each = waiting.pop()
        waiting.extend(each.parts)
        slots = range(each.slot, each.slot + 1 + extra_slots(each.expr))
        assert all(walked[slot] is each.expr for slot in slots)
        placed += len(slots)
    assert placed == layout.size
