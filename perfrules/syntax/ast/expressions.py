"""Expressions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Rounding
from perfrules.made_often import made_often
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.tree import Name, Text, Tree


class NumberForm(StrEnum):
    """How a number is written: `12`, `95%` (value 19/20), `2pp` (value 1/50), `5 points`."""

    PLAIN = "plain"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "pp"
    POINTS = "points"


@made_often
@frozen(kw_only=True)
class Number(Tree):
    """`12`, `0.5`, `1_000`, `95%`, `2pp`, `5 points`; *value* is the meaning (95% is 19/20), *digits* what was
    written (`95`).
    """

    value: Exact
    form: NumberForm
    digits: str


@frozen(kw_only=True)
class Quantity(Tree):
    """`1_200 万元`, `5 workdays`: a plain number directly before the name of a unit."""

    value: Exact
    digits: str
    unit: Name


@frozen(kw_only=True)
class DateLiteral(Tree):
    """`2024-01-31`."""

    value: date


@frozen(kw_only=True)
class YesNo(Tree):
    """`yes`, `no`."""

    value: bool


class Word(StrEnum):
    """The reserved words that stand for a value."""

    FULL = "full"
    MEASURE = "measure"
    TOTAL = "total"
    ROUNDED_TOTAL = "rounded total"
    GRADE = "grade"


@made_often
@frozen(kw_only=True)
class Reserved(Tree):
    """`full`, `measure`, `total`, `rounded total`, `grade`."""

    word: Word


class Attribute(StrEnum):
    """What can be asked of an indicator after a dot; the last three of other results: `p.total for p in projects`."""

    MEASURE = "measure"
    RATE = "rate"
    FULL = "full"
    LEVEL = "level"
    MARK = "mark"
    LIGHT = "light"
    TOTAL = "total"
    ROUNDED_TOTAL = "rounded total"
    GRADE = "grade"


@made_often
@frozen(kw_only=True)
class Reference(Tree):
    """`spent`, `A.A1`, `A1.rate`, `p.amount`: names joined by dots, then perhaps a reserved attribute."""

    path: tuple[Name, ...]
    attribute: Attribute | None = None


class UnaryOperator(StrEnum):
    MINUS = "-"
    NOT = "not"


@frozen(kw_only=True)
class Unary(Tree):
    """`-x`, `not x`."""

    operator: UnaryOperator
    operand: Expression


class BinaryOperator(StrEnum):
    """From loose to tight: or; and; comparisons; + and -; *, / and of; ^ (right associative)."""

    OR = "or"
    AND = "and"
    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED_BY = "/"
    OF = "of"
    POWER = "^"


@frozen(kw_only=True)
class Binary(Tree):
    """`a + b`; `20% of full` is `20% * full`; comparisons do not chain."""

    operator: BinaryOperator
    left: Expression
    right: Expression


@made_often
@frozen(kw_only=True)
class Range(Tree):
    """`[80%, 90%)`: square brackets close an end, parentheses leave it open."""

    low: Expression
    high: Expression
    low_closed: bool
    high_closed: bool


@frozen(kw_only=True)
class OneOf(Tree):
    """`one of (中, 差)`."""

    options: tuple[Expression, ...]


@frozen(kw_only=True)
class Inside(Tree):
    """`x in [0, 30)`, `grade in one of (中, 差)`."""

    subject: Expression
    choices: Range | OneOf


class StateWord(StrEnum):
    MISSING = "missing"
    EXCLUDED = "excluded"
    PENDING = "pending"


@frozen(kw_only=True)
class IsState(Tree):
    """`quota is missing`, `A1 is excluded`, `A1 is pending`; always decided, never unknown (`not` before it
    negates).
    """

    subject: Expression
    state: StateWord


@frozen(kw_only=True)
class Conditional(Tree):
    """`if budget > 0 then spent / budget else 0%`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@frozen(kw_only=True)
class NamedArgument(Tree):
    """`budget: revised_budget` in a call of a definition."""

    name: Name
    value: Expression


@frozen(kw_only=True)
class Call(Tree):
    """`max(a, b)`, `days(start, end)`, `expected_spending(month)`, `mof.common.execution(spent, budget: revised)`.

    *library* is the path before the last dot (empty: none). Named arguments stand after the others.
    """

    function: Name
    arguments: tuple[Expression, ...]
    named: tuple[NamedArgument, ...] = ()
    library: tuple[Name, ...] = ()


@frozen(kw_only=True)
class RoundTo(Tree):
    """`round(x to 2 decimals half up)`, `round(x to 0.5 half up)`, `round(x to 3 significant digits half even)`."""

    operand: Expression
    rounding: Rounding


class AggregateFunction(StrEnum):
    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count distinct"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed mean"
    SHARE = "share"
    ANY = "any"
    ALL = "all"
    STANDARD_DEVIATION_POPULATION = "population standard deviation"
    STANDARD_DEVIATION_SAMPLE = "sample standard deviation"


@frozen(kw_only=True)
class Trim(Tree):
    """`drop 1 high 1 low when at least 5`."""

    high: int
    low: int
    at_least: int


@frozen(kw_only=True)
class Aggregate(Tree):
    """`sum(p.amount for p in projects where p.done skipping missing)`, `count(p in projects where p.late)`.

    Also `mean(p.rate for p in projects empty -> 0%)`, `count distinct(p.key for p in projects)`, `share(p.done for p
    in projects empty -> excluded)` (the share of records for which the condition holds), `any(p.late for p in
    projects)`, `trimmed mean(j.mark for j in judges drop 1 high 1 low when at least 5 empty -> missing)`. *body* is
    None for `count`. *empty* answers what an aggregate over no records is; a state or an expression.
    """

    function: AggregateFunction
    variable: Name
    table: Name
    body: Expression | None = None
    where: Expression | None = None
    trim: Trim | None = None
    quorum: int | None = None
    skipping_missing: bool = False
    empty: Expression | StateWord | None = None


@frozen(kw_only=True)
class Previous(Tree):
    """`previous(grade)`, `previous(total)`, `previous(A1)`, `previous(A1.measure)`: of the result of an earlier period.

    *value* is a Reserved word or a Reference. Missing where there is no earlier result.
    """

    value: Expression


@frozen(kw_only=True)
class ColourWord(Tree):
    """`red` where a light is compared (`progress = red`) or decides a group (`(red, green) -> stop`).

    *colour* is the English word.
    """

    colour: str


@frozen(kw_only=True)
class ExpressionCase(Tree):
    """`when a > b -> 1` or `otherwise -> 0` (no condition)."""

    condition: Expression | None
    value: Expression


@frozen(kw_only=True)
class CaseExpression(Tree):
    """`cases { when total >= 90 -> keep; otherwise -> stop }` where a value is expected: the first case that holds."""

    cases: tuple[ExpressionCase, ...]


@frozen(kw_only=True)
class Argument(Tree):
    """A parameter of a definition, replaced by what the user of the definition gave; never written as such.

    *parameter* is the parameter's name, *definition* the definition's full name; *type* is checked when lowered, and
    *range* is the one for which the definition was checked.
    *place* is the path of the indicator whose names *value* means (empty: the ruleset); None where they are those of
    the place it stands in. Without a *parameter* it stands where an expression could not be had, which is reported.
    """

    value: Expression
    parameter: str
    definition: str
    type: Tree
    range: Range | None = None
    place: str | None = None


Expression = (
    Number
    | Quantity
    | Text
    | DateLiteral
    | YesNo
    | Reserved
    | Reference
    | Unary
    | Binary
    | Inside
    | IsState
    | Conditional
    | Call
    | RoundTo
    | Aggregate
    | Across
    | Previous
    | ColourWord
    | CaseExpression
    | Argument
)
