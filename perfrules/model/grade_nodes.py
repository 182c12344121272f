"""Grades: which the total reaches, at a stated stage, and what vetoes leave of it."""

from __future__ import annotations

from collections.abc import Iterable

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.plan import Node, Role
from perfrules.lang.kinds import Grade, Points
from perfrules.methods.bands import otherwise_of, steps_of_bands
from perfrules.methods.ladder import Rung
from perfrules.methods.otherwise import after_otherwise
from perfrules.model.block import Settings
from perfrules.model.checks.grade_order import check_grade_order
from perfrules.model.checks.grade_stage import stage_of
from perfrules.model.lowering import Lowering
from perfrules.model.vetoes import Cause, grade_vetoes
from perfrules.syntax.ast.declarations import GradeLine
from perfrules.syntax.ast.scoring import Otherwise


def grade_names(settings: Settings) -> tuple[str, ...]:
    """Return the grades, best first."""
    if settings.grades is None:
        return ()
    return tuple(dict.fromkeys(line.name.text for line in settings.grades.lines))


def grade_nodes(settings: Settings, causes: Iterable[Cause], lowering: Lowering) -> tuple[Node, ...]:
    """Return the grade that is reached and the grade after vetoes."""
    grades = settings.grades
    if grades is None:
        return ()
    names = grade_names(settings)
    kind = Grade(names)
    subject = _subject(settings, lowering)
    after_otherwise([(isinstance(line.edge, Otherwise), line.span) for line in grades.lines], lowering)
    check_grade_order(grades.lines, subject, lowering)
    rungs = tuple(_rung(line, kind) for line in grades.lines)
    steps = steps_of_bands(subject, rungs, lowering)
    origin = Origin("grade", "reached", grades.span)
    reached = core.Steps(subject, steps, otherwise_of(rungs), kind=kind, origin=origin)
    before = core.NodeRef("grade/reached", kind=kind, origin=Origin("stage", span=grades.span))
    vetoes = tuple(veto for veto in grade_vetoes(causes) if veto.grade in names)
    final: Expr = before
    if vetoes:
        final = core.Demote(before, names, vetoes, kind=kind, origin=Origin("grade", "veto", grades.span))
    return (
        Node(id="grade/reached", role=Role.GRADE, expr=reached, kind=kind, origin=origin),
        Node(id="grade", role=Role.GRADE, expr=final, kind=kind, origin=Origin("grade", span=grades.span)),
    )


def _subject(settings: Settings, lowering: Lowering) -> Expr:
    stage = stage_of(settings, lowering)
    assert settings.grades is not None
    return core.NodeRef(stage, kind=Points(), origin=Origin("grade", "subject", settings.grades.span))


def _rung(line: GradeLine, kind: Grade) -> Rung:
    value = core.Const(line.name.text, kind=kind, origin=Origin("grade", "value", line.name.span))
    return Rung(edge=line.edge, value=value, title=line.name.text, construct="grade")
