"""Whether a plan has rules across entities. Apart from the rounds, so that other plans do not pay for them."""

from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan, Role


@per_plan
def has_cohort_rules(plan: Plan) -> bool:
    """Tell whether an entity can only be scored together with the others."""
    return any(node.role is Role.COHORT for node in plan.nodes)
