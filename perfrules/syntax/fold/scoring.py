"""Scoring: from the grammar's rules to `ast.scoring`."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from perfrules.syntax.ast.expressions import Binary, BinaryOperator, Range
from perfrules.syntax.ast.scoring import (
    Band,
    Bands,
    Between,
    Case,
    Cases,
    Comparison,
    Curve,
    CurvePoint,
    Direction,
    Distance,
    Effect,
    Judged,
    Level,
    Limits,
    Otherwise,
    Parts,
    Per,
    Records,
    ScoreExpression,
    Subjects,
    Tally,
    TallyLine,
    Threshold,
    Unbounded,
    When,
)
from perfrules.syntax.ast.tree import Text
from perfrules.syntax.fold.expressions import BINARY, Part, parts_once, record_variable
from perfrules.syntax.fold.pieces import Children, optional_text, span_of, text_of, twice_stated
from perfrules.syntax.token import Token

_PARTS = {"PER_EXACT": Parts.EXACT, "PER_WHOLE": Parts.WHOLE, "PER_STARTED": Parts.STARTED, "PER": None}


def between(c: Children) -> Between:
    """`between 0 and full`."""
    return Between(low=c[2], high=c[4], span=span_of(c[1:]))


def unbounded(c: Children) -> Unbounded:
    """`unbounded`."""
    return Unbounded(span=c[1].span)


def score_expression(c: Children) -> ScoreExpression:
    """`score = EXPR`."""
    return ScoreExpression(value=c[1], limits=c[2], span=span_of(c))


def curve(c: Children) -> Curve:
    """`score curve of X { … }`."""
    return Curve(subject=c[1], points=tuple(c[3]), limits=c[5], span=span_of(c))


def bands(c: Children) -> Bands:
    """`score bands of X { … }`."""
    return Bands(subject=c[1], bands=tuple(c[3]), limits=c[5], span=span_of(c))


def cases(c: Children) -> Cases:
    """`score cases { … }`."""
    return Cases(cases=tuple(c[2]), limits=c[4], span=span_of(c))


def judged(c: Children) -> Judged:
    """`score judged { … }`."""
    return Judged(levels=tuple(c[2]), limits=c[4], span=span_of(c))


def point(c: Children) -> CurvePoint:
    """`90% -> full`."""
    return CurvePoint(x=c[0], y=c[2], span=span_of(c))


def band(c: Children) -> Band:
    """`[80%, 90%) -> 4 "good"`."""
    return Band(edge=c[0], value=c[2], title=optional_text(c[3]), span=span_of(c))


def threshold(c: Children) -> Threshold:
    """`>= 90%`."""
    return Threshold(comparison=Comparison(BINARY[c[0].type].value), value=c[1], span=span_of(c))


def otherwise(c: Children) -> Otherwise:
    """`otherwise`."""
    return Otherwise(span=c[0].span)


def case(c: Children) -> Case:
    """`when a -> 1 "title"`."""
    return Case(condition=c[1], value=c[3], title=optional_text(c[4]), span=span_of(c))


def case_otherwise(c: Children) -> Case:
    """`otherwise -> 0`."""
    return Case(condition=None, value=c[2], title=optional_text(c[3]), span=span_of(c))


def level_line(c: Children) -> Level:
    """`"达成" -> [80%, 100%] of full`."""
    return Level(name=text_of(c[0]), marks=c[2], span=span_of(c))


def scaled_range(c: Children) -> Range:
    """Scale both ends: `[80%, 100%] of full` is `[80% of full, 100% of full]`."""
    limits: Range = c[0]
    low, high = (
        Binary(operator=BinaryOperator.OF, left=end, right=c[2], span=end.span) for end in (limits.low, limits.high)
    )
    return evolve(limits, low=low, high=high, span=span_of(c))


def tally(c: Children) -> Tally:
    """`tally from full { … }`."""
    lines: list[TallyLine | Tally] = []
    limits: Limits | None = None
    for entry in c[4]:
        if isinstance(entry, TallyLine | Tally):
            lines.append(entry)
        elif limits is None:
            limits = entry
        else:
            word = "between" if isinstance(entry, Between) else "unbounded"
            raise twice_stated(Token(word.upper(), word, entry.span.file, entry.span.start))
    return Tally(base=c[2], lines=tuple(lines), limits=limits, span=span_of(c))


def tally_part(c: Children) -> Tally:
    """`tally from 0 { … } "Part"` as a line of another tally."""
    part: Tally = evolve(c[0], title=optional_text(c[2]), span=span_of(c))
    return part


def distance(c: Children) -> Distance:
    """`rate above 100%`."""
    return Distance(subject=c[0], direction=Direction[c[1].type], reference=c[2], span=span_of(c))


def records(c: Children) -> Records:
    """`v in violations where v.serious once per v.matter`."""
    variable = record_variable(c[0], c[1])
    return Records(variable=variable, table=c[2], where=c[5], once_per=c[8], span=span_of(c))


def when(c: Children) -> When:
    """`when rate < 50%`."""
    return When(condition=c[1], span=span_of(c))


def subjects(c: Children) -> Subjects:
    """`a, b, c`."""
    return Subjects(values=tuple(c[::2]), span=span_of(c))


def counting(c: Children) -> Token:
    """`each`."""
    token: Token = c[0]
    return token


def per(c: Children) -> Per:
    """`per whole 5 workdays`."""
    return Per(parts=_PARTS[c[0].type], step=c[1], span=span_of(c))


def tally_change(c: Children) -> TallyLine:
    """`rate above 100%: less 1 point per started 1pp …`."""
    counted = c[4]
    return TallyLine(
        subject=c[0],
        effect=Effect[c[2].type],
        amount=c[3],
        each=isinstance(counted, Token),
        per=counted if isinstance(counted, Per) else None,
        **parts_once(c[5:]),
        span=_span_with_parts(c, 5),
    )


def tally_zero(c: Children) -> TallyLine:
    """`when rate < 50%: zero`."""
    return TallyLine(subject=c[0], effect=Effect.ZERO, **parts_once(c[3:]), span=_span_with_parts(c, 3))


def _span_with_parts(c: Children, fixed: int) -> Any:
    last = c[-1][2] if len(c) > fixed else None
    return span_of([*c[:fixed], last])


def line_part(c: Children) -> Part:
    """`at most 3 points`, `unless excused`."""
    return c[1], "at_most" if c[1].type == "AT_MOST" else "unless", c[2]


def line_title(c: Children) -> Part:
    """`"Petition at county level"`."""
    title: Text = text_of(c[1])
    return c[1], "title", title
