"""How far a subject lies beyond its reference: max(0, X − reference), its mirror, or |X − reference|."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CompareOp, Expr, Origin
from perfrules.methods.lowers import Lowers
from perfrules.methods.parts import is_broken, placed, zero
from perfrules.syntax.ast.scoring import Direction, Distance

_BEYOND = {
    Direction.ABOVE: CompareOp.GREATER,
    Direction.BELOW: CompareOp.LESS,
    Direction.AWAY_FROM: CompareOp.UNEQUAL,
}


def distance_of(distance: Distance, lowering: Lowers) -> Expr:
    """Return the distance, at least 0, in the subject's unit (percentage points between percents)."""
    subject, reference = _ends(distance, lowering)
    if is_broken(subject, reference):
        return core.Broken(kind=subject.kind, origin=subject.origin)
    origin = Origin("tally line", "distance", distance.span)
    ends = (reference, subject) if distance.direction is Direction.BELOW else (subject, reference)
    difference = lowering.arithmetic(ArithOp.SUBTRACT, ends, origin)
    if is_broken(difference):
        return difference
    if distance.direction is Direction.AWAY_FROM:
        return core.Arith(ArithOp.ABSOLUTE, (difference,), kind=difference.kind, origin=origin)
    nothing = core.Const(zero().value, kind=difference.kind, origin=Origin("literal"))
    return core.Arith(ArithOp.MAXIMUM, (nothing, difference), kind=difference.kind, origin=origin)


def is_beyond(distance: Distance, lowering: Lowers) -> Expr:
    """Return the condition that the distance is not 0."""
    subject, reference = _ends(distance, lowering)
    return lowering.compare(
        _BEYOND[distance.direction], subject, reference, Origin("tally line", "condition", distance.span)
    )


def _ends(distance: Distance, lowering: Lowers) -> tuple[Expr, Expr]:
    subject = lowering.expression(distance.subject)
    reference = lowering.beside(subject, distance.reference)
    return (
        placed(subject, Origin("tally line", "subject", distance.subject.span)),
        placed(reference, Origin("tally line", "reference", distance.reference.span)),
    )
