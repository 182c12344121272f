"""`SUBJECT: zero`: the conditions under which a tally is nothing, whatever its other lines say."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, Origin
from perfrules.lang.kinds import YesNo
from perfrules.methods.lowers import Lowers
from perfrules.methods.misplaced import misplaced
from perfrules.methods.parts import both, is_broken, negated, placed, zero
from perfrules.methods.tally_distance import is_beyond
from perfrules.methods.tally_records import any_record
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.scoring import Distance, Records, Subjects, TallyLine, When


def zero_conditions(line: TallyLine, lowering: Lowers) -> tuple[Expr, ...]:
    """Return one condition for each subject of a `zero` line."""
    extras = (("at most", line.at_most), ("per", line.per), ("each", line.each or None))
    for word, stated in extras:
        if stated is not None:
            lowering.report(misplaced(word, "zero", ("less", "plus"), line.span))
    return tuple(_unless(condition, line, answered, lowering) for condition, answered in _conditions(line, lowering))


def _conditions(line: TallyLine, lowering: Lowers) -> tuple[tuple[Expr, bool], ...]:
    match line.subject:
        case Distance() as distance:
            return ((is_beyond(distance, lowering), False),)
        case Records() as records:
            return (any_record(line, records, lowering),)
        case When(condition=condition):
            return ((placed(lowering.condition(condition), Origin("tally line", "condition", condition.span)), False),)
        case Subjects(values=values):
            return tuple((_happened(value, lowering), False) for value in values)


def _happened(tree: Expression, lowering: Lowers) -> Expr:
    """Return whether a fact holds, or a count is above 0."""
    subject = lowering.expression(tree)
    origin = Origin("tally line", "condition", tree.span)
    if is_broken(subject):
        return subject
    if isinstance(subject.kind, YesNo):
        return placed(subject, origin)
    nothing = core.Const(zero().value, kind=subject.kind, origin=Origin("literal"))
    return lowering.compare(CompareOp.GREATER, subject, nothing, origin)


def _unless(condition: Expr, line: TallyLine, answered: bool, lowering: Lowers) -> Expr:
    if line.unless is None or answered:
        return condition
    excuse = placed(lowering.condition(line.unless), Origin("tally line", "unless", line.unless.span))
    return both(condition, negated(excuse), Origin("tally line", "condition", line.span)) or condition
