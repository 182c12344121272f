"""Numbers and trees as an author would write them, for the arguments of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Kind, Percent, PercentagePoints, Quantity

if TYPE_CHECKING:
    from perfrules.syntax.ast.expressions import Expression


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
    from perfrules.syntax.ast import expressions as ast  # scoring writes numbers alone

    match tree:
        case ast.Number(form=ast.NumberForm.PERCENT):
            return f"{tree.digits}%"
        case ast.Number(form=ast.NumberForm.PERCENTAGE_POINTS):
            return f"{tree.digits}pp"
        case ast.Number(form=ast.NumberForm.POINTS):
            return f"{tree.digits} point" if tree.digits == "1" else f"{tree.digits} points"
        case ast.Number():
            return tree.digits
        case ast.Quantity():
            return f"{tree.digits} {tree.unit.text}"
        case ast.Argument():
            return expression_as_written(tree.value)
        case ast.Reserved():
            return tree.word.value
        case ast.Reference():
            names = [name.text for name in tree.path]
            return ".".join([*names, tree.attribute.value] if tree.attribute else names)
        case ast.Binary():
            return f"{expression_as_written(tree.left)} {tree.operator.value} {expression_as_written(tree.right)}"
        case _:
            return "…"
