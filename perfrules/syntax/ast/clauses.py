"""What stands inside an indicator's braces, and the parts that the ruleset itself shares with it."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from perfrules.lang.rounding import Rounding
from perfrules.syntax.ast.expressions import Call, Expression, Reference
from perfrules.syntax.ast.scoring import Limits, Score
from perfrules.syntax.ast.tree import Name, Text, Tree


class AmountStyle(StrEnum):
    POINTS = "points"
    WEIGHT = "weight"
    BONUS = "bonus"


@frozen(kw_only=True)
class Amount(Tree):
    """`5 points`, `full_marks points` (a parameter's name), `weight 30%`, `weight 7.5`, `bonus 10 points`.

    *value* is a Number (plain for points and bonus, plain or percent for weight) or a Reference to a parameter.
    """

    style: AmountStyle
    value: Expression


@frozen(kw_only=True)
class Measure(Tree):
    """`measure spent / budget`."""

    value: Expression


@frozen(kw_only=True)
class ScoreClause(Tree):
    """`score …`."""

    score: Score


class CombineMethod(StrEnum):
    SUM = "sum"
    WEIGHTED_MEAN = "weighted mean"
    GEOMETRIC_MEAN = "geometric mean"
    HARMONIC_MEAN = "harmonic mean"
    BEST = "best"
    WORST = "worst"
    FIRST_AVAILABLE = "first available"
    MEDIAN = "median"


@frozen(kw_only=True)
class Combine(Tree):
    """`combine best`, `combine = A1 * 60% + A2 * 40%`, which may be held: `… between 0 and full`."""

    method: CombineMethod | Expression
    limits: Limits | None = None


@frozen(kw_only=True)
class WeightsRelative(Tree):
    """`weights relative`: the children's weights count in proportion, whatever they add up to."""


@frozen(kw_only=True)
class Scale(Tree):
    """`scale 0 to 100`: the span of marks in a subtree that is built from weights; `full` is its top."""

    low: Expression
    high: Expression


class SharePolicy(StrEnum):
    RESCALE = "rescale"
    LOST = "lost"
    TO = "to"


@frozen(kw_only=True)
class ExcludedShare(Tree):
    """`excluded share rescale`, `excluded share lost`, `excluded share to A2`. Also allowed before the opening
    brace.
    """

    policy: SharePolicy
    to: Reference | None = None


class Fallback(StrEnum):
    """What stands in for marks that cannot be computed; an expression (a number of points) is the other possibility."""

    EXCLUDED = "excluded"
    ZERO = "zero"
    FULL = "full"
    PENDING = "pending"


@frozen(kw_only=True)
class Applies(Tree):
    """`applies when budget > 0 otherwise excluded`, `… otherwise zero | full | 3 points`."""

    condition: Expression
    otherwise: Fallback | Expression


@frozen(kw_only=True)
class Missing(Tree):
    """`missing -> zero`, `missing -> excluded`, `missing -> full`, `missing -> 2 points`, `missing -> pending`."""

    policy: Fallback | Expression


class VetoEffect(StrEnum):
    ZERO = "zero"
    TOTAL_ZERO = "total 0"
    GRADE = "grade"
    GRADE_AT_MOST = "grade at most"
    FLAG = "flag"


@frozen(kw_only=True)
class Veto(Tree):
    """`veto when fraud "Fraud found" -> zero`, `-> total 0`, `-> grade 差`, `-> grade at most 良`, `-> flag barred`."""

    condition: Expression
    reason: Text | None
    effect: VetoEffect
    name: Name | None = None


class RoundSubject(StrEnum):
    """`leaves`, `levels`, `total` stand in the ruleset; `measure` and `marks` (written without a word) in an indicator.

    `round leaves to 2 decimals half up`; inside an indicator `round to 1 decimals half up` is its marks.
    """

    LEAVES = "leaves"
    LEVELS = "levels"
    TOTAL = "total"
    MEASURE = "measure"
    MARKS = "marks"


@frozen(kw_only=True)
class Round(Tree):
    """`round leaves to 2 decimals half up`, `round measure to 4 decimals half up`, `round to 0.5 half up`."""

    subject: RoundSubject
    rounding: Rounding


class RemarkWord(StrEnum):
    EVIDENCE = "evidence"
    NOTE = "note"
    CITE = "cite"
    AUTHORITY = "authority"


@frozen(kw_only=True)
class Remark(Tree):
    """`evidence "Payroll of December"`, `note "…"`, `cite "财预〔2020〕10号"`; `authority "…"` in a ruleset only."""

    word: RemarkWord
    text: Text


class Colour(StrEnum):
    """In order of severity for `status worst of children`: red, yellow, blue, green."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"


@frozen(kw_only=True)
class Light(Tree):
    """`red when measure < 60%`; *condition* is None for `otherwise green`."""

    colour: Colour
    condition: Expression | None


@frozen(kw_only=True)
class Lights(Tree):
    """`lights { red when measure < 60%; yellow when measure < 80%; otherwise green }`: the first that holds."""

    lights: tuple[Light, ...]


@frozen(kw_only=True)
class StatusWorst(Tree):
    """`status worst of children`: an indicator's light is the most severe light below it."""


@frozen(kw_only=True)
class Let(Tree):
    """`let rate = spent / budget`, visible in the block it stands in and below."""

    name: Name
    value: Expression


@frozen(kw_only=True)
class Defined(Tree):
    """Where an indicator comes from that was made of a definition: `mof.common.execution`, version of its library."""

    definition: str
    version: str | None


@frozen(kw_only=True)
class Indicator(Tree):
    """`indicator A1 "Execution" 10 points excluded share rescale { CLAUSES }`; the braces may be left out when
    empty.

    `indicator B1 10 points = execution(spent, budget) { CLAUSES }` is made of a definition (*call*); once it was
    expanded *call* is None and *defined* tells the definition.
    """

    code: Name
    title: Text | None
    amount: Amount | None
    clauses: tuple[Clause, ...]
    call: Call | None = None
    defined: Defined | None = None


@frozen(kw_only=True)
class Slot(Tree):
    """`slot X "Department's own indicators" 30 points`: a place in a template, to be filled by who extends it."""

    code: Name
    title: Text | None
    amount: Amount


@frozen(kw_only=True)
class IndicatorsFrom(Tree):
    """`indicators from "indicators.csv" as minmax_indicator`: the definition expanded once for each row.

    *library* is the path before the definition's name (empty: none).
    """

    file: Text
    definition: Name
    library: tuple[Name, ...] = ()


Clause = (
    Measure
    | ScoreClause
    | Combine
    | WeightsRelative
    | Scale
    | ExcludedShare
    | Applies
    | Missing
    | Veto
    | Round
    | Remark
    | Lights
    | StatusWorst
    | Let
    | Indicator
    | Slot
    | IndicatorsFrom
)
