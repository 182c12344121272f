"""Subjects of `each` that need not be whole: nothing says what a part of an event is worth."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.expressions import Arith, Expr, Input, Parts
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.walk import everything
from perfrules.lang.kinds import Kind, Quantity
from perfrules.prove.checks.context import Context
from perfrules.prove.declared import step_of
from perfrules.prove.enclosure import Enclosure

UNCAPPED = "uncapped amount"


def parts_of_events(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each subject that is multiplied by an amount and not proven whole."""
    for _, visit, product in context.places(Arith):
        if product.origin.role != UNCAPPED or visit.value.reported:
            continue
        count = product.operands[1]
        if not isinstance(count, Parts) and not _is_whole(visit.of(count)):
            yield _diagnostic(count, context)


def _is_whole(value: Enclosure) -> bool:
    return value.numbers is None or (value.step is not None and value.step.denominator == 1)


def _diagnostic(count: Expr, context: Context) -> Diagnostic:
    return Diagnostic(
        Code.PART_UNIT_UNSTATED,
        at=count.origin.span,
        args={"clause": "each", "step": _one(count.kind)},
        others=[
            Labelled(declaration.span, "may-have-parts", args={"name": declaration.name})
            for declaration in _with_parts(count, context)
            if declaration.span is not None
        ],
    )


def _with_parts(count: Expr, context: Context) -> Iterator[InputDeclaration]:
    names = dict.fromkeys(part.name for part in everything(count) if isinstance(part, Input))
    for declaration in (context.inputs[name] for name in names if name in context.inputs):
        step = step_of(declaration)
        if not declaration.fields and (step is None or step.denominator != 1):
            yield declaration


def _one(kind: Kind) -> str:
    return f"1 {kind.unit.name}" if isinstance(kind, Quantity) and not kind.unit.is_count else "1"
