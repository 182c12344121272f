"""Changes of parameters and of named parts of expressions."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.compare.items import Item, Owners, Sort
from perfrules.compare.said import Argument, Said, said
from perfrules.compare.telling.telling import Readings, Told, lines, value_lines
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.ir.plan import Node, Role


def parameters(readings: Readings, _owners: Owners) -> Iterator[Told]:
    """Tell every parameter that differs, as written or as it applies."""
    for id_ in _ids(readings, Role.PARAMETER):
        before, after = readings.old.nodes.get(id_), readings.new.nodes.get(id_)
        item = Item(Sort.PARAMETER, id_)
        if before is None and after is not None:
            yield item, _called(after), "added", (said("is", what=_value(readings.after, id_)),)
        elif after is None and before is not None:
            yield item, _called(before), "removed", (said("was", what=_value(readings.before, id_)),)
        elif before is not None and after is not None:
            says = tuple(_differences(readings, id_))
            if says:
                yield item, _called(after), "changed", says


def lets(readings: Readings, owners: Owners) -> Iterator[Told]:
    """Tell every named part of an expression that both have and that differs."""
    for item in owners.order:
        if item.sort is Sort.LET:
            before, after = _words(readings.before, item.name), _words(readings.after, item.name)
            yield item, _called(readings.new.nodes[item.name]), "changed", tuple(lines((before,), (after,)))


def _ids(readings: Readings, role: Role) -> Iterator[str]:
    for id_ in {**readings.old.nodes, **readings.new.nodes}:
        node = readings.old.nodes.get(id_) or readings.new.nodes[id_]
        if node.role is role:
            yield id_


def _differences(readings: Readings, id_: str) -> Iterator[Said]:
    old, new = readings.old, readings.new
    if old.means[id_] != new.means[id_]:
        found = tuple(lines(value_lines(readings.before, id_), value_lines(readings.after, id_)))
        yield from found or (said("differently"),)
    elif old.applied[id_] != new.applied[id_]:
        before, after = (expr_part(reading, reading.root(id_).expr) for reading in (readings.before, readings.after))
        yield said("applies-now", new=after, old=before)


def _value(reading: Reading, id_: str) -> Argument:
    return expr_part(reading, reading.root(id_).expr)


def _words(reading: Reading, id_: str) -> Argument:
    return in_words(reading, reading.root(id_))


def _called(node: Node) -> Said:
    name = node.id.split(".", 1)[-1]
    title = node.origin.title
    return said("input", name=name, title=title) if title and title != name else said("plain", text=name)
