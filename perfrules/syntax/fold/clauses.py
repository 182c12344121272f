"""Indicators and their clauses: from the grammar's rules to `ast.clauses`."""

from __future__ import annotations

from perfrules.syntax.ast.clauses import (
    Amount,
    AmountStyle,
    Applies,
    Colour,
    Combine,
    CombineMethod,
    ExcludedShare,
    Fallback,
    Indicator,
    IndicatorsFrom,
    Let,
    Light,
    Lights,
    Measure,
    Missing,
    Remark,
    RemarkWord,
    Round,
    RoundSubject,
    Scale,
    ScoreClause,
    SharePolicy,
    Slot,
    StatusWorst,
    Veto,
    VetoEffect,
    WeightsRelative,
)
from perfrules.syntax.ast.expressions import Expression, NumberForm, Reference, Reserved, Word
from perfrules.syntax.ast.tree import Name
from perfrules.syntax.fold.pieces import (
    Children,
    Refused,
    exact_of,
    number,
    optional_text,
    span_of,
    syntax_error,
    text_of,
)
from perfrules.syntax.token import Token
from perfrules.text import Span

VetoTarget = tuple[Token, VetoEffect, Name | None]


def indicator(c: Children) -> Indicator:
    """`indicator A1 "Execution" 10 points excluded share rescale { … }`."""
    before = () if c[4] is None else (c[4],)
    return Indicator(
        code=c[1],
        title=optional_text(c[2]),
        amount=c[3],
        clauses=(*before, *(c[8] or ())),
        call=c[6],
        span=span_of([part for part in c if not isinstance(part, list)]),
    )


def slot(c: Children) -> Slot:
    """`slot X "Department's own indicators" 30 points`."""
    return Slot(code=c[1], title=optional_text(c[2]), amount=c[3], span=span_of(c))


def indicators_from(c: Children) -> IndicatorsFrom:
    """`indicators from "indicators.csv" as minmax_indicator`."""
    *library, definition = c[3]
    span = span_of([*c[:3], definition])
    return IndicatorsFrom(file=text_of(c[1]), definition=definition, library=tuple(library), span=span)


def amount_points(c: Children) -> Amount:
    """`5 points`, `full_marks points`."""
    return Amount(style=AmountStyle.POINTS, value=_marks(c[0]), span=_span_from(c[0], c[1].end))


def amount_bonus(c: Children) -> Amount:
    """`bonus 10 points`."""
    return Amount(style=AmountStyle.BONUS, value=_marks(c[1]), span=span_of(c))


def amount_weight(c: Children) -> Amount:
    """`weight 30%`, `weight 7.5`."""
    value = _marks(c[1])
    return Amount(style=AmountStyle.WEIGHT, value=value, span=c[0].span.cover(value.span))


def _marks(written: Token | tuple[Name, ...]) -> Expression:
    if isinstance(written, tuple):
        return Reference(path=written, span=span_of(list(written)))
    form = NumberForm.PERCENT if written.type == "PERCENTAGE" else NumberForm.PLAIN
    return number(written, form, written.span)


def _span_from(first: Token | tuple[Name, ...], end: int) -> Span:
    span = first[0].span if isinstance(first, tuple) else first.span
    return Span(span.file, span.start, end)


def measure(c: Children) -> Measure:
    """`measure spent / budget`."""
    return Measure(value=c[1], span=span_of(c))


def score_clause(c: Children) -> ScoreClause:
    """`score …`."""
    return ScoreClause(score=c[1], span=span_of(c))


def combine(c: Children) -> Combine:
    """`combine best`."""
    return Combine(method=CombineMethod[c[1].type], span=span_of(c))


def combine_expression(c: Children) -> Combine:
    """`combine = EXPR`, `combine = EXPR between 0 and full`."""
    return Combine(method=c[2], limits=c[3], span=span_of(c))


def weights_relative(c: Children) -> WeightsRelative:
    """`weights relative`."""
    return WeightsRelative(span=c[0].span)


def scale(c: Children) -> Scale:
    """`scale 0 to 100`."""
    return Scale(low=c[1], high=c[3], span=span_of(c))


def excluded_share(c: Children) -> ExcludedShare:
    """`excluded share rescale`."""
    return ExcludedShare(policy=SharePolicy[c[1].type], span=span_of(c))


def excluded_share_to(c: Children) -> ExcludedShare:
    """`excluded share to A2`."""
    return ExcludedShare(policy=SharePolicy.TO, to=c[2], span=span_of(c))


def fallback(c: Children) -> tuple[Token, Fallback]:
    """`excluded`, `zero`, `pending`."""
    return c[0], Fallback[c[0].type]


def fallback_expression(c: Children) -> tuple[Expression, Fallback | Expression]:
    """`full`, or a number of points."""
    value: Expression = c[0]
    if isinstance(value, Reserved) and value.word is Word.FULL:
        return value, Fallback.FULL
    return value, value


def applies(c: Children) -> Applies:
    """`applies when budget > 0 otherwise excluded`."""
    written, policy = c[4]
    return Applies(condition=c[1], otherwise=policy, span=span_of([c[0], written]))


def missing(c: Children) -> Missing:
    """`missing -> zero`."""
    written, policy = c[2]
    return Missing(policy=policy, span=span_of([c[0], written]))


def veto(c: Children) -> Veto:
    """`veto when fraud "Fraud found" -> zero`."""
    last, effect, target = c[6]
    span = span_of([c[0], last])
    return Veto(condition=c[2], reason=optional_text(c[4]), effect=effect, name=target, span=span)


def veto_effect(c: Children) -> VetoTarget:
    """`zero`."""
    return c[0], VetoEffect.ZERO, None


def veto_total(c: Children) -> VetoTarget:
    """`total 0`."""
    if exact_of(c[1]) != 0:
        raise Refused(syntax_error(c[1], ("0",)))
    return c[1], VetoEffect.TOTAL_ZERO, None


def veto_grade(c: Children) -> tuple[Name, VetoEffect, Name]:
    """`grade 差`, `grade at most 良`."""
    return c[2], VetoEffect.GRADE if c[1] is None else VetoEffect.GRADE_AT_MOST, c[2]


def veto_flag(c: Children) -> tuple[Name, VetoEffect, Name]:
    """`flag barred`."""
    return c[1], VetoEffect.FLAG, c[1]


def round_(c: Children) -> Round:
    """`round leaves to 2 decimals half up`."""
    subject = RoundSubject.MARKS if c[1] is None else RoundSubject[c[1].type]
    rounding, last = c[3]
    return Round(subject=subject, rounding=rounding, span=span_of([c[0], last]))


def remark(c: Children) -> Remark:
    """`evidence "Payroll of December"`."""
    return Remark(word=RemarkWord[c[0].type], text=text_of(c[1]), span=span_of(c))


def colour(c: Children) -> tuple[Token, Colour]:
    """`red`."""
    return c[0], Colour[c[0].type]


def light(c: Children) -> Light:
    """`red when measure < 60%`."""
    token, shown = c[0]
    return Light(colour=shown, condition=c[2], span=span_of([token, c[2]]))


def light_otherwise(c: Children) -> Light:
    """`otherwise green`."""
    token, shown = c[1]
    return Light(colour=shown, condition=None, span=span_of([c[0], token]))


def lights(c: Children) -> Lights:
    """`lights { … }`."""
    return Lights(lights=tuple(c[2]), span=span_of(c))


def status_worst(c: Children) -> StatusWorst:
    """`status worst of children`."""
    return StatusWorst(span=span_of(c))


def let(c: Children) -> Let:
    """`let rate = spent / budget`."""
    return Let(name=c[1], value=c[3], span=span_of(c))
