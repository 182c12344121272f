"""The six ways to score, and the lines they are made of."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from perfrules.syntax.ast.expressions import Expression, OneOf, Range
from perfrules.syntax.ast.tree import Name, Text, Tree


@frozen(kw_only=True)
class Between(Tree):
    """`between 0 and full`: the score is held inside these limits."""

    low: Expression
    high: Expression


@frozen(kw_only=True)
class Unbounded(Tree):
    """`unbounded`: the score may leave 0 to full."""


Limits = Between | Unbounded


@frozen(kw_only=True)
class ScoreExpression(Tree):
    """`score = EXPR`, `score = EXPR between 0 and full`."""

    value: Expression
    limits: Limits | None = None


@frozen(kw_only=True)
class CurvePoint(Tree):
    """`90% -> full`."""

    x: Expression
    y: Expression


@frozen(kw_only=True)
class Curve(Tree):
    """`score curve of measure { 0% -> 0; target -> full }`, perhaps followed by limits after the brace."""

    subject: Expression
    points: tuple[CurvePoint, ...]
    limits: Limits | None = None


class Comparison(StrEnum):
    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


@frozen(kw_only=True)
class Threshold(Tree):
    """`>= 90%`, `= 0`."""

    comparison: Comparison
    value: Expression


@frozen(kw_only=True)
class Otherwise(Tree):
    """`otherwise`."""


Edge = Threshold | Range | OneOf | Otherwise


@frozen(kw_only=True)
class Band(Tree):
    """`[80%, 90%) -> 4 "good"`."""

    edge: Edge
    value: Expression
    title: Text | None = None


@frozen(kw_only=True)
class Bands(Tree):
    """`score bands of measure { >= 90% -> full; [80%, 90%) -> 4; otherwise -> 0 }`."""

    subject: Expression
    bands: tuple[Band, ...]
    limits: Limits | None = None


@frozen(kw_only=True)
class Case(Tree):
    """`when staff > quota -> 0 "over quota"`; *condition* is None for `otherwise -> full`."""

    condition: Expression | None
    value: Expression
    title: Text | None = None


@frozen(kw_only=True)
class Cases(Tree):
    """`score cases { when a -> 1; when b -> 2; otherwise -> 0 }`: the first case whose condition holds."""

    cases: tuple[Case, ...]
    limits: Limits | None = None


class Direction(StrEnum):
    ABOVE = "above"
    BELOW = "below"
    AWAY_FROM = "away from"


@frozen(kw_only=True)
class Distance(Tree):
    """`rate above 100%`, `rate below target`, `rate away from 100%`: how far the subject lies beyond the reference,
    at least 0.
    """

    subject: Expression
    direction: Direction
    reference: Expression


@frozen(kw_only=True)
class Records(Tree):
    """`v in violations where v.serious once per v.matter`: one event for each record (or for each distinct key)."""

    variable: Name
    table: Name
    where: Expression | None = None
    once_per: Expression | None = None


@frozen(kw_only=True)
class Subjects(Tree):
    """`petitions` or `a, b, c`: counts (so many events each) or yes/no facts (an event if yes)."""

    values: tuple[Expression, ...]


@frozen(kw_only=True)
class When(Tree):
    """`when rate < 50%`: once, if the condition holds."""

    condition: Expression


Subject = Distance | Records | Subjects | When


class Parts(StrEnum):
    """How a part of a step counts: 2.4 steps are 2.4, 2 or 3."""

    EXACT = "per exact"
    WHOLE = "per whole"
    STARTED = "per started"


@frozen(kw_only=True)
class Per(Tree):
    """`per whole 10% of target`, `per exact 1pp`, `per started 5 workdays`; *parts* is None where the author left it
    out.
    """

    parts: Parts | None
    step: Expression


class Effect(StrEnum):
    LESS = "less"
    PLUS = "plus"
    ZERO = "zero"


@frozen(kw_only=True)
class TallyLine(Tree):
    """`SUBJECT: less 0.5 points per exact 1pp, at most 3 points, unless excused "Petition"`.

    After the colon: `less AMOUNT` or `plus AMOUNT`, then `each` or a `per` part where the subject is a distance or
    events, then in any order at most one of `at most AMOUNT`, `unless COND`, a title. Or only `zero`.
    *each* is true where the word `each` stands.
    """

    subject: Subject
    effect: Effect
    amount: Expression | None = None
    each: bool = False
    per: Per | None = None
    at_most: Expression | None = None
    unless: Expression | None = None
    title: Text | None = None


@frozen(kw_only=True)
class Tally(Tree):
    """`score tally from full { LINES; between 0 and full }`; also a line of another tally: `tally from 0 { … } "Part"`.

    A nested tally adds its result, after its own limits, to the outer one. Limits stand as the last line inside the
    braces.
    """

    base: Expression
    lines: tuple[TallyLine | Tally, ...]
    limits: Limits | None = None
    title: Text | None = None


@frozen(kw_only=True)
class Level(Tree):
    """`"达成" -> [80%, 100%] of full`, `"discretionary" -> [-5, -1]`, `"none" -> 0`: where its mark may lie.

    A range followed by `of full` is scaled when read: both ends become `80% of full`, `100% of full`.
    """

    name: Text
    marks: Range | Expression


@frozen(kw_only=True)
class Judged(Tree):
    """`score judged { "达成" -> [80%, 100%] of full; … }`."""

    levels: tuple[Level, ...]
    limits: Limits | None = None


Score = ScoreExpression | Curve | Bands | Cases | Tally | Judged
