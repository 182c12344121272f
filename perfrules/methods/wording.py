"""Numbers and trees as an author would write them, for the arguments of messages."""

from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Kind, Percent, PercentagePoints, Quantity
from perfrules.syntax.ast.expressions import Argument, Binary, Expression, Number, NumberForm, Reference, Reserved
from perfrules.syntax.ast.expressions import Quantity as WrittenQuantity


def number_as_written(value: Exact, kind: Kind) -> str:
    """Write a number of a kind: `95%`, `2pp`, `1200 万元`, `5`.

    >>> number_as_written(Exact(19, 20), Percent())
    '95%'
    """
    match kind:
        case Percent():
            return f"{as_text(value * 100)}%"
        case PercentagePoints():
            return f"{as_text(value * 100)}pp"
        case Quantity(unit):
            return f"{as_text(value)} {unit.name}"
        case _:
            return as_text(value)


def expression_as_written(tree: Expression) -> str:
    """Write a short expression as the author would; `…` stands for what is longer."""
    match tree:
        case Number(form=NumberForm.PERCENT):
            return f"{tree.digits}%"
        case Number(form=NumberForm.PERCENTAGE_POINTS):
            return f"{tree.digits}pp"
        case Number(form=NumberForm.POINTS):
            return f"{tree.digits} point" if tree.digits == "1" else f"{tree.digits} points"
        case Number():
            return tree.digits
        case WrittenQuantity():
            return f"{tree.digits} {tree.unit.text}"
        case Argument():
            return expression_as_written(tree.value)
        case Reserved():
            return tree.word.value
        case Reference():
            names = [name.text for name in tree.path]
            return ".".join([*names, tree.attribute.value] if tree.attribute else names)
        case Binary():
            return f"{expression_as_written(tree.left)} {tree.operator.value} {expression_as_written(tree.right)}"
        case _:
            return "…"
