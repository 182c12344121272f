"""Indicators and their clauses as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from perfrules.syntax.ast.clauses import (
    Amount,
    AmountStyle,
    Applies,
    Clause,
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
    Round,
    RoundSubject,
    Scale,
    ScoreClause,
    Slot,
    StatusWorst,
    Veto,
    VetoEffect,
    WeightsRelative,
)
from perfrules.syntax.ast.expressions import Expression, Number
from perfrules.syntax.ast.tree import Text
from perfrules.syntax.printing.expressions import SUM, call, expression, reference, rounding
from perfrules.syntax.printing.scoring import limits, score
from perfrules.syntax.printing.voice import Voice, block, name, path, text, title


def clause(tree: Clause, voice: Voice) -> str:
    """Return one clause of an indicator."""
    match tree:
        case Indicator():
            return indicator(tree, voice)
        case Measure(value=value):
            return f"{voice.word('MEASURE')} {expression(value, voice)}"
        case ScoreClause():
            return f"{voice.word('SCORE')} {score(tree.score, voice)}"
        case Let(value=value):
            return f"{voice.word('LET')} {name(tree.name)} = {expression(value, voice)}"
        case Lights():
            return block(voice.word("LIGHTS"), lights(tree.lights, voice))
        case Remark():
            return f"{voice.member(tree.word)} {text(tree.text)}"
        case Slot() | IndicatorsFrom():
            return _filled_later(tree, voice)
        case Round():
            return _round(tree, voice)
        case Applies() | Missing() | Veto() | ExcludedShare():
            return _policy(tree, voice)
        case Combine() | WeightsRelative() | Scale() | StatusWorst():
            return _combining(tree, voice)
        case _:
            assert_never(tree)


def indicator(tree: Indicator, voice: Voice) -> str:
    """Return an indicator with its block."""
    head = f"{voice.word('INDICATOR')} {name(tree.code)}{titled_amount(tree.title, tree.amount, voice)}"
    return head + made_of(tree, voice)


def made_of(tree: Indicator, voice: Voice) -> str:
    """Return the definition an indicator is made of and its block, or nothing."""
    made = "" if tree.call is None else f" = {call(tree.call, voice)}"
    return block(made, clauses(tree.clauses, voice)) if tree.clauses else made


def clauses(trees: Iterable[Clause], voice: Voice) -> list[str]:
    """Return the clauses of a block."""
    return [clause(tree, voice) for tree in trees]


def titled_amount(title_: Text | None, amount_: Amount | None, voice: Voice) -> str:
    """Return what stands behind an indicator's code, with a space before it."""
    return title(title_) + ("" if amount_ is None else f" {amount(amount_, voice)}")


def _filled_later(tree: Slot | IndicatorsFrom, voice: Voice) -> str:
    match tree:
        case Slot():
            return f"{voice.word('SLOT')} {name(tree.code)}{titled_amount(tree.title, tree.amount, voice)}"
        case IndicatorsFrom():
            definition = path((*tree.library, tree.definition))
            return f"{voice.word('INDICATORS_FROM')} {text(tree.file)} {voice.word('AS')} {definition}"
        case _:
            assert_never(tree)


def amount(tree: Amount, voice: Voice) -> str:
    """Return `5 points`, `weight 30%`, `bonus 10 points`."""
    if tree.style is AmountStyle.WEIGHT:
        return f"{voice.word('WEIGHT')} {expression(tree.value, voice)}"
    value = tree.value
    if isinstance(value, Number):
        written = voice.counted(value.digits, "POINTS")
    else:
        written = f"{expression(value, voice)} {voice.word('POINTS')}"
    return f"{voice.word('BONUS')} {written}" if tree.style is AmountStyle.BONUS else written


def lights(trees: Iterable[Light], voice: Voice) -> list[str]:
    """Return `red when measure < 60%`, `otherwise green`."""
    return [_light(tree, voice) for tree in trees]


def _light(tree: Light, voice: Voice) -> str:
    shown = voice.member(tree.colour)
    if tree.condition is None:
        return f"{voice.word('OTHERWISE')} {shown}"
    return f"{shown} {voice.word('WHEN')} {expression(tree.condition, voice)}"


def _round(tree: Round, voice: Voice) -> str:
    subject = "" if tree.subject is RoundSubject.MARKS else f" {voice.member(tree.subject)}"
    return f"{voice.word('ROUND')}{subject} {voice.word('TO')} {rounding(tree.rounding, voice)}"


def _policy(tree: Applies | Missing | Veto | ExcludedShare, voice: Voice) -> str:
    match tree:
        case Applies(condition=condition, otherwise=otherwise):
            words = voice.word("APPLIES_WHEN"), expression(condition, voice), voice.word("OTHERWISE")
            return f"{' '.join(words)} {_fallback(otherwise, voice)}"
        case Missing(policy=policy):
            return f"{voice.word('MISSING')} -> {_fallback(policy, voice)}"
        case Veto(condition=condition):
            head = f"{voice.word('VETO')} {voice.word('WHEN')} {expression(condition, voice)}{title(tree.reason)}"
            return f"{head} -> {_veto_effect(tree, voice)}"
        case ExcludedShare():
            target = "" if tree.to is None else f" {reference(tree.to, voice)}"
            return f"{voice.word('EXCLUDED_SHARE')} {voice.member(tree.policy)}{target}"
        case _:
            assert_never(tree)


def _fallback(tree: Fallback | Expression, voice: Voice) -> str:
    return voice.member(tree) if isinstance(tree, Fallback) else expression(tree, voice)


def _veto_effect(tree: Veto, voice: Voice) -> str:
    match tree.effect:
        case VetoEffect.ZERO:
            words = [voice.word("ZERO")]
        case VetoEffect.TOTAL_ZERO:
            words = [voice.word("TOTAL"), "0"]
        case VetoEffect.GRADE:
            words = [voice.word("GRADE")]
        case VetoEffect.GRADE_AT_MOST:
            words = [voice.word("GRADE"), voice.word("AT_MOST")]
        case VetoEffect.FLAG:
            words = [voice.word("FLAG")]
        case _:
            assert_never(tree.effect)
    return " ".join(words if tree.name is None else [*words, name(tree.name)])


def _combining(tree: Combine | WeightsRelative | Scale | StatusWorst, voice: Voice) -> str:
    match tree:
        case Combine(method=method, limits=held):
            if isinstance(method, CombineMethod):
                return f"{voice.word('COMBINE')} {voice.member(method)}"
            written = f"{voice.word('COMBINE')} = {expression(method, voice)}"
            return written if held is None else f"{written} {limits(held, voice)}"
        case WeightsRelative():
            return voice.word("WEIGHTS_RELATIVE")
        case Scale(low=low, high=high):
            ends = expression(low, voice, SUM), voice.word("TO"), expression(high, voice, SUM)
            return f"{voice.word('SCALE')} {' '.join(ends)}"
        case StatusWorst():
            return f"{voice.word('STATUS')} {voice.word('WORST_OF_CHILDREN')}"
        case _:
            assert_never(tree)
