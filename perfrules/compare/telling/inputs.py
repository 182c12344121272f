"""Changes of what the data must give: new and former inputs, units, ranges, decimals, what may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perfrules.compare.items import Item, Owners, Sort
from perfrules.compare.said import Argument, Said, said
from perfrules.compare.telling.telling import Readings, Told, changed
from perfrules.explain.statement import Listed, Part, Range, Term, unit_code
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.interval import make_interval
from perfrules.lang.kinds import Choice, Date, is_numeric


def inputs(readings: Readings, _owners: Owners) -> Iterator[Told]:
    """Tell every input that differs."""
    old, new = readings.old.inputs, readings.new.inputs
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        item = Item(Sort.INPUT, name)
        if before is None and after is not None:
            yield item, called(after), "added", tuple(_described(after))
        elif after is None and before is not None:
            yield item, called(before), "removed", ()
        elif before is not None and after is not None:
            says = tuple(_differences(before, after))
            if says:
                yield item, called(after), "changed" if before.name == after.name else "renamed", says


def called(declared: InputDeclaration) -> Said:
    """Name an input: its title and its name."""
    if not declared.title or declared.title == declared.name:
        return said("plain", text=declared.name)
    return said("input", name=declared.name, title=declared.title)


def _described(declared: InputDeclaration) -> Iterator[Said]:
    yield said("is", what=_kind(declared))
    limits = _range(declared)
    if limits is not None:
        yield said("is.range", what=limits)


def _differences(old: InputDeclaration, new: InputDeclaration) -> Iterator[Said]:
    yield from changed("name", old.name, new.name)
    yield from changed("title", old.title, new.title)
    yield from changed("unit", _kind(old), _kind(new))
    yield from changed("range", _range(old), _range(new))
    yield from changed("decimals", _decimals(old), _decimals(new))
    yield from changed("optional", Term(_yes(old.optional)), Term(_yes(new.optional)))
    yield from changed("written", _written(old), _written(new))
    if old.external != new.external:
        yield said("external")
    before, after = ({each.name: each for each in declared.fields} for declared in (old, new))
    for name in {**before, **after}:
        if name not in after:
            yield said("field.gone", what=called(before[name]))
        elif name not in before:
            yield said("field.new", what=called(after[name]))
        else:
            for says in _differences(before[name], after[name]):
                yield said("field", field=called(after[name]), says=says)


def _kind(declared: InputDeclaration) -> Argument:
    if declared.options:
        return said("kind.options", options=Listed(declared.options))
    if declared.fields:
        return said("kind.table")
    kind = type(declared.kind).__name__.lower()
    text = declared.unit_text or unit_code(declared.kind)
    return text if text and not isinstance(declared.kind, Choice | Date) else said(f"kind.{kind}")


def _range(declared: InputDeclaration) -> Part | None:
    bounds = declared.bounds
    if bounds is None:
        return None
    if not is_numeric(declared.kind):
        low, high = (date.fromordinal(int(end)).isoformat() for end in (bounds.low, bounds.high))
        return f"[{low}, {high}]"
    interval = make_interval(bounds.low, bounds.high, bounds.low_closed, bounds.high_closed)
    return None if interval is None else Range(interval, declared.kind)


def _decimals(declared: InputDeclaration) -> str | None:
    return None if declared.decimals is None else str(declared.decimals)


def _written(declared: InputDeclaration) -> Said | None:
    return None if declared.written_as is None else said(f"written.{declared.written_as.value}")


def _yes(value: bool) -> str:
    return "yes" if value else "no"
