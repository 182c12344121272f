"""Roots, logarithms and powers whose argument can leave what they are defined for."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.expressions import Irrational
from perfrules.lang.interval import contains_interval
from perfrules.prove.checks.context import Context
from perfrules.prove.families.irrational import domain
from perfrules.prove.wording import range_text


def irrational_domains(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each argument that can lie outside the domain."""
    for node, visit, expr in context.places(Irrational):
        arguments = [part.value for part in visit.parts]
        numbers = arguments[0].numbers
        if visit.value.reported or numbers is None:
            continue
        allowed = domain(expr.function, arguments[1].numbers if len(arguments) > 1 else None)
        if contains_interval(allowed, numbers):
            continue
        kind = expr.operands[0].kind
        args = {
            "function": expr.function.value,
            "range": range_text(numbers, kind),
            "domain": range_text(allowed, kind),
        }
        at = expr.operands[0].origin.span or expr.origin.span or node.origin.span
        yield Diagnostic(Code.IRRATIONAL_DOMAIN, at=at, args=args)
