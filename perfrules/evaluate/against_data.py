"""What only the data of an entity can show to be wrong with a rule, looked for once the entity is evaluated."""

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.declared_ranges import outside_declared_ranges
from perfrules.evaluate.negative_amounts import negative_amounts
from perfrules.evaluate.taken_twice import taken_twice
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan


def against_data(plan: Plan, facts: Facts, trace: Trace) -> tuple[Diagnostic, ...]:
    """Return why an entity is refused although it was evaluated; nothing for most."""
    return (
        *taken_twice(plan, facts, trace),
        *negative_amounts(plan, facts, trace),
        *outside_declared_ranges(plan, facts, trace),
    )
