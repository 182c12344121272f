"""What people decided, as facts that rules may read: `A3.level` and `A3.mark`, pending until they are given."""

from collections.abc import Mapping

from perfrules.ir.expressions import Input
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration, JudgedMark
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.kinds import Level, Points
from perfrules.lang.states import State

_NOTHING = JudgedMark()


def values_to_read(plan: Plan, facts: Facts) -> Mapping[str, FactValue]:
    """Return the values of all inputs, with those of judgements that some rule reads."""
    asked = judged_inputs(plan)
    if not asked:
        return facts.values
    found = dict(facts.values)
    for name in asked:
        code, _, part = name.rpartition(".")
        given = facts.judged.get(code, _NOTHING)
        value = given.level if part == "level" else given.mark
        found[name] = State.PENDING if value is None else value
    return found


@per_plan
def judged_inputs(plan: Plan) -> Mapping[str, InputDeclaration]:
    """Return the levels and marks that rules of *plan* read, as declarations by name."""
    if not plan.judged:
        return {}
    known: dict[str, InputDeclaration] = {}
    for each in plan.judged:
        level, mark = f"{each.code}.level", f"{each.code}.mark"
        known[level] = InputDeclaration(name=level, title=each.title, kind=Level(each.levels), options=each.levels)
        known[mark] = InputDeclaration(name=mark, title=each.title, kind=Points())
    declared = {each.name for each in plan.inputs}
    parts = (part for node in plan.nodes for part in everything(node.expr))
    read = dict.fromkeys(part.name for part in parts if isinstance(part, Input) and part.name not in declared)
    return {name: known[name] for name in read if name in known}
