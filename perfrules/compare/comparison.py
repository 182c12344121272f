"""The way in: two rulesets, and two sets of results where there are data, held against one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import field, frozen

from perfrules.api import Result, Results, Ruleset
from perfrules.compare.between import Between
from perfrules.compare.changes import Change, changes_of
from perfrules.compare.data_between import Pair, differences, in_common
from perfrules.compare.items import Item, Sort, changed_rules, order_of
from perfrules.compare.movement import Ends, Movement, movements
from perfrules.compare.outcome import Outcome, outcome_of
from perfrules.compare.sides import Side, sides
from perfrules.compare.stages import Cohort, stage_of
from perfrules.compare.telling.telling import Readings, readings
from perfrules.evaluate.result import Status
from perfrules.ir.inputs import Facts
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, make_interval


@frozen(eq=False)
class EntityCompared:
    """One entity: what it had and has (None: it is not in those data), and the movement where both are final."""

    entity: str
    old: Outcome | None
    new: Outcome | None
    movement: Movement | None = None

    @property
    def sort(self) -> str:
        """Say what became of it: `moved`, `same`, `open` (provisional), `refused`, `only-old`, `only-new`."""
        if self.old is None or self.new is None:
            return "only-new" if self.old is None else "only-old"
        if Status.REFUSED in (self.old.status, self.new.status):
            return "refused"
        if self.movement is None:
            return "open"
        return "same" if self.old == self.new and not self.movement.parts else "moved"

    @property
    def changed(self) -> bool:
        """Tell whether anything about it changed."""
        return self.sort == "moved" or self.old != self.new

    @property
    def grade_moved(self) -> bool:
        """Tell whether both have a grade, and another one."""
        grades = [None if each is None else each.grade for each in (self.old, self.new)]
        return None not in grades and grades[0] != grades[1]

    @property
    def moved_within(self) -> Interval | None:
        """Return between which limits the movement of a total lies that is still open on a side."""
        if self.old is None or self.new is None:
            return None
        before, after = self.old.possible, self.new.possible
        if before is None or after is None:
            return None
        low = None if after.lo is None or before.hi is None else after.lo - before.hi
        high = None if after.hi is None or before.lo is None else after.hi - before.lo
        closed = after.lo_closed and before.hi_closed, after.hi_closed and before.lo_closed
        return make_interval(low, high, *closed)


@frozen(eq=False)
class Comparison:
    """What changed in the rules; with data, for whom. *order* is that in which changed items are applied."""

    readings: Readings = field(repr=False)
    changes: tuple[Change, ...]
    entities: tuple[EntityCompared, ...] = ()
    order: tuple[Item, ...] = ()
    with_data: bool = False

    @property
    def old(self) -> Side:
        """The old ruleset."""
        return self.readings.old

    @property
    def new(self) -> Side:
        """The new ruleset."""
        return self.readings.new

    @property
    def differs(self) -> bool:
        """Tell whether there is any change, of the rules or for anybody."""
        return bool(self.changes) or any(each.changed for each in self.entities)

    @cached_property
    def movers(self) -> tuple[EntityCompared, ...]:
        """The entities whose total, grade or marks moved: the largest movement down first."""
        found = [each for each in self.entities if each.sort == "moved"]
        return tuple(sorted(found, key=lambda each: (_moved(each), each.entity)))

    @cached_property
    def by_item(self) -> Mapping[Item, Change]:
        """The changes of the rules by their items."""
        return {each.item: each for each in self.changes}

    def __getitem__(self, entity: str) -> EntityCompared:
        """Return one entity by its name."""
        return next(each for each in self.entities if each.entity == entity)


def compare_rules(old: Ruleset, new: Ruleset) -> Comparison:
    """Tell what changed in the rules.

    >>> from perfrules import loads
    >>> text = '''ruleset demo {{
    ...   total {full} points
    ...   input done : % in [0%, 100%]
    ...   indicator A "Done" {full} points {{ score curve of done {{ 0% -> 0; 100% -> full }} }}
    ... }}'''
    >>> found = compare_rules(loads(text.format(full=10)), loads(text.format(full=12)))
    >>> [(each.how, each.item.name) for each in found.changes if each.item.name]
    [('changed', 'A')]
    """
    return _compared(old, new, None, None)


def compare_results(old: Ruleset, old_results: Results, new: Ruleset, new_results: Results) -> Comparison:
    """Tell what changed in the rules and for whom, by the results of both.

    The same ruleset twice, with the results of two sets of data, tells whose data changed and which marks that moved.
    """
    return _compared(old, new, old_results, new_results)


def _compared(old: Ruleset, new: Ruleset, before: Results | None, after: Results | None) -> Comparison:
    days = _as_of(old, before), _as_of(new, after)
    left, right = sides(old.plan, new.plan, days)
    owners = changed_rules(left, right)
    told = readings(left, right)
    changes = changes_of(told, owners)
    if before is None or after is None:
        return Comparison(told, changes, order=owners.order)
    between = Between(left, right, owners)
    both = [
        each.entity for each in before if _final(each) and each.entity in _names(after) and _final(after[each.entity])
    ]
    cohort = _cohort(between, before, after)
    ends = Ends(
        {name: stage_of(before[name], left) for name in both}, {name: stage_of(after[name], right) for name in both}
    )
    data = {each.item for name in cohort.pairs for each in differences(between, cohort.pairs[name])}
    if between.compares and cohort.differs:
        data.add(Item(Sort.ENTITIES))
    order = tuple(sorted((*data, *owners.order), key=order_of(left, right)))
    moved = movements(between, cohort, ends, order)
    entities = tuple(_entities(before, after, moved))
    return Comparison(told, changes, entities, order, with_data=True)


def _as_of(rules: Ruleset, results: Results | None) -> date | None:
    """Return the day that decided what changes with time."""
    facts = (each.facts for each in results or () if each.facts is not None)
    first = next(facts, None)
    return rules.plan.as_of_default if first is None else first.as_of or rules.plan.as_of_default


def _entities(before: Results, after: Results, moved: Mapping[str, Movement]) -> Iterator[EntityCompared]:
    """Put the entities in the order of the new data; those that are gone follow."""
    old, new = _names(before), _names(after)
    for name in (*new, *(each for each in old if each not in new)):
        outcomes = (outcome_of(old[name]) if name in old else None, outcome_of(new[name]) if name in new else None)
        yield EntityCompared(name, *outcomes, moved.get(name))


def _cohort(between: Between, before: Results, after: Results) -> Cohort:
    old, new = _names(before), _names(after)
    pairs, gone, came = {}, {}, {}
    for name in {**old, **new}:
        first, second = _facts(between.old, old.get(name)), _facts(between.new, new.get(name))
        if first is not None and second is not None:
            pairs[name] = Pair(name, first, second)
            continue
        if name in old:
            gone[name] = first
        if name in new:
            came[name] = second
    return Cohort(pairs, gone, came)


def _facts(side: Side, result: Result | None) -> Facts | None:
    return None if result is None or result.facts is None else in_common(side, result.facts)


def _names(results: Results) -> Mapping[str, Result]:
    return {each.entity: each for each in results}


def _final(result: Result) -> bool:
    return result.status is Status.FINAL


def _moved(entity: EntityCompared) -> Exact:
    moved = None if entity.movement is None else entity.movement.moved
    return Exact(0) if moved is None else moved
