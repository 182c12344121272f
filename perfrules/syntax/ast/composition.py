"""How files build on one another: libraries and their definitions, templates that are extended, overlays."""

from __future__ import annotations

from attrs import frozen

from perfrules.syntax.ast.clauses import Amount, Clause, Indicator
from perfrules.syntax.ast.declarations import (
    Alert,
    Check,
    Decision,
    Effective,
    Entity,
    Grades,
    Holidays,
    Input,
    InputType,
    OtherResults,
    Output,
    Parameter,
    Schedule,
    Table,
    Total,
    UnitDeclaration,
)
from perfrules.syntax.ast.expressions import Expression, Range
from perfrules.syntax.ast.tree import Name, Text, Tree


@frozen(kw_only=True)
class Use(Tree):
    """`use mof.common version "2020"`: the definitions of a library; `use plugin gini version "1.2"`: a plug-in."""

    name: tuple[Name, ...]
    version: Text | None = None
    plugin: bool = False


@frozen(kw_only=True)
class TableType(Tree):
    """`table` as the type of a definition's parameter: the name of a table."""


@frozen(kw_only=True)
class DefinitionParameter(Tree):
    """`budget : money in [1, 1_000]`, `pass : % = 60%`.

    In `(spent, budget : money)` both have the type. A unit type may name a dimension (`money`, `area`, `length`,
    `persons`, `count`, `days`): any unit of it is accepted.
    """

    name: Name
    type: InputType | TableType
    decimals: int | None = None
    range: Range | None = None
    optional: bool = False
    default: Expression | None = None


@frozen(kw_only=True)
class Tag(Tree):
    """`sector: "交通"` or, without a key, `"时效"`."""

    key: Name | None
    value: Text


@frozen(kw_only=True)
class Definition(Tree):
    """`define execution(spent, budget : money) "预算执行率" tags (sector: "交通", "时效") { CLAUSES }`.

    Or a value: `define ratio(part, whole : money) "Share" = part / whole`. *body* is the clauses of an indicator, or an
    expression.
    """

    name: Name
    parameters: tuple[DefinitionParameter, ...]
    title: Text | None
    tags: tuple[Tag, ...]
    body: tuple[Clause, ...] | Expression


@frozen(kw_only=True)
class Extends(Tree):
    """`extends pinghu.department version "2021" unchanged "9f3ac0de"`.

    *unchanged* is the beginning of the SHA-256 of the base's text; the base has moved if it differs.
    """

    name: tuple[Name, ...]
    version: Text | None
    unchanged: Text | None = None


@frozen(kw_only=True)
class Fill(Tree):
    """`fill X { indicator X1 … }`: what stands in a slot of the base."""

    slot: tuple[Name, ...]
    clauses: tuple[Clause, ...]


@frozen(kw_only=True)
class Was(Tree):
    """`was "Staffing" 5 points`: what an overlay expects to find in the base."""

    title: Text | None = None
    amount: Amount | None = None


@frozen(kw_only=True)
class ReplaceIndicator(Tree):
    """`replace A.A1 "Staffing" 6 points was "Staff" 5 points { CLAUSES }`; *path* is where it stands in the base."""

    path: tuple[Name, ...]
    indicator: Indicator
    was: Was


Replaceable = (
    Input
    | Table
    | Parameter
    | Schedule
    | UnitDeclaration
    | Grades
    | Decision
    | Alert
    | Output
    | Check
    | OtherResults
    | Total
    | Effective
    | Entity
    | Holidays
)


@frozen(kw_only=True)
class ReplaceItem(Tree):
    """`replace param pass_mark : % = 65%`, `replace grades of total { … }`, `replace effective 2022-01-01 to …`.

    The item of the same kind (and name, where it has one; a check by its title) in the base.
    """

    item: Replaceable


@frozen(kw_only=True)
class SetAmount(Tree):
    """`set A1 6 points was 5 points`."""

    path: tuple[Name, ...]
    amount: Amount
    was: Amount


@frozen(kw_only=True)
class SetParameter(Tree):
    """`set pass_mark = 65% was 60%`: of a parameter with one value."""

    name: Name
    value: Expression
    was: Expression


@frozen(kw_only=True)
class Remove(Tree):
    """`remove B3 was "Staff" 5 points`: an indicator by its code, or a decision, alert, output or input by its name."""

    path: tuple[Name, ...]
    was: Was | None = None


Overlay = Fill | ReplaceIndicator | ReplaceItem | SetAmount | SetParameter | Remove
