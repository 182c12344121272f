"""`per exact | whole | started STEP`: how many steps a distance or a number holds, and which steps are ambiguous."""

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin, PartsRule
from perfrules.lang.kinds import Number as PlainNumber
from perfrules.lang.kinds import Percent, PercentagePoints, Ratio, Unknown
from perfrules.methods.lowers import Lowers
from perfrules.methods.parts import constant, is_broken, placed
from perfrules.methods.wording import expression_as_written
from perfrules.syntax.ast.expressions import Expression, Number, NumberForm
from perfrules.syntax.ast.scoring import Parts, Per

_RULES = {Parts.EXACT: PartsRule.EXACT, Parts.WHOLE: PartsRule.WHOLE, Parts.STARTED: PartsRule.STARTED}
_PROPORTIONS = (Ratio, Percent, PercentagePoints)


def steps_of(per: Per, distance: Expr, lowering: Lowers, reference: Expression | None = None) -> Expr:
    """Return how many steps *distance* from *reference* holds; the author must say what a part of a step counts."""
    shown = expression_as_written(per.step)
    if per.parts is None:
        args = {"clause": f"per {shown}", "step": shown}
        lowering.report(Diagnostic(Code.PART_UNIT_UNSTATED, at=per.span, args=args))
    if is_broken(distance):
        return distance
    if _is_percent_literal(per.step) and isinstance(distance.kind, _PROPORTIONS):
        return lowering.broken(_ambiguous(per, reference), per.step.span)
    step = _step(per, distance, lowering)
    origin = Origin("tally line", "steps", per.span)
    if per.parts is None or is_broken(step):
        return core.Broken(kind=Unknown(), origin=origin)
    size = constant(step)
    if size is not None and size <= 0:
        return lowering.broken(
            Diagnostic(Code.ZERO_DENOMINATOR, at=per.step.span, args={"expression": shown}), per.span
        )
    return core.Parts(_RULES[per.parts], distance, step, kind=PlainNumber(), origin=origin)


def _step(per: Per, distance: Expr, lowering: Lowers) -> Expr:
    """Return the step in the unit of the distance."""
    origin = Origin("tally line", "step", per.step.span)
    step = lowering.expression(per.step)
    if isinstance(step.kind, _PROPORTIONS) and isinstance(distance.kind, _PROPORTIONS):
        return placed(step, origin)
    return placed(lowering.beside(distance, per.step), origin)


def _is_percent_literal(step: object) -> bool:
    return isinstance(step, Number) and step.form is NumberForm.PERCENT


def _ambiguous(per: Per, reference: Expression | None) -> Diagnostic:
    """Between proportions `1%` could be 1pp or 1% of something, which is the reference if there is one."""
    assert isinstance(per.step, Number)
    target = "…" if reference is None else expression_as_written(reference)
    return Diagnostic(Code.PER_PERCENT_AMBIGUOUS, at=per.step.span, args={"amount": per.step.digits, "target": target})
