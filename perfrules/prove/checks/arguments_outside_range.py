"""A value that is given to a definition can lie outside the range for which the definition was checked.

Only of what is declared or written down: the ends of a quotient's range are of data that nobody has.
"""

from collections.abc import Iterator

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir import expressions as core
from perfrules.ir.conversion import UNIT_CONVERSION
from perfrules.ir.expressions import Expr
from perfrules.ir.origin import Given
from perfrules.lang.interval import Interval, contains_interval
from perfrules.prove.checks.context import Context
from perfrules.prove.checks.declared_ranges import declared_ranges
from perfrules.prove.scene import Visit
from perfrules.prove.wording import expression_text, range_text


def arguments_outside_range(context: Context) -> Iterator[Diagnostic]:
    """Yield a warning for each; of definitions inside one another the outermost is told.

    Where nothing bounds an input, that is told of the input.
    """
    for _, visits in context.visited():
        for visit in visits:
            numbers = visit.value.numbers
            if not visit.expr.origin.given or not _is_stated(visit.expr) or numbers is None or visit.value.reported:
                continue
            if numbers.lo is None and numbers.hi is None:
                continue
            given = next((each for each in visit.expr.origin.given if not contains_interval(each.range, numbers)), None)
            if given is not None:
                yield _diagnostic(context, visit, given, numbers)


def _is_stated(expr: Expr) -> bool:
    """Tell whether an expression is an input, a field or a number, maybe in another unit."""
    if isinstance(expr, core.Arith) and expr.origin.construct == UNIT_CONVERSION:
        return _is_stated(expr.operands[0])
    return isinstance(expr, core.Input | core.FieldOf | core.Const)


def _diagnostic(context: Context, visit: Visit, given: Given, numbers: Interval) -> Diagnostic:
    kind = visit.expr.kind
    inside = range_text(given.range, kind)
    return Diagnostic(
        Code.ARGUMENT_OUTSIDE_RANGE,
        at=given.span,
        args={
            "argument": expression_text(visit.expr),
            "found": range_text(numbers, kind, visit.value.step),
            "definition": given.definition,
            "parameter": given.parameter,
            "range": inside,
        },
        others=[
            *declared_ranges(visit.expr, context),
            Labelled(given.declared, "parameter-range", args={"name": given.parameter, "range": inside}),
        ],
    )
