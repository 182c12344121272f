"""What one evaluation said of an entity: final, between limits, or refused."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.result import Result, Status
from perfrules.explain.outline import final_total
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, make_interval


@frozen
class Outcome:
    """Status, total and grade; *possible* encloses a total that is still open, *grades* are those it may become.

    *follows* are the decisions, alerts and flags by name.
    """

    status: Status
    total: Exact | None
    possible: Interval | None
    grade: str | None
    grades: tuple[str, ...]
    follows: Mapping[str, bool | str | None]
    problems: tuple[Diagnostic, ...] = ()


def outcome_of(result: Result) -> Outcome:
    """Read a result."""
    total = result.total
    possible = None if total is None else make_interval(total, total, True, True)
    grades: tuple[str, ...] = () if result.grade is None else (result.grade,)
    if result.status is Status.PROVISIONAL:
        node = final_total(result.plan)
        enclosure = None if node is None else result.enclosures.get(node)
        possible = possible if total is not None or enclosure is None else enclosure.numbers
        grades = grades or _open_grades(result)
    return Outcome(
        status=result.status,
        total=total,
        possible=possible,
        grade=result.grade,
        grades=grades,
        follows={**result.decisions, **result.alerts, **result.flags},
        problems=result.problems if result.status is Status.REFUSED else (),
    )


def _open_grades(result: Result) -> tuple[str, ...]:
    enclosure = result.enclosures.get("grade")
    if enclosure is None:
        return ()
    return tuple(each for each in result.plan.grades if enclosure.texts is None or each in enclosure.texts)
