"""What a resolved ruleset is: declarations, nodes in no particular order, and the outline of the rubric.

Knows nothing of evaluation order; `plan` finds it. Every node id that is read exists.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration, JudgedDeclaration
from perfrules.ir.plan import Node, OutlineItem, ResultOutline, VetoOutline
from perfrules.ir.ruletests import RuleTest
from perfrules.lang.calendar import Calendar


@frozen(kw_only=True)
class Model:
    """A ruleset with every name looked up and every construct expanded into core expressions.

    *source_hash* is the SHA-256 of the text. The other fields are those of `Plan` with the same names, before vetoes
    were separated from their conditions.
    """

    name: str
    title: str | None
    version: str | None
    source_hash: str
    authority: tuple[str, ...]
    citations: tuple[str, ...]
    effective: tuple[date, date] | None
    entity_name: str
    entity_title: str | None
    inputs: tuple[InputDeclaration, ...]
    judged: tuple[JudgedDeclaration, ...]
    nodes: tuple[Node, ...]
    outline: tuple[OutlineItem, ...]
    vetoes: tuple[VetoOutline, ...]
    grades: tuple[str, ...]
    grade_stage: str | None
    total_full: Expr | None
    decisions: tuple[ResultOutline, ...]
    alerts: tuple[ResultOutline, ...]
    outputs: tuple[ResultOutline, ...]
    flags: tuple[str, ...]
    as_of_dates: tuple[date, ...]
    as_of_default: date | None
    calendar: Calendar | None
    tests: tuple[RuleTest, ...]
