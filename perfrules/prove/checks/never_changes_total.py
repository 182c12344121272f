"""Indicators whose marks are the same whatever the data."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Combine
from perfrules.ir.plan import Role
from perfrules.prove.checks.context import Context


def never_change_total(context: Context) -> Iterator[Diagnostic]:
    """Yield a warning for each leaf with constant marks."""
    parents = {node.indicator for node, _, _ in context.places(Combine)}
    for node in context.own_nodes(Role.FINAL):
        value = context.value(node.id)
        is_leaf = node.indicator not in parents and not context.outline_children(node.indicator)
        if is_leaf and not value.reported and value.numbers is not None and value.constant is not None:
            at = context.span_of(context.code(node)) or node.origin.span
            yield Diagnostic(Code.NEVER_CHANGES_TOTAL, at=at, args={"code": context.code(node)})
