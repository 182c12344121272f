"""Why the grade is what it is: the stage it is read from, its threshold, vetoes, and the nearest better grade."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.result import Result
from perfrules.explain.again import Changed, evaluate_again
from perfrules.explain.changes.bands import entries
from perfrules.explain.changes.find import JUST_BEYOND
from perfrules.explain.changes.target import Target
from perfrules.explain.explanation import BetterGrade, GradeExplanation
from perfrules.explain.narrate.bands import bands_of
from perfrules.explain.narrate.narration import edge_part
from perfrules.explain.narrate.veto import condition_of, reason_of, veto_cause
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Range, Statement, marks, statement
from perfrules.ir import expressions as core
from perfrules.lang.states import State


def explain_grade(result: Result, reading: Reading) -> GradeExplanation | None:
    """Explain the grade; None where the ruleset has no grades."""
    if "grade" not in reading.index.nodes:
        return None
    grade = result.grade
    enclosure = result.enclosures.get("grade") if grade is None else None
    texts = () if enclosure is None or enclosure.texts is None else enclosure.texts
    return GradeExplanation(
        value=reading.node_part("grade"),
        possible=tuple(name for name in reading.plan.grades if name in texts),
        says=(*_reached(reading), *_settled(result, reading), *_vetoed(reading)),
        better=None if grade is None else _better(reading, grade),
    )


def _table(reading: Reading) -> Placed | None:
    """Return the step table of the grades."""
    found = reading.root("grade/reached" if "grade/reached" in reading.index.nodes else "grade")
    while isinstance(found.expr, core.Demote):
        found = found.parts[0]
    return found if isinstance(found.expr, core.Steps) else None


def _reached(reading: Reading) -> Iterator[Statement]:
    table = _table(reading)
    if table is None or reading.value(table) not in reading.plan.grades:
        return
    subject = table.parts[0]
    chosen = next((band for band in bands_of(reading, table) if band.chosen), None)
    args = {"grade": reading.part(table), "subject": in_words(reading, subject), "value": reading.part(subject)}
    if chosen is None or chosen.step is None:
        yield statement("grade.otherwise", **args)
    else:
        yield statement("grade.reached", edge=edge_part(reading, chosen.step.takes, subject.expr.kind), **args)


def _settled(result: Result, reading: Reading) -> Iterator[Statement]:
    """Say that the grade is sure although the total is open."""
    table = _table(reading)
    if result.grade is None or table is None or reading.value(table) is not State.PENDING:
        return
    subject = table.parts[0]
    enclosure = result.enclosures.get(subject.expr.id) if isinstance(subject.expr, core.NodeRef) else None
    if enclosure is not None and enclosure.numbers is not None:
        within = Range(enclosure.numbers, subject.expr.kind)
        yield statement("grade.settled", grade=result.grade, subject=in_words(reading, subject), within=within)


def _vetoed(reading: Reading) -> Iterator[Statement]:
    root = reading.root("grade")
    if not isinstance(root.expr, core.Demote):
        return
    for veto, part in zip(root.expr.vetoes, root.parts[1:], strict=True):
        if reading.value(part) is not True:
            continue
        condition = condition_of(reading, part)
        key = "grade.vetoed-at-most" if veto.at_most else "grade.vetoed"
        cause = veto_cause(reading, condition, veto.origin.title or reason_of(part))
        yield statement(key, cause=cause, grade=veto.grade)


def _better(reading: Reading, grade: str) -> BetterGrade | None:
    """Return the nearest better grade by total alone, evaluated; None where the total alone cannot bring one."""
    table = _table(reading)
    if table is None or not isinstance(table.parts[0].expr, core.NodeRef):
        return None
    subject, now = table.parts[0], reading.exact(table.parts[0])
    if now is None:
        return None
    targets = [
        target
        for band in bands_of(reading, table)
        for target in entries(reading, band, subject, now, "grade")
        if target.upward
    ]
    order = reading.plan.grades.index
    for target in sorted(targets, key=lambda each: (each.to, each.beyond)):
        then = _grade_at(reading, target)
        if then is not None and order(then) < order(grade):
            return BetterGrade(
                grade=then,
                on=in_words(reading, subject),
                now=marks(now),
                to=marks(target.to),
                beyond=target.beyond,
                difference=marks(target.to - now),
            )
    return None


def _grade_at(reading: Reading, target: Target) -> str | None:
    subject = target.subject.expr
    assert isinstance(subject, core.NodeRef)
    value = target.to + (JUST_BEYOND if target.beyond else 0)
    then = evaluate_again(reading, "grade", Changed(nodes={subject.id: value}))
    return then if isinstance(then, str) and then in reading.plan.grades else None
