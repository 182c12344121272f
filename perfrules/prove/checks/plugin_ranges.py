"""Functions of plug-ins that fail to declare the range of their results: nothing could be proved about them."""

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.ir.expressions import Computed
from perfrules.plugins.computing import Function
from perfrules.plugins.faults import Fault, fault_diagnostic
from perfrules.prove.checks.context import Context


def plugin_ranges(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each call whose range the plug-in does not give."""
    for node, visit, expr in context.places(Computed):
        numbers = [part.value.numbers for part in visit.parts]
        known = tuple(each for each in numbers if each is not None)
        if visit.value.reported or len(known) < len(numbers) or not isinstance(expr.function, Function):
            continue
        found = expr.function.declared_range(known)
        if isinstance(found, Fault):
            yield fault_diagnostic(found, expr.origin.span or node.origin.span)
