"""Geometric and harmonic means over marks that can be negative."""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic, Word
from perfrules.ir.expressions import Combine, CombineOp
from perfrules.lang.kinds import Points
from perfrules.prove.checks.context import Context
from perfrules.prove.wording import range_text


def geometric_means_negative(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each member whose marks can be below zero."""
    for node, visit, combine in context.places(Combine):
        if combine.op not in (CombineOp.GEOMETRIC_MEAN, CombineOp.HARMONIC_MEAN):
            continue
        for member in combine.members:
            marks = visit.of(member.value)
            numbers = marks.numbers
            if numbers is None or marks.reported or member.bonus or (numbers.lo is not None and numbers.lo >= 0):
                continue
            args = {
                "mean": Word(combine.op.value.replace(" ", "-")),
                "code": context.code(node),
                "part": member.code,
                "range": range_text(numbers, Points()),
            }
            at = context.span_of(member.code) or combine.origin.span or node.origin.span
            yield Diagnostic(Code.GEOMETRIC_MEAN_NEGATIVE, at=at, args=args)
