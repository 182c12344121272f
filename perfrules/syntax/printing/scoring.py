"""The six ways to score as text."""

from __future__ import annotations

from typing import assert_never

from perfrules.syntax.ast.expressions import Expression, OneOf, Range
from perfrules.syntax.ast.scoring import (
    Band,
    Bands,
    Between,
    Case,
    Cases,
    Curve,
    CurvePoint,
    Distance,
    Edge,
    Judged,
    Level,
    Limits,
    Otherwise,
    Per,
    Records,
    Score,
    ScoreExpression,
    Subject,
    Subjects,
    Tally,
    TallyLine,
    Threshold,
    Unbounded,
    When,
)
from perfrules.syntax.printing.expressions import SUM, expression, one_of, range_
from perfrules.syntax.printing.voice import Voice, block, name, text, title, when


def score(tree: Score, voice: Voice) -> str:
    """Return what stands after `score`."""
    match tree:
        case ScoreExpression(value=value):
            written = f"= {expression(value, voice)}"
        case Curve(subject=subject, points=points):
            head = f"{voice.word('CURVE_OF')} {expression(subject, voice)}"
            written = block(head, [curve_point(point, voice) for point in points])
        case Bands(subject=subject, bands=bands):
            head = f"{voice.word('BANDS_OF')} {expression(subject, voice)}"
            written = block(head, [_band(band, voice) for band in bands])
        case Cases(cases=cases):
            written = block(voice.word("CASES"), [_case(case, voice) for case in cases])
        case Judged(levels=levels):
            written = block(voice.word("JUDGED"), [_level(level, voice) for level in levels])
        case Tally():
            return tally(tree, voice)
        case _:
            assert_never(tree)
    return written if tree.limits is None else f"{written} {limits(tree.limits, voice)}"


def limits(tree: Limits, voice: Voice) -> str:
    """Return `between 0 and full`, `unbounded`."""
    match tree:
        case Between():
            return between(tree, voice)
        case Unbounded():
            return voice.word("UNBOUNDED")
        case _:
            assert_never(tree)


def between(tree: Between, voice: Voice) -> str:
    """Return `between 0 and full`."""
    low, high = expression(tree.low, voice, SUM), expression(tree.high, voice, SUM)
    return f"{voice.word('BETWEEN')} {low} {voice.word('AND')} {high}"


def curve_point(tree: CurvePoint, voice: Voice) -> str:
    """Return `90% -> full`."""
    return f"{expression(tree.x, voice, SUM)} -> {expression(tree.y, voice)}"


def edge(tree: Edge, voice: Voice) -> str:
    """Return `>= 90%`, `[80%, 90%)`, `one of (3, 4)`, `otherwise`."""
    match tree:
        case Threshold(comparison=comparison, value=value):
            return f"{comparison.value} {expression(value, voice, SUM)}"
        case Range():
            return range_(tree, voice)
        case OneOf():
            return one_of(tree, voice)
        case Otherwise():
            return voice.word("OTHERWISE")
        case _:
            assert_never(tree)


def _band(tree: Band, voice: Voice) -> str:
    return f"{edge(tree.edge, voice)} -> {expression(tree.value, voice)}{title(tree.title)}"


def _case(tree: Case, voice: Voice) -> str:
    return f"{_when(tree.condition, voice)} -> {expression(tree.value, voice)}{title(tree.title)}"


def _when(condition: Expression | None, voice: Voice) -> str:
    return when(None if condition is None else expression(condition, voice), voice)


def _level(tree: Level, voice: Voice) -> str:
    marks = range_(tree.marks, voice) if isinstance(tree.marks, Range) else expression(tree.marks, voice)
    return f"{text(tree.name)} -> {marks}"


def tally(tree: Tally, voice: Voice) -> str:
    """Return `tally from full { … }` and its title."""
    head = f"{voice.word('TALLY')} {voice.word('FROM')} {expression(tree.base, voice, SUM)}"
    lines = [tally(line, voice) if isinstance(line, Tally) else _tally_line(line, voice) for line in tree.lines]
    if tree.limits is not None:
        lines.append(limits(tree.limits, voice))
    return block(head, lines) + title(tree.title)


def _tally_line(tree: TallyLine, voice: Voice) -> str:
    parts = [f"{_subject(tree.subject, voice)}: {voice.member(tree.effect)}"]
    if tree.amount is not None:
        parts.append(expression(tree.amount, voice, SUM))
    if tree.each:
        parts.append(voice.word("EACH"))
    if tree.per is not None:
        parts.append(_per(tree.per, voice))
    if tree.at_most is not None:
        parts[-1] += ","
        parts.append(f"{voice.word('AT_MOST')} {expression(tree.at_most, voice, SUM)}")
    if tree.unless is not None:
        parts.append(f"{voice.word('UNLESS')} {expression(tree.unless, voice)}")
    return " ".join(parts) + title(tree.title)


def _per(tree: Per, voice: Voice) -> str:
    word = "PER" if tree.parts is None else f"PER_{tree.parts.name}"
    return f"{voice.word(word)} {expression(tree.step, voice, SUM)}"


def _subject(tree: Subject, voice: Voice) -> str:
    match tree:
        case Distance(subject=subject, direction=direction, reference=reference):
            ends = expression(subject, voice, SUM), expression(reference, voice, SUM)
            return f"{ends[0]} {voice.member(direction)} {ends[1]}"
        case Records():
            return records(tree, voice)
        case Subjects(values=values):
            return ", ".join(expression(value, voice) for value in values)
        case When(condition=condition):
            return _when(condition, voice)
        case _:
            assert_never(tree)


def records(tree: Records, voice: Voice) -> str:
    """Return `v in violations where v.serious once per v.matter`."""
    parts = [f"{name(tree.variable)} {voice.word('IN')} {name(tree.table)}"]
    if tree.where is not None:
        parts.append(f"{voice.word('WHERE')} {expression(tree.where, voice)}")
    if tree.once_per is not None:
        parts.append(f"{voice.word('ONCE_PER')} {expression(tree.once_per, voice, SUM)}")
    return " ".join(parts)
