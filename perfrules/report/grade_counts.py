"""How many entities of a cohort have each grade, and how many can still get it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from perfrules.explain.explanation import EntityExplanation
from perfrules.ir.plan import Plan
from perfrules.report.figures import figure
from perfrules.report.grade_lines import GradeLine
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class GradeCount:
    """How many entities have a grade, and how many more can still get it."""

    grade: str
    line: str
    count: int
    possible: int


def grade_counts(
    plan: Plan, told: Sequence[EntityExplanation], lines: Sequence[GradeLine], say: Wording
) -> tuple[GradeCount, ...]:
    """Count the settled grades, and beside them who can still get one."""
    settled: Counter[str] = Counter()
    possible: Counter[str] = Counter()
    for entity in told:
        if entity.grade is not None:
            options = entity.grade.possible
            (possible if len(options) > 1 else settled).update(options or (say.say(entity.grade.value),))
    at = {line.grade: f"{'≥' if line.closed else '>'} {figure(line.at)}" for line in lines}
    return tuple(
        GradeCount(
            grade=grade,
            line=at.get(grade, ""),
            count=settled[grade],
            possible=possible[grade],
        )
        for grade in plan.grades
    )
