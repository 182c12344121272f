"""Plan → the mistakes that some data would show: found for all declared data at once."""

from perfrules.diagnostics import Diagnostic, in_order
from perfrules.ir.plan import Plan
from perfrules.prove.checks.context import Context
from perfrules.prove.checks.table import CHECKS
from perfrules.prove.declared import declared
from perfrules.prove.survey import survey


def prove(plan: Plan) -> tuple[Diagnostic, ...]:
    """Run every check; what was already reported as wrong is left alone, and so is all that depends on it."""
    context = Context(survey(plan, declared(plan)))
    return in_order(diagnostic for check in CHECKS for diagnostic in check(context))
