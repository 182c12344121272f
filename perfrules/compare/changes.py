"""What changed in the rules, item by item, in words: never in the text, always in what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from attrs import frozen

from perfrules.compare.items import Item, Owners, Sort, order_of
from perfrules.compare.said import Said
from perfrules.compare.telling import consequences, indicators, inputs, parameters, ruleset
from perfrules.compare.telling.telling import Readings, Told


@frozen
class Change:
    """One changed item: its title, how it changed (`added`, `removed`, `renamed`, `moved`, `changed`), and what."""

    item: Item
    title: Said
    how: str
    says: tuple[Said, ...]


_TELLERS: Final[Mapping[Sort, Callable[[Readings, Owners], Iterator[Told]]]] = {
    Sort.PERIOD: ruleset.period,
    Sort.CALENDAR: ruleset.calendar,
    Sort.INPUT: inputs.inputs,
    Sort.CHECK: consequences.checks,
    Sort.PARAMETER: parameters.parameters,
    Sort.LET: parameters.lets,
    Sort.INDICATOR: indicators.indicators,
    Sort.TOTAL: ruleset.total,
    Sort.GRADES: ruleset.grades,
    Sort.RESULT: consequences.results,
}
"""Who tells which sort of change."""


def changes_of(readings: Readings, owners: Owners) -> tuple[Change, ...]:
    """Tell every change of the rules, in the order in which items are applied."""
    found = [Change(*each) for teller in _TELLERS.values() for each in teller(readings, owners)]
    key = order_of(readings.old, readings.new)
    return tuple(sorted(found, key=lambda change: key(change.item)))
