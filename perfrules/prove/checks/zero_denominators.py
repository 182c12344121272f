"""A divisor that can be zero, and nothing in the text says what happens then."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.plan import Node, Role
from perfrules.lang.exact import Exact
from perfrules.prove.checks.context import Context
from perfrules.prove.checks.declared_ranges import declared_ranges
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.scene import Visit
from perfrules.prove.wording import expression_text
from perfrules.text import Span


def zero_denominators(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each divisor, step or base of a negative power whose range holds zero."""
    for node, visits in context.visited():
        for visit in visits:
            for divisor, value in _divisors(visit):
                if value.zero_possible and not value.reported:
                    yield _diagnostic(node, divisor, context)


def _divisors(visit: Visit) -> Iterator[tuple[Expr, Enclosure]]:
    match visit.expr:
        case core.Arith(op=ArithOp.DIVIDE, operands=(_, below)):
            yield below, visit.parts[1].value
        case core.Arith(op=ArithOp.POWER, operands=(base, core.Const(value=Exact() as exponent))) if exponent < 0:
            yield base, visit.parts[0].value
        case core.Parts(step=step):
            yield step, visit.parts[1].value


def _diagnostic(node: Node, divisor: Expr, context: Context) -> Diagnostic:
    text = expression_text(divisor)
    written = f"【{text}】" if isinstance(divisor, core.Input) else text
    return Diagnostic(
        Code.ZERO_DENOMINATOR,
        at=divisor.origin.span or node.origin.span,
        args={"expression": text, "suggestion": _guards(node, written, context)},
        others=list(declared_ranges(divisor, context, lambda known: known.zero_possible)),
        fix=_guard(node, divisor, written),
    )


def _guards(node: Node, divisor: str, context: Context) -> tuple[str, ...]:
    """Return what can be written where the node stands: `applies when` in an indicator, `if` anywhere."""
    if node.indicator is None:
        return (f"if {divisor} > 0 then … else …",)
    others = ("zero", "full") if node.indicator in context.nodes else ()  # an indicator with marks has a node
    return tuple(f"applies when {divisor} > 0 otherwise {each}" for each in ("excluded", *others))


def _guard(node: Node, divisor: Expr, written: str) -> Fix | None:
    """Offer `applies when … > 0` before the measure, where that has no guard yet."""
    guarded = isinstance(node.expr, core.Select) and node.expr.origin.construct == "applies"
    if node.role is not Role.MEASURE or node.origin.span is None or guarded or not isinstance(divisor, core.Input):
        return None
    guard = f"applies when {written} > 0 otherwise excluded"
    start = Span(node.origin.span.file, node.origin.span.start, node.origin.span.start)
    return Fix("insert", [Edit(start, f"{guard}; ")], args={"new": guard})
