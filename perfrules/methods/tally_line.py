"""What one line of a tally adds or takes off: its amount times the steps or events, capped, unless excused."""

from typing import Final

from attrs import evolve, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.lang.kinds import Kind, Number, Percent, PercentagePoints, Points, Quantity, Ratio, Unknown, YesNo
from perfrules.methods.lowers import Lowers
from perfrules.methods.misplaced import misplaced, unstated
from perfrules.methods.parts import if_holds, is_broken, placed, times, zero
from perfrules.methods.tally_distance import distance_of
from perfrules.methods.tally_records import from_records
from perfrules.methods.tally_steps import steps_of
from perfrules.methods.wording import expression_as_written
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.scoring import Distance, Per, Records, Subjects, TallyLine, When
from perfrules.text import Span

_NOT_COUNTED: Final = frozenset({"money", "area", "length", "mass"})
_PARTS: Final = ("per exact …", "per whole …", "per started …")


@frozen
class LineAmount:
    """What a line comes to for one of its subjects, and that subject's place."""

    value: Expr
    span: Span


def amounts(line: TallyLine, lowering: Lowers) -> tuple[LineAmount, ...]:
    """Return the amount of a `less` or `plus` line, one for each of its subjects."""
    match line.subject:
        case Distance() as distance:
            return (LineAmount(_finished(line, _for_distance(line, distance, lowering), lowering), line.span),)
        case Records() as records:
            if not line.each and line.per is None:
                lowering.report(_without_each(line))
            found = from_records(line, records, lowering)
            guarded = evolve(line, unless=None) if found.answers_unless else line
            return (LineAmount(_finished(guarded, found.amount, lowering), line.span),)
        case When(condition=condition):
            return (LineAmount(_finished(line, _for_condition(line, condition, lowering), lowering), line.span),)
        case Subjects(values=values):
            return _for_subjects(line, values, lowering)


def _for_subjects(line: TallyLine, values: tuple[Expression, ...], lowering: Lowers) -> tuple[LineAmount, ...]:
    """Return one amount for each subject, or for all together where one cap holds them."""
    if len(values) > 1 and not line.each and line.per is None:
        lowering.report(_without_each(line))
        line = evolve(line, each=True)
    amounts_of_each = tuple(LineAmount(_for_subject(line, value, lowering), value.span) for value in values)
    if len(values) > 1 and line.at_most is not None:
        operands = tuple(each.value for each in amounts_of_each)
        together = core.Arith(ArithOp.ADD, operands, kind=Points(), origin=Origin("tally line", "subjects", line.span))
        amounts_of_each = (LineAmount(together, line.span),)
    return tuple(LineAmount(_finished(line, each.value, lowering), each.span) for each in amounts_of_each)


def _finished(line: TallyLine, amount: Expr, lowering: Lowers) -> Expr:
    """Cap the amount, then let `unless` set it aside."""
    if line.at_most is not None:
        cap = placed(lowering.marks(line.at_most), Origin("tally line", "cap", line.at_most.span))
        origin = Origin("tally line", "capped amount", line.at_most.span)
        amount = core.Arith(ArithOp.MINIMUM, (amount, cap), kind=Points(), origin=origin)
    if line.unless is not None:
        excuse = placed(lowering.condition(line.unless), Origin("tally line", "unless", line.unless.span))
        amount = core.Select(
            ((excuse, zero()),), amount, kind=Points(), origin=Origin("tally line", "unless", line.unless.span)
        )
    return amount


def _amount(line: TallyLine, lowering: Lowers) -> Expr:
    if line.amount is None:
        return lowering.broken(
            unstated("amount", line.effect.value, f"{line.effect.value} 1 point", line.span), line.span
        )
    return placed(lowering.marks(line.amount), Origin("tally line", "amount", line.amount.span))


def _for_distance(line: TallyLine, distance: Distance, lowering: Lowers) -> Expr:
    if line.per is None:
        lowering.report(unstated("per", distance.direction.value, _PARTS, line.span))
        return core.Broken(kind=Unknown(), origin=Origin("tally line", span=line.span))
    steps = steps_of(line.per, distance_of(distance, lowering), lowering, distance.reference)
    return _product(line, steps, lowering)


def _for_condition(line: TallyLine, condition: Expression, lowering: Lowers) -> Expr:
    if line.each or line.per is not None:
        word = "each" if line.each else "per"
        lowering.report(misplaced(word, "when", ("above", "below", "away from"), line.span))
    holds = placed(lowering.condition(condition), Origin("tally line", "condition", condition.span))
    return if_holds(holds, _amount(line, lowering), Origin("tally line", "condition", line.span))


def _for_subject(line: TallyLine, tree: Expression, lowering: Lowers) -> Expr:
    subject = placed(lowering.expression(tree), Origin("tally line", "subject", tree.span))
    if is_broken(subject):
        return subject
    if isinstance(subject.kind, YesNo):
        return _for_fact(line, subject, lowering)
    if line.per is not None:
        return _product(line, steps_of(line.per, subject, lowering), lowering)
    if not line.each and not _is_counted(subject.kind):
        return lowering.broken(unstated("per", _effect(line), _PARTS, line.span), line.span)
    if not line.each:
        lowering.report(_without_each(line))
    if isinstance(subject.kind, Quantity) and _is_counted(subject.kind):
        return _product(line, subject, lowering)
    return _product(line, lowering.converted(subject, Number(), operation="each"), lowering)


def _is_counted(kind: Kind) -> bool:
    """Tell what is counted one by one from an amount of money or land and from a proportion."""
    match kind:
        case Quantity(unit):
            return not any(dimension in _NOT_COUNTED for dimension, _ in unit.dimensions)
        case Percent() | PercentagePoints() | Ratio():
            return False
        case _:
            return True


def _for_fact(line: TallyLine, fact: Expr, lowering: Lowers) -> Expr:
    if isinstance(line.per, Per):
        lowering.report(misplaced("per", "yes/no", (), line.per.span))
    return if_holds(fact, _amount(line, lowering), Origin("tally line", "fact", line.span))


def _product(line: TallyLine, count: Expr, lowering: Lowers) -> Expr:
    if is_broken(count):
        return count
    return times(_amount(line, lowering), count, Points(), Origin("tally line", "uncapped amount", line.span))


def _without_each(line: TallyLine) -> Diagnostic:
    return unstated("each", _effect(line), f"{_effect(line)} each", line.span)


def _effect(line: TallyLine) -> str:
    amount = expression_as_written(line.amount) if line.amount is not None else ""
    return f"{line.effect.value} {amount}"
