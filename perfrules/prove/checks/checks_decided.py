"""Checks of the data that no data can break, or that none can pass."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic, Word
from perfrules.ir.plan import Role
from perfrules.prove.checks.context import Context


def checks_decided(context: Context) -> Iterator[Diagnostic]:
    """Yield a warning for each check whose outcome the declared ranges decide; a missing value decides nothing."""
    spans = {check.node: check.span for check in context.plan.checks}
    for node in context.own_nodes(Role.CHECK):
        value = context.value(node.id)
        if len(value.booleans) == 1 and not value.reported:
            outcome = Word("check-always-holds" if True in value.booleans else "check-always-fails")
            yield Diagnostic(Code.CHECK_DECIDED, spans.get(node.id) or node.origin.span, args={"outcome": outcome})
