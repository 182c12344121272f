"""What all tellers share: both rulesets read without data, and lists of sentences held against one another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from attrs import frozen

from perfrules.compare.items import Item
from perfrules.compare.said import Argument, Said, said
from perfrules.compare.sides import Side
from perfrules.explain.blank import blank_reading
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.narrate.table import narrate_heart
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Phrase, Statement
from perfrules.ir import expressions as core
from perfrules.ir.plan import OutlineItem

_PARTS: Final = (
    ("bands.line", "edge", "marks"),
    ("bands.line", "marks", "edge"),
    ("curve.rule", "subject", "points"),
    ("cases.line", "condition", "marks"),
    ("grade-line", "grade", "edge"),
)
"""Sentences of which one part is told where the other stays."""

Told: TypeAlias = tuple[Item, Said, str, tuple[Said, ...]]
"""An item, its title, how it changed, and what."""


@frozen(eq=False)
class Readings:
    """Both rulesets, under common names and as their own explanations read them."""

    old: Side
    new: Side
    before: Reading
    after: Reading


def readings(old: Side, new: Side) -> Readings:
    """Read both rulesets for their words."""
    return Readings(old, new, blank_reading(old.plan), blank_reading(new.plan))


def named(item: OutlineItem) -> Said:
    """Name an indicator: code and title."""
    return said("indicator", code=item.short, title=item.title) if item.title else said("plain", text=item.short)


def changed(key: str, old: Argument | None, new: Argument | None) -> Iterator[Said]:
    """Say what was one thing and is another; nothing where it is the same."""
    if old == new:
        return
    if old is None or new is None:
        gone = new is None
        thing = old if gone else new
        assert thing is not None
        yield said(f"{key}.gone" if gone else f"{key}.new", what=thing)
        return
    yield said(key, new=new, old=old)


def lines(old: Sequence[Argument], new: Sequence[Argument]) -> Iterator[Said]:
    """Say which lines of a rule became others, went or came; those that stay are not told."""
    if _is_hashable(old) and _is_hashable(new):
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                yield from _replaced(old[i1:i2], new[j1:j2])
        return
    yield from _replaced(old, new)


def _replaced(old: Sequence[Argument], new: Sequence[Argument]) -> Iterator[Said]:
    """Pair the lines of one form in their order, and one that is left over with one that came; others went or came."""
    waiting = list(new)
    pairs: list[tuple[Argument, Argument | None]] = []
    for line in old:
        like = next((each for each in waiting if _form(each) == _form(line)), None)
        if like is not None:
            waiting.remove(like)
        pairs.append((line, like))
    alone = [line for line, like in pairs if like is None]
    for line, like in pairs:
        if like is None and len(alone) == len(waiting) == 1:
            like = waiting.pop()
        yield said("line.gone", what=line) if like is None else _line(line, like)
    yield from (said("line.new", what=line) for line in waiting)


def _line(old: Argument, new: Argument) -> Said:
    """Say what of a line is another: of a band its edge or its marks, of a curve its points, else the whole line."""
    if isinstance(old, Statement | Said) and isinstance(new, Statement | Said):
        before, after = dict(old.args), dict(new.args)
        for key, same, other in _PARTS:
            if old.key == new.key == key and before[same] == after[same]:
                return said(f"line.{key}.{other}", new=after[other], old=before[other], same=before[same])
    return said("line", new=new, old=old)


def _form(line: Argument) -> Hashable:
    return line.key if isinstance(line, Statement | Said) else type(line).__name__


def _is_hashable(each: Sequence[Argument]) -> bool:
    return all(isinstance(line, Hashable) for line in each)


def value_lines(reading: Reading, node: str) -> tuple[Part, ...]:
    """Write what a node is: its value, or each line of a table of values."""
    root = reading.root(node)
    if isinstance(root.expr, core.Dated):
        return tuple(_dated(start.isoformat(), expr_part(reading, value)) for start, value in root.expr.entries)
    if isinstance(root.expr, core.Select | core.Steps | core.Lines):
        return narrate_heart(reading, root, node).rule
    return (expr_part(reading, root.expr),)


def _dated(start: str, value: Part) -> Part:
    return Phrase((start, " → ", value))
