"""What a ruleset declares beside its indicators: inputs, tables, parameters, units, results, tests."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from perfrules.syntax.ast.clauses import Colour, Light
from perfrules.syntax.ast.expressions import ColourWord, Expression, Range, StateWord
from perfrules.syntax.ast.scoring import Between, CurvePoint, Edge, Records
from perfrules.syntax.ast.tree import Name, Text, Tree


class PlainType(StrEnum):
    NUMBER = "number"
    PERCENT = "%"
    PERCENTAGE_POINTS = "pp"
    POINTS = "points"
    YES_NO = "yes/no"
    TEXT = "text"
    DATE = "date"


@frozen(kw_only=True)
class TypeWord(Tree):
    """`number`, `%`, `pp`, `points`, `yes/no`, `text`, `date`."""

    plain: PlainType


@frozen(kw_only=True)
class UnitType(Tree):
    """`万元`, `persons`, `count`, `万元/persons`."""

    unit: Name
    per: Name | None = None


@frozen(kw_only=True)
class ChoiceType(Tree):
    """`one of (central, western, other)`: options are names or quoted texts."""

    options: tuple[Name | Text, ...]


InputType = TypeWord | UnitType | ChoiceType


class WrittenAs(StrEnum):
    RATIO = "written as ratio"
    PERCENT = "written as percent"


@frozen(kw_only=True)
class Input(Tree):
    """`input spent "Spent this year" : 万元 decimals 6 in [0, 10_000_000] optional source "Ledger"`.

    The parts after the type come in any order, each at most once; `written as ratio` or `written as percent` says how a
    bare number in the column of a `%` input is meant.
    """

    name: Name
    title: Text | None
    type: InputType
    decimals: int | None = None
    range: Range | None = None
    optional: bool = False
    source: Text | None = None
    written_as: WrittenAs | None = None


@frozen(kw_only=True)
class Table(Tree):
    """`table projects "Projects" { input amount : 万元 …; input done : yes/no }`, perhaps `optional` before the
    brace.
    """

    name: Name
    title: Text | None
    fields: tuple[Input, ...]
    optional: bool = False


@frozen(kw_only=True)
class GroupValue(Tree):
    """`central -> 3 "Notice 2021/40"`, `(central, large) -> 3`, `otherwise -> 2` (no keys)."""

    keys: tuple[Name | Text | ColourWord, ...]
    value: Expression
    cite: Text | None = None


@frozen(kw_only=True)
class DatedValue(Tree):
    """`from 2019-01-01 -> 60% "Notice 2018/12"`, or `from 2019-01-01 { central -> 3; otherwise -> 2 }`."""

    start: date
    value: Expression | tuple[GroupValue, ...]
    cite: Text | None = None


@frozen(kw_only=True)
class Parameter(Tree):
    """`param pass_mark "Pass mark" : % = 60% "Notice 2018/12"`, or a block of dated or grouped values.

    `param case_target by town_class : count { central -> 3; otherwise -> 2 }`, `param p by (level, scope) : % { (a, b)
    -> 5% }`, `param privilege by (level, scope) : % from "privileges.csv"` (*file*; columns headed by the `by` names
    and `value`).
    """

    name: Name
    title: Text | None
    by: tuple[Name, ...]
    type: InputType
    value: Expression | tuple[DatedValue, ...] | tuple[GroupValue, ...] | None
    file: Text | None = None
    cite: Text | None = None


@frozen(kw_only=True)
class UnitDeclaration(Tree):
    """`unit 户 : count` (another name for a unit's dimension), `unit 万亩 = 10000 亩`, `unit 户` (a dimension of its
    own).
    """

    name: Name
    base: Name | None = None
    factor: Expression | None = None


@frozen(kw_only=True)
class Schedule(Tree):
    """`schedule expected : % of month { 4 -> 25%; 6 -> 40%; otherwise -> 0% }`: the last step reached.

    Used like a function: `expected(month)`. With `linear` before the brace the value runs evenly from step to step.
    """

    name: Name
    title: Text | None
    type: InputType
    parameter: Name
    steps: tuple[CurvePoint, ...]
    otherwise: Expression | None
    linear: bool = False


@frozen(kw_only=True)
class Holidays(Tree):
    """`holidays from "cn-2024.csv"`: a file with columns date, kind (holiday or workday); the years it names are the
    calendar.
    """

    file: Text


@frozen(kw_only=True)
class Effective(Tree):
    """`effective 2021-01-01 to 2021-12-31`."""

    start: date
    end: date


@frozen(kw_only=True)
class Entity(Tree):
    """`entity department "Department"`."""

    name: Name
    title: Text | None


class Ceiling(StrEnum):
    UNBOUNDED = "unbounded"
    CAPPED = "capped"
    AT_MOST = "at most"


@frozen(kw_only=True)
class Total(Tree):
    """`total 100 points`, perhaps `unbounded`, `capped`, `at most 110 points`, `between 0 and 110`; `base 100 points`.

    For `base` the number is where the sheet starts: the sum of the parts is added to it. At most one of *ceiling* and
    *between* is there.
    """

    value: Expression
    base: bool = False
    ceiling: Ceiling | None = None
    at_most: Expression | None = None
    between: Between | None = None


@frozen(kw_only=True)
class GradeLine(Tree):
    """`优 >= 90`, `良 [80, 90)`, `差 otherwise`."""

    name: Name
    edge: Edge


class Stage(StrEnum):
    TOTAL = "total"
    ROUNDED_TOTAL = "rounded total"


@frozen(kw_only=True)
class Grades(Tree):
    """`grades of rounded total { 优 >= 90; 良 >= 80; 中 >= 60; 差 otherwise }`, best first; *stage* None where it
    was left out.
    """

    stage: Stage | None
    lines: tuple[GradeLine, ...]


@frozen(kw_only=True)
class Deadline(Tree):
    """`within 10 workdays after warned otherwise suspend`."""

    length: Expression
    event: Name
    otherwise: Name


@frozen(kw_only=True)
class Decision(Tree):
    """`decision tighten "Next year's budget is set strictly" when grade in one of (中, 差) within 10 workdays after
    notice otherwise suspend`.
    """

    name: Name
    title: Text | None
    condition: Expression
    deadline: Deadline | None = None


@frozen(kw_only=True)
class Alert(Tree):
    """`alert progress "Progress" { red when rate < 60%; yellow when rate < 80%; otherwise green }`: the first that
    holds.
    """

    name: Name
    title: Text | None
    lights: tuple[Light, ...]


@frozen(kw_only=True)
class Output(Tree):
    """`output take_back "Money to take back" : 万元 = allotted - spent`."""

    name: Name
    title: Text | None
    type: InputType
    value: Expression


@frozen(kw_only=True)
class RecordValue(Tree):
    """`(amount = 3, done = yes)`: one record of a table in a test."""

    fields: tuple[Given, ...]


@frozen(kw_only=True)
class Given(Tree):
    """`staff = 50`, `A3.level = "达成"`, `quota = missing`, `projects = [(amount = 3), (amount = 4)]`.

    A value is a literal (number, quantity, text, date, yes/no, a negative number, the name of an option), a state word
    or records. *entity* is whose data it is, where the line says so: `given a: staff = 50`.
    """

    path: tuple[Name, ...]
    value: Expression | StateWord | tuple[RecordValue, ...]
    entity: Name | Text | None = None


@frozen(kw_only=True)
class Expectation(Tree):
    """`A1 = 5`, `total in [80, 90]`, `A1 is excluded`, `decision tighten`, `alert p = red`, `veto "Fraud"`, `flag x`.

    *condition* is an expression for the first three forms; names of grades and options stand bare. `not` may stand
    before a decision, a veto and a flag. *entity* is of whom it is expected, where the line says so.
    """

    condition: Expression | None = None
    decision: Name | None = None
    negated: bool = False
    alert: Name | None = None
    colour: Colour | None = None
    veto: Text | None = None
    flag: Name | None = None
    entity: Name | Text | None = None


@frozen(kw_only=True)
class Test(Tree):
    """`test "on quota" { as of 2021-06-30; given staff = 50, quota = 50; expect A1 = 5, total = 15 }`.

    Or `test "all" { examples from "cases.csv" }`: a file of data columns and `expect …` columns. Or for several
    entities: `test "ranks" { given a: x = 1; given b: x = 2; expect a: place = 2 }`.
    """

    title: Text
    as_of: date | None = None
    given: tuple[Given, ...] = ()
    expect: tuple[Expectation, ...] = ()
    examples: Text | None = None


@frozen(kw_only=True)
class Check(Tree):
    """`check sum(d.amount for d in districts) = amount "Areas add up"`; `check warning done <= planned "…"`.

    With *records* it is asked of each: `check d in districts where d.counted: d.part <= d.whole "…"`. Data for which it
    does not hold are refused, or with *warning* reported only.
    """

    condition: Expression
    title: Text | None
    records: Records | None = None
    warning: bool = False


@frozen(kw_only=True)
class OtherResults(Tree):
    """`results projects from pinghu.project version "2021" by department`: the results of another ruleset.

    With *by* (an output of that ruleset) a table: the records whose value of it is this entity's name. Without, the
    one result of the entity of the same name: `projects.total`.
    """

    name: Name
    ruleset: tuple[Name, ...]
    version: Text | None = None
    by: Name | None = None
