"""What each changed item moved over all entities: how many, up and down, how many grades, how many it decides alone."""

from __future__ import annotations

from attrs import evolve, field, frozen

from perfrules.compare.comparison import Comparison
from perfrules.compare.items import Item
from perfrules.lang.exact import Exact


@frozen
class Influence:
    """The sums of one item, or of several that an entity's movement cannot tell apart."""

    items: tuple[Item, ...]
    entities: int = 0
    up: Exact = field(factory=Exact)
    down: Exact = field(factory=Exact)
    grades: int = 0
    decides: int = 0


def influences(comparison: Comparison) -> tuple[Influence, ...]:
    """Sum up the movement of all entities, in the order in which items are applied."""
    found: dict[tuple[Item, ...], Influence] = {}
    for movement in (each.movement for each in comparison.entities if each.movement is not None):
        for part in movement.parts:
            known = found.get(part.items, Influence(part.items))
            found[part.items] = evolve(
                known,
                entities=known.entities + (part.moved != 0),
                up=known.up + max(part.moved, Exact(0)),
                down=known.down + min(part.moved, Exact(0)),
                grades=known.grades + (part.grade_before != part.grade),
            )
        if len(movement.decisive) == 1:
            key = movement.decisive
            known = found.get(key, Influence(key))
            found[key] = evolve(known, decides=known.decides + 1)
    places = {item: place for place, item in enumerate(comparison.order)}
    return tuple(sorted(found.values(), key=lambda each: [places.get(item, -1) for item in each.items]))
