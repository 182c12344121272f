"""A comparison as plain text in one language; the same comparison always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.influence import influences
from perfrules.compare.naming import given_values, how_of, moved_of, title_of
from perfrules.compare.said import Argument, tell, words_of
from perfrules.compare.sentences import (
    brief,
    counts,
    decided,
    follows,
    graded,
    heading,
    mostly,
    not_attributed,
    shown,
    signed,
    step,
)
from perfrules.compare.tree import in_order
from perfrules.explain.lines import columns, padded, wrapped

WIDTH: Final = 100
"""The width of a line unless the caller says otherwise."""
_GAP: Final = "  "


def text(comparison: Comparison, language: str = "en", width: int = WIDTH) -> str:
    """Write a comparison in English (`en`) or Chinese (`zh`), in lines of about *width* columns."""
    writing = _Writing(comparison, language, width)
    return "".join(f"{line.rstrip()}\n" for line in writing.lines())


class _Writing:
    """The lines of one comparison in one language."""

    def __init__(self, comparison: Comparison, language: str, width: int) -> None:
        self._comparison, self._language, self._width = comparison, language, width
        self._words = words_of(language)

    def lines(self) -> Iterator[str]:
        """Write everything."""
        found = self._comparison
        yield from wrapped(self._tell(heading(found)), self._width)
        yield from self._rules()
        if not found.with_data:
            return
        yield from self._summary()
        yield from self._grades()
        yield from self._items()
        yield from self._movement()
        yield from self._data()
        yield from self._others()
        if found.movers:
            yield from self._section("page.method")
            yield from wrapped(self._words.text("page.method-text"), self._width, _GAP, _GAP)

    def _rules(self) -> Iterator[str]:
        found = self._comparison
        yield ""
        if not found.changes:
            key = "rules-same" if found.with_data else "no-change"
            yield self._words.text(f"page.{key}" if found.differs or not found.with_data else "page.no-change-data")
            return
        yield self._words.text("page.rules-count", {"count": str(len(found.changes))})
        for change in found.changes:
            how = self._words.text(f"how.{change.how}")
            title = self._words.text("page.change", {"how": how, "title": self._tell(change.title)})
            yield from wrapped(title, self._width, _GAP, _GAP * 3)
            for says in change.says:
                yield from wrapped(self._tell(says), self._width, _GAP * 3, _GAP * 4)

    def _summary(self) -> Iterator[str]:
        yield from self._section("page.summary")
        yield from wrapped(self._counted(), self._width, _GAP, _GAP)

    def _counted(self) -> str:
        between = "" if self._language == "zh" else " "
        return between.join(self._tell(each) for each in counts(self._comparison))

    def _grades(self) -> Iterator[str]:
        movers = [each for each in self._comparison.movers if each.grade_moved]
        if movers:
            yield from self._section("page.grades")
        for entity in movers:
            movement = entity.movement
            assert movement is not None
            yield from wrapped(graded(entity, movement, self._language), self._width, _GAP, _GAP * 2)
            for part in movement.parts:
                yield from wrapped(step(self._comparison, part, self._language), self._width, _GAP * 3, _GAP * 4)
            yield from wrapped(decided(self._comparison, movement, self._language), self._width, _GAP * 3, _GAP * 4)
            for line in follows(entity, self._language):
                yield from wrapped(line, self._width, _GAP * 3, _GAP * 4)

    def _items(self) -> Iterator[str]:
        found = influences(self._comparison)
        if not found:
            return
        yield from self._section("page.items")
        rows = [
            (
                " + ".join(self._tell(title_of(self._comparison, item)) for item in each.items)
                or self._words.text("item.rest"),
                str(each.entities),
                signed(each.up, self._language),
                signed(each.down, self._language),
                str(each.grades),
                str(each.decides),
            )
            for each in found
        ]
        yield from self._table(("item", "entities", "up", "down", "grades-moved", "alone"), rows, left=(0,))
        yield from wrapped(self._words.text("page.items-note"), self._width, _GAP, _GAP)

    def _movement(self) -> Iterator[str]:
        if not self._comparison.movers:
            return
        yield from self._section("page.movement")
        rows = [self._row(each) for each in self._comparison.movers]
        yield from self._table(("entity", "old", "new", "moved", "grade", "because"), rows, left=(0, 4, 5))

    def _row(self, entity: EntityCompared) -> tuple[str, ...]:
        movement = entity.movement
        assert movement is not None
        old, new = movement.old.grade or "", movement.new.grade or ""
        cause = mostly(movement)
        return (
            entity.entity,
            shown(movement.old.total, self._language),
            shown(movement.new.total, self._language),
            signed(moved_of(entity), self._language),
            old if old == new else f"{old} → {new}",
            "" if cause is None else brief(self._comparison, cause, self._language),
        )

    def _data(self) -> Iterator[str]:
        found = [each for each in self._comparison.entities if each.movement is not None and each.movement.given]
        asked = [
            (each, given)
            for each in found
            for given in in_order(self._comparison, each.movement.given if each.movement else ())
            if how_of(self._comparison, given.item) == "data"
        ]
        if asked:
            yield from self._section("page.data")
        before = None
        for entity, given in asked:
            if entity is not before:
                yield _GAP + entity.entity
                before = entity
            old, new = (self._tell(each) for each in given_values(self._comparison, given))
            what = self._tell(title_of(self._comparison, given.item))
            shown = self._words.text("page.given", {"what": what, "old": old, "new": new})
            yield from wrapped(shown, self._width, _GAP * 3, _GAP * 4)

    def _others(self) -> Iterator[str]:
        others = [each for each in self._comparison.entities if each.movement is None]
        if others:
            yield from self._section("page.others")
        for entity in others:
            yield from wrapped(self._tell(not_attributed(entity)), self._width, _GAP, _GAP * 2)

    def _section(self, key: str) -> Iterator[str]:
        yield ""
        yield self._words.text(key)

    def _table(self, keys: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int]) -> Iterator[str]:
        table = [[self._words.text(f"page.{key}") for key in keys], *rows]
        widths = [max(columns(row[place]) for row in table) for place in range(len(keys))]
        for row in table:
            cells = (
                padded(cell, width) if place in left else " " * (width - columns(cell)) + cell
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            yield _GAP + _GAP.join(cells)

    def _tell(self, sentence: Argument) -> str:
        return tell(sentence, self._language)
