"""Changes of the ruleset as a whole: its period, its calendar, its total, its grades and vetoes."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.compare.items import Item, Owners, Sort
from perfrules.compare.said import Argument, Said, said
from perfrules.compare.telling.telling import Readings, Told, changed, lines
from perfrules.explain.blank import total_in_words
from perfrules.explain.narrate.bands import bands_of
from perfrules.explain.narrate.narration import edge_part, expr_part
from perfrules.explain.narrate.veto import condition_of
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Term, statement
from perfrules.ir import expressions as core
from perfrules.ir.plan import Plan, VetoOutline
from perfrules.lang.kinds import Number

_OF_GRADES = ("grade", "grade at most")


def period(readings: Readings, _owners: Owners) -> Iterator[Told]:
    """Tell of another period, and of other names of what is evaluated."""
    old, new = readings.old.plan, readings.new.plan
    says = (
        *changed("title", old.title, new.title),
        *changed("effective", _period(old), _period(new)),
        *changed("entity", old.entity_title or old.entity_name, new.entity_title or new.entity_name),
    )
    if says:
        yield Item(Sort.PERIOD), said("ruleset"), "changed", says


def calendar(readings: Readings, owners: Owners) -> Iterator[Told]:
    """Tell of another calendar of workdays."""
    if Item(Sort.CALENDAR) in owners.order:
        yield Item(Sort.CALENDAR), said("calendar"), "changed", (said("calendar.differs"),)


def total(readings: Readings, owners: Owners) -> Iterator[Told]:
    """Tell how the total is made otherwise, and of vetoes over it."""
    item = Item(Sort.TOTAL)
    says = (
        *changed("marks", _full(readings.before), _full(readings.after)),
        *(lines(total_in_words(readings.before), total_in_words(readings.after)) if item in owners.order else ()),
        *lines(*(tuple(_vetoes(each, grades=False)) for each in (readings.before, readings.after))),
    )
    if says or item in owners.order:
        yield item, said("total"), "changed", says or (said("differently"),)


def grades(readings: Readings, owners: Owners) -> Iterator[Told]:
    """Tell of other grades, lines between them, the stage they look at, and vetoes over the grade."""
    item = Item(Sort.GRADES)
    says = (
        *changed("stage", _stage(readings.old.plan), _stage(readings.new.plan)),
        *(lines(_lines(readings.before), _lines(readings.after)) if item in owners.order else ()),
        *lines(*(tuple(_vetoes(each, grades=True)) for each in (readings.before, readings.after))),
    )
    if says or item in owners.order:
        yield item, said("grades"), "changed", says or (said("differently"),)


def _period(plan: Plan) -> str | None:
    return None if plan.effective is None else " – ".join(day.isoformat() for day in plan.effective)


def _stage(plan: Plan) -> Part | None:
    return None if plan.grade_stage is None else Term(plan.grade_stage)


def _full(reading: Reading) -> Part | None:
    return None if reading.plan.total_full is None else expr_part(reading, reading.plan.total_full)


def _lines(reading: Reading) -> tuple[Argument, ...]:
    """Say what each grade takes."""
    name = next((id_ for id_ in ("grade/reached", "grade") if id_ in reading.index.nodes), None)
    if name is None:
        return ()
    placed = reading.root(name)
    while isinstance(placed.expr, core.Demote):
        placed = placed.parts[0]
    if not isinstance(placed.expr, core.Steps):
        return ()
    return tuple(
        said(
            "grade-line",
            edge=Term("otherwise") if band.step is None else edge_part(reading, band.step.takes, Number()),
            grade=expr_part(reading, band.value),
        )
        for band in bands_of(reading, placed)
    )


def _vetoes(reading: Reading, *, grades: bool) -> Iterator[Said]:
    """Say what each veto of the ruleset itself does; those of indicators are told with them."""
    for veto in reading.plan.vetoes:
        of_grade = veto.effect in _OF_GRADES
        if of_grade is grades and (of_grade or veto.indicator is None):
            yield _veto(reading, veto)


def _veto(reading: Reading, veto: VetoOutline) -> Said:
    condition = in_words(reading, condition_of(reading, reading.root(veto.node)))
    effect = statement(f"effect.{veto.effect}", name=veto.name or "")
    return said("veto", condition=condition, effect=effect, reason=veto.reason or Term("no-reason"))
