"""Where the author declared the ranges that make a problem possible: labels for the inputs behind an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfrules.diagnostics import Labelled
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.walk import everything
from perfrules.prove.checks.context import Context
from perfrules.prove.declared import input_enclosure
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.wording import range_text


def declared_ranges(
    expr: Expr, context: Context, explains: Callable[[Enclosure], bool] = lambda _: True
) -> Iterator[Labelled]:
    """Label the numeric inputs that *expr* depends on, whose own range *explains* the problem."""
    for name in dict.fromkeys(_input_names(expr, context)):
        declaration = context.inputs.get(name)
        known = None if declaration is None else input_enclosure(declaration)
        if declaration is None or declaration.span is None or known is None or known.numbers is None:
            continue
        if explains(known):
            yield Labelled(declaration.span, "range-here", args={"range": range_text(known.numbers, declaration.kind)})


def _input_names(expr: Expr, context: Context) -> Iterator[str]:
    waiting, seen = [expr], set[str]()
    while waiting:
        for part in everything(waiting.pop()):
            if isinstance(part, core.Input):
                yield part.name
            elif isinstance(part, core.NodeRef) and part.id not in seen and part.id in context.nodes:
                seen.add(part.id)
                waiting.append(context.nodes[part.id].expr)
