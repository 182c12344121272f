"""`score curve of X { x -> y … }`: piecewise linear through strictly increasing x, flat outside the ends."""

from collections.abc import Iterable
from itertools import pairwise

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Points, Unknown
from perfrules.methods.lowers import Lowers, Marked
from perfrules.methods.parts import constant, placed
from perfrules.methods.wording import number_as_written
from perfrules.syntax.ast.scoring import Curve


def expand(score: Curve, lowering: Lowers, marked: Marked) -> Expr:
    """Return the points in the subject's unit; constant x are checked here, others by proof."""
    subject = lowering.expression(score.subject)
    points = tuple(
        (
            placed(lowering.beside(subject, point.x), Origin("curve", "x", point.x.span)),
            placed(lowering.marks(point.y), Origin("curve", "y", point.y.span)),
        )
        for point in score.points
    )
    wrong = tuple(_not_increasing(x for x, _ in points))
    for diagnostic in wrong:
        lowering.report(diagnostic)
    origin = Origin("curve", "score", score.span)
    if wrong:
        return core.Broken(kind=Unknown(), origin=origin)
    return core.Lines(
        placed(subject, Origin("curve", "subject", score.subject.span)), points, kind=Points(), origin=origin
    )


def _not_increasing(xs: Iterable[Expr]) -> Iterable[Diagnostic]:
    known = [(x, value) for x in xs if (value := constant(x)) is not None]
    for (before, low), (x, high) in pairwise(known):
        if high <= low and x.origin.span is not None and before.origin.span is not None:
            yield Diagnostic(
                Code.CURVE_NOT_INCREASING,
                at=x.origin.span,
                args={"value": number_as_written(high, x.kind), "before": number_as_written(low, before.kind)},
                others=[Labelled(before.origin.span, "point-before")],
            )
