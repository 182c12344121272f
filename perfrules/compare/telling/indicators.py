"""Changes of indicators: come, gone, renamed, moved; titles, marks, weights; each line of a rule that is another."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.compare.full_marks import follows_children
from perfrules.compare.items import Item, Owners, Sort, weight_of
from perfrules.compare.said import Argument, Said, said
from perfrules.compare.sides import Side
from perfrules.compare.telling.telling import Readings, Told, changed, lines, named
from perfrules.explain.blank import measure_in_words, measure_rounding, rule_in_words
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.outline import every_item
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Figure, Part
from perfrules.ir import expressions as core
from perfrules.ir.plan import OutlineItem, Role
from perfrules.lang.exact import Exact


def indicators(readings: Readings, owners: Owners) -> Iterator[Told]:
    """Tell every indicator that differs; of those that came or went with another, only the uppermost."""
    old, new = readings.old, readings.new
    for code in {**old.items, **new.items}:
        before, after = old.items.get(code), new.items.get(code)
        item = owners.codes.get(code, Item(Sort.INDICATOR, code))
        if before is None or after is None:
            if item.name == code:
                yield _one_sided(readings, item)
            continue
        says = tuple(_differences(readings, code, owners))
        if says or item in owners.order:
            yield item, named(after), _how(readings, code), says or (said("differently"),)


def _how(readings: Readings, code: str) -> str:
    if readings.old.parents[code] != readings.new.parents[code]:
        return "moved"
    return "changed" if readings.old.items[code].short == readings.new.items[code].short else "renamed"


def _one_sided(readings: Readings, item: Item) -> Told:
    is_new = item.name in readings.new.items
    side, reading = (readings.new, readings.after) if is_new else (readings.old, readings.before)
    outline = side.items[item.name]
    says = [_worth(reading, outline)] if outline.amount_text else []
    parent = side.parents[item.name]
    if parent is not None:
        says.append(said("below", parent=named(side.items[parent])))
    below = tuple(every_item(outline.children))
    says += [said("with", indicator=named(each)) for each in below]
    says += [said("rule", says=line) for line in _rule(reading, outline.code)]
    return item, named(outline), "added" if is_new else "removed", tuple(says)


def _worth(reading: Reading, item: OutlineItem) -> Said:
    full = _full(reading, item.code)
    return said("is.marks", marks=full) if full is not None else said("is.amount", amount=item.amount_text)


def _differences(readings: Readings, code: str, owners: Owners) -> Iterator[Said]:
    old, new = readings.old, readings.new
    before, after = old.items[code], new.items[code]
    parents = [_parent(side, code) for side in (old, new)]
    if old.parents[code] != new.parents[code]:
        yield said("moved", new=parents[1], old=parents[0])
    yield from changed("code", before.short, after.short)
    yield from changed("title", before.title, after.title)
    marks = _full(readings.before, before.code), _full(readings.after, after.code)
    own_rule = _own_rule_differs(readings, code)
    if own_rule or not all(follows_children(f"{code}/full", side) for side in (old, new)):
        yield from changed("marks", *marks)
    yield from changed("weight", _weight(old, code), _weight(new, code))
    if before.style is not after.style:
        yield said("style", new=said(f"style.{after.style.value}"), old=said(f"style.{before.style.value}"))
    yield from _children(old, new, code)
    if own_rule:
        found = tuple(_rule_differences(readings, before.code, after.code))
        yield from found or ((said("differently"),) if marks[0] == marks[1] else ())


def _parent(side: Side, code: str) -> Said:
    parent = side.parents[code]
    return said("top") if parent is None else named(side.items[parent])


def _children(old: Side, new: Side, code: str) -> Iterator[Said]:
    """Tell of children that made an indicator out of a rule, or a rule out of an indicator with parts."""
    before, after = old.items[code].children, new.items[code].children
    if bool(before) != bool(after):
        for child in before or after:
            yield said("child.gone" if before else "child.new", indicator=named(child))


def _own_rule_differs(readings: Readings, code: str) -> bool:
    old, new = readings.old, readings.new
    for id_ in {**old.nodes, **new.nodes}:
        node = old.nodes.get(id_) or new.nodes[id_]
        if (
            node.indicator == code
            and node.role is not Role.FULL
            and (old.means.get(id_) != new.means.get(id_) or old.applied.get(id_) != new.applied.get(id_))
        ):
            return True
    return False


def _rule_differences(readings: Readings, old: str, new: str) -> Iterator[Said]:
    before, after = readings.before, readings.after
    yield from changed("measure", measure_in_words(before, old), measure_in_words(after, new))
    yield from changed("measure-rounding", measure_rounding(before, old), measure_rounding(after, new))
    yield from lines(_rule(before, old), _rule(after, new))


def _rule(reading: Reading, code: str) -> tuple[Argument, ...]:
    return rule_in_words(reading, code)


def _full(reading: Reading, code: str) -> Part | None:
    node = reading.node(code, Role.FULL)
    return None if node is None else expr_part(reading, reading.root(node).expr)


def _weight(side: Side, code: str) -> Part | None:
    weight, _ = weight_of(side, code) or (None, False)
    if isinstance(weight, core.Const) and isinstance(weight.value, Exact):
        return Figure(weight.value, weight.kind)
    return None
