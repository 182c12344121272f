"""Small core expressions that several methods are made of."""

from perfrules.ir import expressions as core
from perfrules.ir.conversion import number
from perfrules.ir.expressions import ArithOp, Expr, LogicOp, Origin
from perfrules.ir.walk import everything
from perfrules.lang.changing import changed
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Points, Unknown, YesNo
from perfrules.methods.lowers import Lowers
from perfrules.syntax.ast.scoring import Between, Limits
from perfrules.text import Span


def placed(expr: Expr, origin: Origin) -> Expr:
    """Return *expr* as the part of a construct that *origin* names; what it was given for stays known."""
    if expr.origin.given:
        origin = changed(origin, given=expr.origin.given)
    if isinstance(expr, core.Const):
        return core.Const(expr.value, kind=expr.kind, origin=origin)
    return changed(expr, origin=origin)


def zero(span: Span | None = None) -> core.Const:
    """Return no marks."""
    return number(0, Points(), Origin("literal", span=span))


def both(first: Expr | None, second: Expr | None, origin: Origin) -> Expr | None:
    """Return the condition that both hold; None stands for a condition that always holds."""
    present = tuple(part for part in (first, second) if part is not None)
    return (
        core.Logic(LogicOp.AND, present, kind=YesNo(), origin=origin)
        if len(present) == 2
        else next(iter(present), None)
    )


def negated(condition: Expr) -> Expr:
    """Return the condition that *condition* does not hold."""
    return core.Logic(LogicOp.NOT, (condition,), kind=YesNo(), origin=condition.origin)


def times(left: Expr, right: Expr, kind: Kind, origin: Origin) -> Expr:
    """Multiply without looking at kinds: marks × a number of steps or events."""
    return core.Arith(ArithOp.MULTIPLY, (left, right), kind=kind, origin=origin)


def if_holds(condition: Expr, value: Expr, origin: Origin) -> Expr:
    """Return *value* while *condition* holds, else no marks."""
    return core.Select(((condition, value),), zero(origin.span), kind=value.kind, origin=origin)


def mentions(expr: Expr, variable: str) -> bool:
    """Tell whether *expr* reads a field of the record *variable* stands for."""
    return any(isinstance(part, core.FieldOf) and part.variable == variable for part in everything(expr))


def is_broken(*exprs: Expr) -> bool:
    """Tell whether any of *exprs* stands for something already reported."""
    return any(isinstance(expr.kind, Unknown) for expr in exprs)


def held(expr: Expr, limits: Limits | None, lowering: Lowers) -> Expr:
    """Hold *expr* inside the limits the author wrote, if any."""
    if not isinstance(limits, Between):
        return expr
    low, high = lowering.marks(limits.low), lowering.marks(limits.high)
    return core.Clamp(expr, low, high, kind=Points(), origin=Origin("limits", "held", limits.span))


def constant(expr: Expr) -> Exact | None:
    """Return the number that *expr* is whatever the data, None where it depends on them.

    >>> constant(core.Arith(ArithOp.MULTIPLY, (number(2), number(Exact(1, 2)))))
    Fraction(1, 1)
    """
    match expr:
        case core.Const(value=Exact() as value):
            return value
        case core.Arith(op=op, operands=operands):
            values = [constant(operand) for operand in operands]
            known = [value for value in values if value is not None]
            return _combine(op, known) if len(known) == len(values) else None
    return None


def _combine(op: ArithOp, values: list[Exact]) -> Exact | None:
    first, *rest = values
    match op:
        case ArithOp.ADD:
            return sum(rest, first)
        case ArithOp.MULTIPLY:
            for value in rest:
                first *= value
            return first
        case ArithOp.SUBTRACT:
            return first - rest[0]
        case ArithOp.DIVIDE:
            return first / rest[0] if rest[0] else None
        case ArithOp.NEGATE:
            return -first
        case ArithOp.ABSOLUTE:
            return abs(first)
        case ArithOp.MINIMUM:
            return min(values)
        case ArithOp.MAXIMUM:
            return max(values)
        case _:
            return None
