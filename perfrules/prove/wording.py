"""Numbers, ranges, expressions and nodes as their author would write them, for the arguments of messages."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval, show_interval
from perfrules.lang.kinds import Kind, Percent, PercentagePoints, Ratio
from perfrules.prove.lattice import WHOLE, Lattice

_SIGNS: Final[Mapping[ArithOp, str]] = MappingProxyType(
    {ArithOp.ADD: "+", ArithOp.SUBTRACT: "-", ArithOp.MULTIPLY: "*", ArithOp.DIVIDE: "/", ArithOp.POWER: "^"}
)
_NAMES: Final[Mapping[ArithOp, str]] = MappingProxyType(
    {ArithOp.MINIMUM: "min", ArithOp.MAXIMUM: "max", ArithOp.ABSOLUTE: "abs", ArithOp.NEGATE: "-"}
)
_PREFIXES: Final = ("let.", "param.", "decision.", "alert.", "output.", "flag.")


def author_name(node_id: str) -> str:
    """Return what the author calls a node.

    >>> author_name("A.A1/score"), author_name("A.A1/measure"), author_name("param.target"), author_name("total/held")
    ('A.A1', 'A.A1.measure', 'target', 'total')
    """
    owner, _, stage = node_id.removesuffix("~").partition("/")
    for prefix in _PREFIXES:
        if stage.startswith(prefix) or (not stage and owner.startswith(prefix)):
            return (stage or owner).removeprefix(prefix)
    return f"{owner}.{stage}" if stage in ("measure", "full") else owner


def number_text(value: Exact, kind: Kind) -> str:
    """Write a number of *kind*.

    >>> number_text(Exact(19, 20), Percent()), number_text(Exact(1, 50), PercentagePoints())
    ('95%', '2pp')
    """
    match kind:
        case Percent():
            return f"{as_text(value * 100)}%"
        case PercentagePoints():
            return f"{as_text(value * 100)}pp"
        case _:
            return as_text(value)


def range_text(numbers: Interval, kind: Kind, step: Lattice = None) -> str:
    """Write an interval in the author's unit; of whole numbers, name them.

    >>> from perfrules.lang.kinds import Number
    >>> three, more = Interval(Exact(3), Exact(3)), Interval(Exact(5), Exact(7))
    >>> range_text(three, Number(), WHOLE), range_text(more, Number(), WHOLE)
    ('3', '5 … 7')
    >>> range_text(Interval(Exact(9, 10), Exact(1), False, True), Percent())
    '(90%, 100%]'
    """
    if step == WHOLE and numbers.lo is not None and numbers.hi is not None:
        low, high = as_text(numbers.lo), as_text(numbers.hi)
        return low if low == high else f"{low} … {high}"
    if numbers.is_point and numbers.lo is not None:
        return number_text(numbers.lo, kind)
    return show_interval(numbers, lambda value: number_text(value, kind))


def days_text(days: Interval) -> str:
    """Write an interval of days, given as ordinals.

    >>> days_text(Interval(Exact(date(2024, 1, 1).toordinal()), None))
    '[2024-01-01, ∞)'
    """
    return show_interval(days, lambda ordinal: date.fromordinal(int(ordinal)).isoformat())


def written_kind(subject: Expr, others: Iterable[Expr]) -> Kind:
    """Return the kind in which values of *subject* are written: a ratio that meets percents is written as one."""
    if isinstance(subject.kind, Ratio):
        return next((other.kind for other in others if isinstance(other.kind, Percent)), subject.kind)
    return subject.kind


def expression_text(expr: Expr) -> str:
    """Write a short expression as its author would; `…` stands for what is longer.

    >>> expression_text(core.Arith(ArithOp.SUBTRACT, (core.Input("a"), core.NodeRef("A.A1/measure"))))
    'a - A.A1.measure'
    """
    if expr.origin.call is not None:
        call = expr.origin.call
        return f"{call.name}({', '.join(expression_text(part) for part in call.arguments)})"
    match expr:
        case core.Input(name=name):
            return name
        case core.FieldOf(variable=variable, name=name):
            return f"{variable}.{name}"
        case core.NodeRef() if expr.origin.construct == "across entities":
            return f"{expr.origin.role}(… across entities)"
        case core.NodeRef(id=id_):
            return author_name(id_)
        case core.Const(value=Exact() as value):
            return number_text(value, expr.kind)
        case core.Const(value=value):
            return str(value)
        case core.Arith() if expr.origin.construct == "unit conversion":
            return expression_text(expr.operands[0])
        case core.Arith(op=op) if op in _SIGNS:
            return f" {_SIGNS[op]} ".join(_inner(part) for part in expr.operands)
        case core.Arith():
            return f"{_NAMES[expr.op]}({', '.join(expression_text(part) for part in expr.operands)})"
        case core.DateDifference(start=start, end=end):
            name = "workdays" if expr.workdays else "days"
            return f"{name}({expression_text(start)}, {expression_text(end)})"
        case core.TableAggregate(op=op, table=core.Input(name=name)):
            return f"{op.value}(… {name})"
        case core.Round() | core.Clamp() | core.Recover() | core.Overridable():
            return expression_text(expr.operand)
        case _:
            return "…"


def _inner(expr: Expr) -> str:
    text = expression_text(expr)
    sum_inside = isinstance(expr, core.Arith) and expr.op in (ArithOp.ADD, ArithOp.SUBTRACT)
    return f"({text})" if sum_inside else text
