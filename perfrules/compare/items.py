"""The changed items: what of a ruleset, or of its data, can be put back by itself, in the order they are applied.

First what the data are read as, then parameters and parts of expressions, then the indicators along the outline of the
new ruleset (one that is gone at its place in the old one), then total, grades and what follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from perfrules.compare.full_marks import follows_children, members_of
from perfrules.compare.sides import Side
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Node, Role


class Sort(StrEnum):
    """What kind of thing changed."""

    PERIOD = "period"
    CHECK = "check"
    ENTITIES = "entities"
    CALENDAR = "calendar"
    INPUT = "input"
    JUDGED = "judged"
    OVERRIDE = "override"
    PARAMETER = "parameter"
    LET = "let"
    INDICATOR = "indicator"
    TOTAL = "total"
    GRADES = "grades"
    RESULT = "result"


OF_DATA: Final = frozenset({Sort.INPUT, Sort.JUDGED, Sort.OVERRIDE})
"""What is taken from what an entity's data say."""


@frozen(order=True)
class Item:
    """One changed item by its common name; what is told of it stands elsewhere."""

    sort: Sort
    name: str = ""


@frozen(eq=False)
class Owners:
    """Which item each node belongs to, and each indicator; the items in the order they are applied.

    Of an indicator that is gone or new all below it is one item with it.
    """

    order: tuple[Item, ...]
    nodes: Mapping[str, Item] = field(repr=False)
    codes: Mapping[str, Item] = field(repr=False)


def changed_rules(old: Side, new: Side) -> Owners:
    """Find the items of the rules that differ."""
    codes = {code: Item(Sort.INDICATOR, top) for code, top in _tops(old, new).items()}
    moved = {code for code in old.parents if code in new.parents and old.parents[code] != new.parents[code]}
    changed = {codes[code] for code in moved} | {codes[code] for code in old.items.keys() ^ new.items.keys()}
    changed |= {codes[code] for code in _reweighed(old, new)}
    nodes: dict[str, Item] = {}
    for id_ in {**old.nodes, **new.nodes}:
        item = _owner(old.nodes.get(id_) or new.nodes[id_], codes)
        if item is not None and _differs(id_, old, new):
            changed.add(item)
    if old.plan.calendar != new.plan.calendar:
        changed.add(Item(Sort.CALENDAR))
    for id_ in {**old.nodes, **new.nodes}:
        item = _owner(old.nodes.get(id_) or new.nodes[id_], codes)
        if item in changed:
            assert item is not None
            nodes[id_] = item
    order = tuple(sorted(changed, key=order_of(old, new)))
    return Owners(order, nodes, {code: item for code, item in codes.items() if item in changed})


def _owner(node: Node, codes: Mapping[str, Item]) -> Item | None:
    """Return the item a node belongs to; what is only read by others (a statistic, a check) belongs to none."""
    if node.indicator is not None:
        return None if node.role in (Role.COHORT, Role.COHORT_PART) else codes.get(node.indicator)
    match node.role:
        case Role.PARAMETER:
            return Item(Sort.PARAMETER, node.id)
        case Role.LET:
            return Item(Sort.LET, node.id)
        case Role.TOTAL | Role.TOTAL_ROUNDED | Role.FULL:
            return Item(Sort.TOTAL)
        case Role.GRADE:
            return Item(Sort.GRADES)
        case Role.VETO:
            return Item(Sort.GRADES if node.id.startswith("grade/") else Sort.TOTAL)
        case Role.DECISION | Role.ALERT | Role.OUTPUT | Role.FLAG:
            return Item(Sort.RESULT, node.id.rstrip("~"))
    return None


def _differs(id_: str, old: Side, new: Side) -> bool:
    if old.means.get(id_) == new.means.get(id_) and old.applied.get(id_) == new.applied.get(id_):
        return False
    one_sided = id_ not in old.nodes or id_ not in new.nodes
    if one_sided:  # a part of an expression that only one of them names is told where it is read
        return (old.nodes.get(id_) or new.nodes[id_]).role is not Role.LET
    return not (old.nodes[id_].role is Role.FULL and follows_children(id_, old) and follows_children(id_, new))


def _tops(old: Side, new: Side) -> dict[str, str]:
    """Return for each indicator the uppermost one that came or went with it; itself where both have it.

    Children that one has below an indicator that earns its marks by itself in the other are that indicator's change.
    """
    found: dict[str, str] = {}
    for side, other in ((old, new), (new, old)):
        for code in side.items:  # parents stand before children
            parent = side.parents[code]
            if code not in other.items and parent is not None and not _has_children(other, parent):
                found[code] = found[parent]
            else:
                found[code] = code
    return found


def _has_children(side: Side, code: str) -> bool:
    return code in side.items and bool(side.items[code].children)


def _reweighed(old: Side, new: Side) -> Iterator[str]:
    """Yield the indicators whose amount or style differs."""
    for code, item in old.items.items():
        other = new.items.get(code)
        if other is None:
            continue
        full = f"{code}/full"
        weights = [weight_of(side, code) for side in (old, new)]
        marks_differ = old.means.get(full) != new.means.get(full) and _differs(full, old, new)
        if item.style is not other.style or weights[0] != weights[1] or marks_differ:
            yield code


def weight_of(side: Side, code: str) -> tuple[Expr | None, bool] | None:
    """Return the weight of an indicator as its parent's combination has it, and whether it is a bonus there."""
    parent = side.parents[code]
    found = members_of(side, parent).get(code)
    return None if found is None else (found.weight, found.bonus)


def order_of(old: Side, new: Side) -> Callable[[Item], tuple[int, int, str]]:
    """Return the key by which items are applied."""
    sorts, nodes = tuple(Sort), places_of(old.nodes, new.nodes)
    codes = places_of(old.items, new.items)
    places = {
        Sort.INPUT: places_of(old.inputs, new.inputs),
        Sort.INDICATOR: codes,
        Sort.JUDGED: codes,
        Sort.OVERRIDE: codes,
    }
    return lambda item: (sorts.index(item.sort), places.get(item.sort, nodes).get(item.name, -1), item.name)


def places_of(old: Iterable[str], new: Iterable[str]) -> Mapping[str, int]:
    """Number the names of both in the new order; what is gone stands after what stood before it.

    >>> dict(places_of(["a", "b", "c"], ["c", "a"]))
    {'c': 0, 'a': 1, 'b': 2}
    """
    order = list(new)
    known = set(order)
    before = ""
    for name in old:
        if name not in known:
            order.insert(order.index(before) + 1 if before else 0, name)
            known.add(name)
        before = name
    return {name: number for number, name in enumerate(order)}
