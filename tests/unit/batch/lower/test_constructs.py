"""Each construct of the core, lowered and read exactly, is what the reference makes of random data."""

from __future__ import annotations

from random import Random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.evaluate import reference
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import JudgedDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar
from tests.strategies import inputs as data
from tests.strategies.building import node, plan_of
from tests.strategies.plans import GRADES, PlanMaker
from tests.support.lowered_plans import read_tape

AS_OF = data.AS_OF[-1]
ENTITIES = 8
NUMBERS = (
    *("arithmetic", "quotient", "rounded", "clamped", "parts", "select", "recovered", "step_table", "curve", "ledger"),
    *("irrational", "days", "judged", "overridable", "dated", "combination"),
)
CONDITIONS = ("comparison", "logic", "in_state", "case_condition")


class ConstructMaker(PlanMaker):
    """Makes plans of one construct, without what has no columns."""

    def __init__(self, random: Random) -> None:
        super().__init__(random, compares=False)

    def computed(self, depth: int) -> Expr:
        return self.simple_number(depth)

    def plan_of(self, construct: str) -> Plan:
        """Return a plan of which most nodes are *construct*."""
        for position in range(3):
            made = self.number(2) if position == 0 else getattr(self, construct)(2)
            sort = "condition" if position and construct in CONDITIONS else "number"
            if construct != "grade" or not position:
                self.by_sort[sort].append(f"n{position}")
            self.nodes.append(node(f"n{position}", made))
        judged = tuple(JudgedDeclaration(code=code, title=None, levels=data.LEVELS) for code in data.JUDGED_CODES)
        settings = {"judged": judged, "calendar": data.CALENDAR, "grades": GRADES, "as_of_default": AS_OF}
        return plan_of(self.nodes, data.ALL, **settings)


@settings(max_examples=200)
@given(st.sampled_from((*NUMBERS, *CONDITIONS, "grade")), st.integers(0, 2**32))
def test_columns_of_a_construct_are_what_the_reference_finds(construct: str, seed: int) -> None:
    random = Random(seed)
    plan = ConstructMaker(random).plan_of(construct)
    facts = [evolve(data.facts(random), overrides={}, as_of=AS_OF) for _ in range(ENTITIES)]
    read = read_tape(plan, facts)
    for row, each in enumerate(facts):
        try:
            trace = reference.evaluate_nodes(plan, each)
        except (EvaluationDefect, OutsideCalendar):
            continue
        for name, cells in read.values.items():
            assert read.is_aside(row) or cells[row] == trace[name], (name, row)
