"""The whole file."""

from __future__ import annotations

from attrs import frozen

from perfrules.syntax.ast.clauses import (
    Combine,
    ExcludedShare,
    Indicator,
    IndicatorsFrom,
    Let,
    Remark,
    Round,
    Scale,
    Slot,
    StatusWorst,
    Veto,
    WeightsRelative,
)
from perfrules.syntax.ast.composition import Definition, Extends, Overlay, Use
from perfrules.syntax.ast.declarations import (
    Alert,
    Check,
    Decision,
    Effective,
    Entity,
    Grades,
    Holidays,
    Input,
    OtherResults,
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
    | Check
    | OtherResults
    | Slot
    | IndicatorsFrom
    | Use
    | Definition
    | Overlay
)


@frozen(kw_only=True)
class Ruleset(Tree):
    """`ruleset pinghu.department "Departmental performance" version "2021" { ITEMS }`.

    `ruleset pinghu.education version "2021" extends pinghu.department version "2021" { ITEMS }` builds on another.

    An item that could not be read is left out here and reported by the parser.
    """

    name: tuple[Name, ...]
    title: Text | None
    version: Text | None
    items: tuple[Item, ...]
    extends: Extends | None = None


@frozen(kw_only=True)
class Library(Tree):
    """`library mof.common "Common indicators" version "2020" { use …; define …; param …; unit …; schedule … }`."""

    name: tuple[Name, ...]
    title: Text | None
    version: Text | None
    items: tuple[Item, ...]
