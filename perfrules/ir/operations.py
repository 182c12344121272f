"""Core expressions of a general kind: facts, arithmetic, comparison, logic, choice, dates, aggregates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from perfrules.ir.origin import Core
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Rounding
from perfrules.lang.states import State
from perfrules.made_often import made_often
from perfrules.text import Span

if TYPE_CHECKING:
    from perfrules.ir.expressions import Expr
    from perfrules.lang.interval import Interval


@made_often
@frozen
class Const(Core):
    """A literal: an exact number (95% is 19/20), a yes/no, a text (also an option, a grade, a light) or a date."""

    value: Exact | bool | str | date


@frozen
class StateConst(Core):
    """A state the author wrote: `empty -> missing`, `otherwise excluded`."""

    state: State


@made_often
@frozen
class Input(Core):
    """The fact of this name, in its declared unit. A table is a tuple of records (mappings from field to value)."""

    name: str


@frozen
class FieldOf(Core):
    """Within the body, condition or key of a table aggregate: the field of the record that *variable* stands for."""

    variable: str
    name: str


@made_often
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


@made_often
@frozen
class Arith(Core):
    """Exact rational arithmetic. ADD, MULTIPLY, MINIMUM, MAXIMUM take two or more operands, others their usual number.

    POWER takes a constant whole exponent (other powers are Irrational). The checker proves that no divisor (and no base
    of a negative power) is 0; an evaluator that meets one raises EvaluationDefect, our own mistake.
    """

    op: ArithOp
    operands: tuple[Expr, ...]


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
    """Whether the operand is in this state; undecided while it is pending, unless that is asked."""

    operand: Expr
    state: State


@frozen
class Recover(Core):
    """The operand, or, where it is in *state*, the replacement (evaluated only then). `missing -> zero` is one of
    these.
    """

    operand: Expr
    state: State
    replacement: Expr


@made_often
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
    record whose condition or body is missing (or excluded, pending) makes the whole that state unless
    *skipping_missing* leaves out the missing ones. ANY and ALL follow three-valued logic. *empty* is the answer when
    no record is left (SUM, COUNT, ANY, ALL need none: 0, 0, false, true). The median of an even number is the mean of
    the middle two. A state of the table itself (an optional table that was not supplied) is the result. Sample
    deviation of one record counts as empty. With fewer records left than *quorum* the result is PENDING. Its steps:
    the value, then (extra) a tuple with one (taken, body) pair per
    record, in data order; *where* and *body* have no steps of their own.
    """

    op: AggregateOp
    table: Expr
    variable: str
    where: Expr | None
    body: Expr | None
    trimming: Trimming | None
    skipping_missing: bool
    empty: Expr | None
    quorum: int | None = None


class CohortOp(StrEnum):
    """The first thirteen mean what they mean in `AggregateOp`, the values being those of the entities."""

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
    RANK = "rank"
    PERCENTILE = "percentile"
    PERCENTILE_RANK = "percentile rank"
    APPORTIONMENT = "apportionment"


class TiesRule(StrEnum):
    BEST = "best"
    WORST = "worst"
    MEAN = "mean"
    DENSE = "dense"


class PercentileMethod(StrEnum):
    NEAREST_RANK = "nearest rank"
    INTERPOLATED = "interpolated"
    STRICTLY_BELOW = "strictly below"
    AT_OR_BELOW = "at or below"
    MIDPOINT = "midpoint"


@frozen
class WrittenAt:
    """Where a statistic is written: the calls of definitions it stands in, the outermost first, then its own place; and
    the indicator it belongs to.
    """

    spans: tuple[Span, ...]
    indicator: str | None


@frozen
class CohortAggregate(Core):
    """One value from those of all entities: the whole expression of the node *id* (role COHORT, `cohort.1`).

    *body*, *where*, *groups* and *pool* are readings of nodes of the same plan (`cohort.1/of`, `cohort.1/where`,
    `cohort.1/group.1`, `cohort.1/pool`); *at* and *empty* too where they are there. They are computed for every entity
    before any entity's value of this node; an evaluator of one entity evaluates the operands for their steps and then
    takes the value from the facts (`Facts.cohort[id]`).

    Who counts: the entities of the same group (all, where there are no *groups*) for which *where* is true (all, where
    it is None) and, with *present*, whose body is neither missing, excluded nor refused. Without *present* the join of
    the states of body, condition and groups of those asked is the state of the result for all. An entity that does not
    count itself still gets the statistic of its group; of RANK, PERCENTILE_RANK and APPORTIONMENT it gets its body's
    state if that is in one, else EXCLUDED. The median of an even number is the mean of the middle two. RANK: 1 is the
    highest if *highest_first*, else the lowest; *ties* says what equals share. PERCENTILE: of the n sorted values
    x1 ≤ … ≤ xn, NEAREST_RANK the one at max(1, ⌈at·n⌉); INTERPOLATED the linear interpolation at 1 + at·(n − 1).
    PERCENTILE_RANK: of the n values, the share strictly below, at or below, or the mean of both (MIDPOINT).
    APPORTIONMENT: *pool* (equal for all of a group) in proportion to the bodies, in multiples of *step* by largest
    remainder, equal remainders in the order of the entities' names (by code point). *empty* answers where nobody
    counts (SUM, COUNT, COUNT_DISTINCT, ANY, ALL need none; sample deviation of one value counts as empty).

    *places* are where it is written, by which rulesets with a common base know that they share it.
    """

    id: str
    op: CohortOp
    body: Expr | None = None
    where: Expr | None = None
    groups: tuple[Expr, ...] = ()
    present: bool = False
    trimming: Trimming | None = None
    ties: TiesRule | None = None
    highest_first: bool = True
    method: PercentileMethod | None = None
    at: Expr | None = None
    pool: Expr | None = None
    step: Exact | None = None
    empty: Expr | None = None
    places: tuple[WrittenAt, ...] = field(default=(), eq=False, repr=False)


class ComputedFunction(Protocol):
    """An exact pure function from a plug-in; equal where name, version and digest are."""

    @property
    def name(self) -> str:
        """The plug-in's name."""
        ...

    @property
    def version(self) -> str:
        """The version of its package."""
        ...

    @property
    def digest(self) -> str:
        """The digest of its package's files."""
        ...

    def compute(self, values: tuple[Exact, ...]) -> Exact:
        """Return the value; the same for the same values, always."""
        ...

    def range(self, ranges: tuple[Interval, ...]) -> Interval:
        """Return an interval that holds every value over these operands."""
        ...


@frozen
class Computed(Core):
    """The result of a plug-in's function on numbers, all of which are needed."""

    function: ComputedFunction
    operands: tuple[Expr, ...]


@frozen
class Dated(Core):
    """A value that changes with time: the entry with the latest start that is not after the as-of date. Lazily."""

    entries: tuple[tuple[date, Expr], ...]


@frozen
class Broken(Core):
    """Stands where something was reported as wrong, so that nothing that uses it is reported again. Never evaluated."""
