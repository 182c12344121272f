"""What things are called in a comparison: items, and the values that data gave."""

from __future__ import annotations

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.data_between import Given
from perfrules.compare.items import Item, Sort
from perfrules.compare.movement import Part
from perfrules.compare.outcome import Outcome
from perfrules.compare.said import Argument, Said, said
from perfrules.compare.telling.inputs import called
from perfrules.compare.telling.telling import named
from perfrules.evaluate.result import Status
from perfrules.explain.statement import Figure, Listed, Phrase, Range, value_part
from perfrules.explain.statement import Part as Words
from perfrules.ir.inputs import JudgedMark, Override
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Number, Points


def title_of(comparison: Comparison, item: Item) -> Said:
    """Name an item."""
    if item in comparison.by_item:
        return comparison.by_item[item].title
    old, new = comparison.old, comparison.new
    if item.sort is Sort.INPUT:
        return called(new.inputs.get(item.name) or old.inputs[item.name])
    if item.sort in (Sort.JUDGED, Sort.OVERRIDE):
        indicator = new.items.get(item.name) or old.items[item.name]
        return said(f"item.{item.sort.value}", of=named(indicator))
    return said("item.entities") if item.sort is Sort.ENTITIES else said("plain", text=item.name)


def how_of(comparison: Comparison, item: Item) -> str:
    """Say how an item changed; of what only the data changed, `data`."""
    return comparison.by_item[item].how if item in comparison.by_item else "data"


def part_title(comparison: Comparison, part: Part) -> tuple[Said, ...]:
    """Name the items of a part: one, several that cannot be told apart, or none."""
    return tuple(title_of(comparison, item) for item in part.items) or (said("item.rest"),)


def indicator_title(comparison: Comparison, code: str) -> Said:
    """Name an indicator by its common code, as the new ruleset calls it."""
    return named(comparison.new.items.get(code) or comparison.old.items[code])


def outcome(found: Outcome | None) -> Said:
    """Write a result: total and grade, between limits where it is open."""
    if found is None or found.status is Status.REFUSED:
        return said("page.outcome-refused")
    total = total_of(found)
    grade: Words = Phrase(tuple(_separated(found.grades)))
    return said("page.outcome-graded", grade=grade, total=total) if found.grades else said("page.outcome", total=total)


def total_of(found: Outcome) -> Argument:
    """Write a total, or the interval in which it will lie."""
    if found.total is not None:
        return Figure(found.total, Number())
    return said("page.no-total") if found.possible is None else Range(found.possible, Points())


def given_values(comparison: Comparison, given: Given) -> tuple[Argument, Argument]:
    """Write what the data gave before and after."""
    return _given(comparison, given, given.old, new=False), _given(comparison, given, given.new, new=True)


def _given(comparison: Comparison, given: Given, value: object, *, new: bool) -> Argument:
    match value:
        case None:
            return said("page.nothing")
        case JudgedMark(level=level, mark=mark):
            shown: Words = "" if mark is None else Figure(mark, Number())
            return (
                said("page.mark", level=level or "", mark=shown) if level or mark is not None else said("page.nothing")
            )
        case Override(value=number, by=by, why=why):
            return said("page.override", by=by, value=Figure(number, Number()), why=why)
    side = comparison.new if new else comparison.old
    return value_part(value, side.inputs[given.item.name].kind)


def moved_of(entity: EntityCompared) -> Exact:
    """Return the movement of a total, 0 where there is none."""
    moved = None if entity.movement is None else entity.movement.moved
    return Exact(0) if moved is None else moved


def listed(parts: tuple[Words, ...]) -> Words:
    """Join names as the language does."""
    return Listed(parts)


def _separated(parts: tuple[str, ...]) -> list[Words]:
    shown: list[Words] = []
    for part in parts:
        shown += [" / ", part] if shown else [part]
    return shown
