"""The whole file."""

from __future__ import annotations

from attrs import frozen

from perfrules.syntax.ast.clauses import (
    Combine,
    ExcludedShare,
    Indicator,
    Let,
    Remark,
    Round,
    Scale,
    StatusWorst,
    Veto,
    WeightsRelative,
)
from perfrules.syntax.ast.declarations import (
    Alert,
    Decision,
    Effective,
    Entity,
    Grades,
    Holidays,
    Input,
    Output,
    Parameter,
    Schedule,
    Table,
    Test,
    Total,
    UnitDeclaration,
)
from perfrules.syntax.ast.tree import Name, Text, Tree

Item = (
    Remark
    | Effective
    | Entity
    | Total
    | Round
    | Input
    | Table
    | Parameter
    | UnitDeclaration
    | Schedule
    | Holidays
    | Let
    | Indicator
    | Combine
    | WeightsRelative
    | Scale
    | ExcludedShare
    | StatusWorst
    | Veto
    | Grades
    | Decision
    | Alert
    | Output
    | Test
)


@frozen(kw_only=True)
class Ruleset(Tree):
    """`ruleset pinghu.department "Departmental performance" version "2021" { ITEMS }`.

    An item that could not be read is left out here and reported by the parser.
    """

    name: tuple[Name, ...]
    title: Text | None
    version: Text | None
    items: tuple[Item, ...]
