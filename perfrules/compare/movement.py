"""Whose score moved, by how much, and because of which changed item.

The items are applied one after the other, in their stated order, and each has the movement from the stage before it to
the stage after it: so the parts add up to the whole movement, exactly. What cannot be evaluated alone is told together
with what follows it. Apart from that, each item of an entity whose grade moved is put back by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from perfrules.compare.between import Between
from perfrules.compare.data_between import Given, Pair, differences
from perfrules.compare.items import Item, Sort
from perfrules.compare.stages import Cohort, Stage, stages
from perfrules.lang.exact import Exact


@frozen
class Part:
    """What one item moved (several where they cannot be told apart; none: what no item explains).

    *marks* are the indicators it moved, by common code.
    """

    items: tuple[Item, ...]
    moved: Exact
    total: Exact | None
    grade_before: str | None
    grade: str | None
    marks: Mapping[str, Exact]


@frozen
class WithoutIt:
    """What the new result would be with this item alone put back."""

    item: Item
    total: Exact | None
    grade: str | None


@frozen(eq=False)
class Movement:
    """One entity that both evaluations scored: the parts add up to `new.total - old.total`."""

    entity: str
    old: Stage
    new: Stage
    parts: tuple[Part, ...]
    without: tuple[WithoutIt, ...]
    given: tuple[Given, ...]

    @property
    def moved(self) -> Exact | None:
        """The whole movement of the total; None where there is no total."""
        if self.old.total is None or self.new.total is None:
            return None
        return self.new.total - self.old.total

    @property
    def decisive(self) -> tuple[Item, ...]:
        """The items each of which alone, put back, takes the new grade away."""
        return tuple(each.item for each in self.without if each.grade is not None and each.grade != self.new.grade)


@frozen(eq=False)
class Ends:
    """The results of both evaluations of the entities that both scored."""

    old: Mapping[str, Stage]
    new: Mapping[str, Stage]


def movements(between: Between, cohort: Cohort, ends: Ends, order: Sequence[Item]) -> Mapping[str, Movement]:
    """Attribute the movement of every entity of *ends* to the items, applied in their *order*."""
    names = tuple(ends.old)
    given = {name: tuple(differences(between, cohort.pairs[name])) for name in names}
    paths = _paths(between, cohort, order, given)
    parts = {name: tuple(_parts(paths[name], ends.old[name], ends.new[name])) for name in names}
    movers = tuple(name for name in names if ends.old[name].grade != ends.new[name].grade)
    without = _without(between, cohort, order, {name: given[name] for name in movers})
    return {
        name: Movement(name, ends.old[name], ends.new[name], parts[name], without.get(name, ()), given[name])
        for name in names
    }


def _paths(
    between: Between, cohort: Cohort, order: Sequence[Item], given: Mapping[str, tuple[Given, ...]]
) -> Mapping[str, list[tuple[Item | None, Stage | None]]]:
    """Return for each entity the stages, each with the item that led to it."""
    applied: set[Item] = set()
    start = stages(between, cohort, applied, given)
    found: dict[str, list[tuple[Item | None, Stage | None]]] = {name: [(None, start[name])] for name in given}
    for item in order:
        before = between.plan(applied)
        applied.add(item)
        if item in between.owners.order and before is not None and between.plan(applied) is before:
            continue
        touched = _touched(between, item, given)
        for name, stage in stages(between, cohort, applied, touched).items():
            found[name].append((item, stage))
    return found


def _touched(between: Between, item: Item, given: Mapping[str, tuple[Given, ...]]) -> tuple[str, ...]:
    """Return the entities that an item can move: its own data move only that entity, unless entities are compared."""
    if item in between.owners.order or item.sort is Sort.ENTITIES or between.compares:
        return tuple(given)
    return tuple(name for name, own in given.items() if any(each.item == item for each in own))


def _parts(path: Sequence[tuple[Item | None, Stage | None]], old: Stage, new: Stage) -> Iterator[Part]:
    """Cut the path into the parts that moved something; what the path does not explain is a part without item.

    Where an end has no total, there is no movement of it to be parted, whatever stages on the way have.
    """
    totals = old.total is not None and new.total is not None
    before, waiting = old, []
    for item, stage in path:
        if item is not None:
            waiting.append(item)
        if stage is None or (totals and stage.total is None):
            continue
        yield from _part(tuple(waiting), before, stage, totals=totals)
        before, waiting = stage, []
    yield from _part(tuple(waiting), before, new, totals=totals)


def _part(items: tuple[Item, ...], before: Stage, after: Stage, *, totals: bool) -> Iterator[Part]:
    moved = Exact(0)
    if totals and before.total is not None and after.total is not None:
        moved = after.total - before.total
    marks = {
        code: after.marks.get(code, Exact(0)) - before.marks.get(code, Exact(0))
        for code in {**before.marks, **after.marks}
        if before.marks.get(code) != after.marks.get(code)
    }
    if moved or before.grade != after.grade or (marks and items):
        yield Part(items, moved, after.total, before.grade, after.grade, marks)


def _without(
    between: Between, cohort: Cohort, order: Sequence[Item], given: Mapping[str, tuple[Given, ...]]
) -> Mapping[str, tuple[WithoutIt, ...]]:
    """Put each item back by itself, unless that changes nothing that is scored."""
    found: dict[str, list[WithoutIt]] = {name: [] for name in given}
    everything = frozenset(order)
    complete = between.plan(everything)
    for item in order:
        if item in between.owners.order and complete is not None and between.plan(everything - {item}) is complete:
            continue
        touched = _touched(between, item, given)
        for name, stage in stages(between, cohort, everything - {item}, touched).items():
            if stage is not None:
                found[name].append(WithoutIt(item, stage.total, stage.grade))
    return {name: tuple(each) for name, each in found.items()}


__all__ = ["Ends", "Movement", "Pair", "Part", "WithoutIt", "movements"]
