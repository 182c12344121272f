"""Core expressions: a small set of total operations over exact values and states.

Meaning common to all of them: a value is an exact number, a boolean, a text, a date, a tuple of records, or one of the
states missing, excluded, pending. Unless an operation says otherwise, an operand in a state makes the result that state;
where operands are in different states, `perfrules.lang.states.join` says which. Conditions are three-valued: a condition
that is in a state is undecided. Units are gone: conversions are multiplications by exact constants.

Operands are evaluated left to right, and lazily where that is stated; an operand that is not evaluated has no step.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind, Number
from perfrules.lang.rounding import Rounding
from perfrules.lang.states import State
from perfrules.text import Span


@frozen
class Origin:
    """Where an expression comes from: the construct the author wrote, the part it plays there, and its text's place.

    `construct` is one of the glossary's words in lower case (`tally line`, `curve`, `band`, `case`, `input`, `expression`,
    `missing policy`, `applies`, `limits`, `rounding`, `veto`, `combine`, `parameter`, `grade` …); `role` says which part
    (`subject`, `reference`, `step`, `amount`, `cap`, `value`, `condition` …); `title` is the author's own title, if any.
    """

    construct: str
    role: str = ""
    span: Span | None = None
    title: str | None = None


@frozen(kw_only=True)
class Core:
    """What every core expression carries: the kind of its value and its origin. Neither takes part in equality."""

    kind: Kind = field(eq=False, repr=False, factory=Number)
    origin: Origin = field(eq=False, repr=False, default=Origin("expression"))


@frozen
class Const(Core):
    """A literal: an exact number (95% is 19/20), a yes/no, a text (also an option, a grade, a light) or a date."""

    value: Exact | bool | str | date


@frozen
class StateConst(Core):
    """A state the author wrote: `empty -> missing`, `otherwise excluded`."""

    state: State


@frozen
class Input(Core):
    """The fact of this name, in its declared unit. A table is a tuple of records (mappings from field to value)."""

    name: str


@frozen
class FieldOf(Core):
    """Within the body, condition or key of a table aggregate: the field of the record that *variable* stands for."""

    variable: str
    name: str


@frozen
class NodeRef(Core):
    """The value of another node of the plan."""

    id: str


class ArithOp(StrEnum):
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    NEGATE = "negate"
    ABSOLUTE = "absolute"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    POWER = "power"


@frozen
class Arith(Core):
    """Exact rational arithmetic. ADD, MULTIPLY, MINIMUM, MAXIMUM take two or more operands, the rest their usual number.

    POWER takes a constant whole exponent (other powers are Irrational). The checker proves that no divisor (and no base
    of a negative power) is 0; an evaluator that meets one raises EvaluationDefect, our own mistake.
    """

    op: ArithOp
    operands: tuple[Expr, ...]


class PartsRule(StrEnum):
    EXACT = "exact"
    WHOLE = "whole"
    STARTED = "started"


@frozen
class Parts(Core):
    """How many steps a distance holds: distance ÷ step exactly, its floor (whole) or its ceiling (started)."""

    rule: PartsRule
    distance: Expr
    step: Expr


class CompareOp(StrEnum):
    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


@frozen
class Compare(Core):
    """Compare two numbers, dates, or (only = and !=) texts or booleans."""

    op: CompareOp
    left: Expr
    right: Expr


class LogicOp(StrEnum):
    AND = "and"
    OR = "or"
    NOT = "not"


@frozen
class Logic(Core):
    """Three-valued logic, left to right: AND stops at the first false, OR at the first true.

    If none decides, the result is the join of the undecided operands' states, else true (AND) or false (OR).
    """

    op: LogicOp
    operands: tuple[Expr, ...]


@frozen
class Select(Core):
    """Ordered cases, lazily: the value of the first case whose condition is true, else *otherwise*.

    A condition that is undecided makes the whole that state; later cases are then not looked at.
    """

    cases: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr


@frozen
class IsState(Core):
    """Whether the operand is in this state: true or false, never undecided."""

    operand: Expr
    state: State


@frozen
class Recover(Core):
    """The operand, or, where it is in *state*, the replacement (evaluated only then). `missing -> zero` is one of these."""

    operand: Expr
    state: State
    replacement: Expr


@frozen
class Between:
    """The values from low to high; None is unbounded on that side; each end closed or open. Ends are expressions."""

    low: Expr | None
    high: Expr | None
    low_closed: bool
    high_closed: bool


@frozen
class Among:
    """The listed values (`one of (3, 4)`, `= 优`, `= 0`)."""

    options: tuple[Expr, ...]


@frozen
class Step:
    """One step of a step table: which subjects it takes, and what they earn (evaluated only if chosen)."""

    takes: Between | Among
    value: Expr
    origin: Origin = field(eq=False, repr=False)


@frozen
class Steps(Core):
    """A step table: the value of the first step that takes the subject, else *otherwise*.

    Without *otherwise* the checker has proved that the steps cover the subject's declared range. Ends are evaluated in
    order as far as needed.
    """

    subject: Expr
    steps: tuple[Step, ...]
    otherwise: Expr | None


@frozen
class Lines(Core):
    """Piecewise linear through points of strictly increasing x, flat outside the ends. All points are evaluated."""

    subject: Expr
    points: tuple[tuple[Expr, Expr], ...]


@frozen
class LedgerLine:
    """One line of a ledger: *amount* (at least 0 where the author wrote a plain amount; already capped) is added or taken off."""

    sign: int
    amount: Expr
    origin: Origin = field(eq=False, repr=False)


@frozen
class Ledger(Core):
    """Base plus and minus lines; then held between floor and ceiling (None: not held on that side).

    If any *zeroed* condition is true, the sum is 0 whatever the lines say (the lines are still evaluated for their steps,
    and then the limits apply); an undecided *zeroed* condition, none being true, makes the whole that state.
    Its steps: the held value, then (extra) the sum before the limits.
    """

    base: Expr
    lines: tuple[LedgerLine, ...]
    zeroed: tuple[Expr, ...]
    floor: Expr | None
    ceiling: Expr | None


@frozen
class Clamp(Core):
    """The operand held between floor and ceiling (None: not held on that side)."""

    operand: Expr
    floor: Expr | None
    ceiling: Expr | None


@frozen
class Round(Core):
    """The operand rounded as the ruleset says."""

    operand: Expr
    rounding: Rounding


class IrrationalFunction(StrEnum):
    LN = "ln"
    EXP = "exp"
    SQRT = "sqrt"
    ROOT = "root"
    POWER = "power"


@frozen
class Irrational(Core):
    """The real result correctly rounded to 34 significant digits, half even (`perfrules.lang.irrational`)."""

    function: IrrationalFunction
    operands: tuple[Expr, ...]


@frozen
class DateDifference(Core):
    """`days(a, b)` = b − a; `workdays(a, b)` counts the workdays in (a, b] of the plan's calendar."""

    workdays: bool
    start: Expr
    end: Expr


class AggregateOp(StrEnum):
    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count distinct"
    MEAN = "mean"
    MINIMUM = "min"
    MAXIMUM = "max"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed mean"
    SHARE = "share"
    ANY = "any"
    ALL = "all"
    DEVIATION_POPULATION = "population standard deviation"
    DEVIATION_SAMPLE = "sample standard deviation"


@frozen
class Trimming:
    """Drop so many of the highest and lowest when there are at least *at_least* values; else drop none."""

    high: int
    low: int
    at_least: int


@frozen
class TableAggregate(Core):
    """One value from the records of a table for which *where* holds (all, where it is None).

    COUNT has no body. SHARE, ANY, ALL have a condition as body; SHARE is the part of the records for which it holds. A
    record whose condition or body is missing (or excluded, pending) makes the whole that state unless *skipping_missing*
    leaves out the missing ones. ANY and ALL follow three-valued logic. *empty* is the answer when no record is left (SUM, COUNT, ANY,
    ALL need none: 0, 0, false, true). The median of an even number is the mean of the middle two. A state of the table
    itself (an optional table that was not supplied) is the result. Sample deviation of one record counts as empty.
    Its steps: the value, then (extra) a tuple with one (taken, body) pair per record, in data order; *where* and *body*
    have no steps of their own.
    """

    op: AggregateOp
    table: Expr
    variable: str
    where: Expr | None
    body: Expr | None
    trimming: Trimming | None
    skipping_missing: bool
    empty: Expr | None


@frozen
class JudgedLevel:
    """A level's name and where its mark may lie."""

    name: str
    low: Expr
    high: Expr
    low_closed: bool
    high_closed: bool


@frozen
class Judged(Core):
    """The mark a person gave to the indicator *code* (facts `code.level`, `code.mark`); PENDING until it is there.

    A level whose limits are one point needs no mark. Marks outside the level's limits were refused when the data was read;
    with a level but no mark the value is pending between that level's limits, with neither between the hull of all.
    """

    code: str
    levels: tuple[JudgedLevel, ...]


@frozen
class Overridable(Core):
    """The operand, unless the data carry an override for the indicator *code*: then the override's value."""

    code: str
    operand: Expr


class CombineOp(StrEnum):
    SUM = "sum"
    WEIGHTED_MEAN = "weighted mean"
    GEOMETRIC_MEAN = "geometric mean"
    HARMONIC_MEAN = "harmonic mean"
    BEST = "best"
    WORST = "worst"
    FIRST_AVAILABLE = "first available"
    MEDIAN = "median"


class ShareRule(StrEnum):
    RESCALE = "rescale"
    LOST = "lost"
    TO = "to"


@frozen
class Member:
    """One child: its final marks, its weight (None where there are none), its full marks (None: none stated), bonus or not."""

    code: str
    value: Expr
    weight: Expr | None
    full: Expr | None
    bonus: bool = False


@frozen
class Combine(Core):
    """Combine children. Excluded members are left out first; if all members that are no bonus are excluded, so is the result.

    An excluded bonus counts 0 and redistributes nothing; bonuses are added after the others were combined.
    *share* (None only where no member can be excluded): RESCALE: for SUM, earned × full ÷ applicable full, where
    full is the sum of all members' full marks and applicable full that of the members not excluded; for means with
    weights, the weights of the members left are taken relative to their own sum. LOST: an excluded member counts 0 and
    keeps its weight or full. TO: the marks of member *to* are multiplied by (its full + the excluded full) ÷ its full (for SUM) or its weight
    grows by the excluded weights (for weighted means); if *to* itself is excluded, as RESCALE.
    BEST, WORST, MEDIAN, FIRST_AVAILABLE simply look at the members left (FIRST_AVAILABLE: the first in order that is
    neither excluded nor missing; if none, the join). Weighted means divide by the sum of the weights. Means: GEOMETRIC
    is the weighted one where weights are, exp(Σ w ln x ÷ Σ w) correctly rounded like all irrational results; HARMONIC is exact;
    a zero member makes both 0.
    Its steps: the value, then (extra) the earned sum (SUM: Σ marks of the members left; weighted: Σ weight × marks), then (extra) the applicable full (SUM: Σ full;
    weighted: Σ weights of the members left); both extras are None for the other methods.
    """

    op: CombineOp
    members: tuple[Member, ...]
    share: ShareRule | None
    to: str | None = None


@frozen
class GradeVeto:
    """While *condition* holds: the grade is *grade*, or (at_most) no better than it."""

    condition: Expr
    grade: str
    at_most: bool
    origin: Origin = field(eq=False, repr=False)


@frozen
class Demote(Core):
    """The grade after vetoes. *order* lists the grades best first; of all vetoes that hold the severest outcome wins.

    A plain veto's outcome is its grade; an at_most veto's outcome is the worse of its grade and the computed one. An
    undecided condition makes the result that state, unless the grade is already the worst and stays so either way.
    """

    grade: Expr
    order: tuple[str, ...]
    vetoes: tuple[GradeVeto, ...]


@frozen
class Dated(Core):
    """A value that changes with time: the entry with the latest start that is not after the as-of date. Lazily."""

    entries: tuple[tuple[date, Expr], ...]


@frozen
class WorstLight(Core):
    """The most severe of the operands' lights (red, yellow, blue, green); states left out; EXCLUDED if none is left."""

    operands: tuple[Expr, ...]


@frozen
class Broken(Core):
    """Stands where something was reported as wrong, so that nothing that uses it is reported again. Never evaluated."""


Expr = (
    Const
    | StateConst
    | Input
    | FieldOf
    | NodeRef
    | Arith
    | Parts
    | Compare
    | Logic
    | Select
    | IsState
    | Recover
    | Steps
    | Lines
    | Ledger
    | Clamp
    | Round
    | Irrational
    | DateDifference
    | TableAggregate
    | Judged
    | Overridable
    | Combine
    | Demote
    | Dated
    | WorstLight
    | Broken
)
