"""A comparison as one self-contained page: no script, nothing from outside; readable on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.influence import influences
from perfrules.compare.items import places_of
from perfrules.compare.movement import Movement
from perfrules.compare.naming import (
    given_values,
    how_of,
    indicator_title,
    moved_of,
    title_of,
)
from perfrules.compare.plot import plots
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
    signed,
    step,
)
from perfrules.compare.tree import in_order
from perfrules.explain.words import number
from perfrules.lang.exact import Exact


def comparison_html(comparison: Comparison, language: str = "en") -> str:
    """Write the page in English (`en`) or Chinese (`zh`); the same comparison always gives the same bytes."""
    return "\n".join(_Page(comparison, language).lines()) + "\n"


class _Page:
    """The page of one comparison in one language."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self._comparison, self._language = comparison, language
        self._words = words_of(language)

    def lines(self) -> Iterator[str]:
        """Write everything."""
        found = self._comparison
        title = self._tell(heading(found))
        style = (resources.files("perfrules.compare") / "style.css").read_text("utf-8").strip()
        yield "<!DOCTYPE html>"
        yield f'<html lang="{"zh-CN" if self._language == "zh" else "en"}">'
        yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title><style>\n{style}\n</style></head>"
        yield f"<body><main><header><h1>{title}</h1>"
        versions = " → ".join(self._version(side.plan.compiled_hash) for side in (found.old, found.new))
        yield f'<p class="versions">{versions}</p>'
        yield "</header>"
        if found.with_data:
            yield from self._summary()
            yield from self._plots()
            yield from self._grades()
        yield from self._rules()
        if found.with_data:
            yield from self._items()
            yield from self._movement()
            yield from self._others()
            yield from self._details()
            if found.movers:
                yield self._heading("page.method")
                yield f"<p>{self._text('page.method-text')}</p>"
        yield "</main></body></html>"

    def _summary(self) -> Iterator[str]:
        yield self._heading("page.summary")
        if not self._comparison.differs:
            yield f"<p>{self._text('page.no-change-data')}</p>"
        between = "" if self._language == "zh" else " "
        yield f"<p>{between.join(self._tell(each) for each in counts(self._comparison))}</p>"

    def _plots(self) -> Iterator[str]:
        drawn = tuple(plots(self._comparison, self._language))
        if drawn:
            yield self._heading("page.plot")
            yield f'<p class="note">{self._text("page.plot-note")}</p>'
            yield from (f'<div class="scroll">{each}</div>' for each in drawn)

    def _grades(self) -> Iterator[str]:
        movers = [each for each in self._comparison.movers if each.grade_moved]
        if movers:
            yield self._heading("page.grades")
            rows = [self._grade_row(each) for each in movers]
            yield from self._table(("entity", "grade", "total", "moved", "steps"), rows, left=(0, 1, 4))

    def _grade_row(self, entity: EntityCompared) -> tuple[str, ...]:
        movement = entity.movement
        assert movement is not None
        decision = escape(decided(self._comparison, movement, self._language))
        return (
            f"<strong>{escape(entity.entity)}</strong>",
            f'<span class="nowrap">{escape(f"{movement.old.grade} → {movement.new.grade}")}</span>',
            f"{self._number(movement.old.total)} → {self._number(movement.new.total)}",
            self._moved(moved_of(entity)),
            f'{self._steps(movement)}<p class="decided">{decision}</p>',
        )

    def _steps(self, movement: Movement) -> str:
        items = []
        for part in movement.parts:
            moves = ' class="moved-grade"' if part.grade_before != part.grade else ""
            items.append(f"<li{moves}>{escape(step(self._comparison, part, self._language))}</li>")
        return f"<ul>{''.join(items)}</ul>"

    def _rules(self) -> Iterator[str]:
        found = self._comparison
        yield self._heading("page.rules")
        if not found.changes:
            key = "page.rules-same" if found.with_data else "page.no-change"
            yield f"<p>{self._text(key)}</p>"
            return
        yield '<div class="scroll"><table><tbody>'
        for change in found.changes:
            says = "".join(f"<li>{self._tell(each)}</li>" for each in change.says)
            yield f'<tr id="{self._anchor(change.item.sort.value, change.item.name)}">'
            yield f'<td class="how">{self._text(f"how.{change.how}")}</td>'
            yield f"<td><strong>{self._tell(change.title)}</strong>{f'<ul>{says}</ul>' if says else ''}</td></tr>"
        yield "</tbody></table></div>"

    def _items(self) -> Iterator[str]:
        found = influences(self._comparison)
        if not found:
            return
        yield self._heading("page.items")
        yield f'<p class="note">{self._text("page.items-note")}</p>'
        rows = [
            (
                " + ".join(self._tell(title_of(self._comparison, item)) for item in each.items)
                or self._text("item.rest"),
                str(each.entities),
                self._moved(each.up),
                self._moved(each.down),
                str(each.grades),
                str(each.decides),
            )
            for each in found
        ]
        yield from self._table(("item", "entities", "up", "down", "grades-moved", "alone"), rows, left=(0,))

    def _movement(self) -> Iterator[str]:
        if self._comparison.movers:
            yield self._heading("page.movement")
            rows = [self._row(each) for each in self._comparison.movers]
            yield from self._table(("entity", "old", "new", "moved", "grade", "because"), rows, left=(0, 4, 5))

    def _row(self, entity: EntityCompared) -> tuple[str, ...]:
        movement = entity.movement
        assert movement is not None
        old, new = movement.old.grade or "", movement.new.grade or ""
        cause = mostly(movement)
        return (
            escape(entity.entity),
            self._number(movement.old.total),
            self._number(movement.new.total),
            self._moved(moved_of(entity)),
            f'<span class="nowrap">{escape(old if old == new else f"{old} → {new}")}</span>',
            "" if cause is None else escape(brief(self._comparison, cause, self._language)),
        )

    def _others(self) -> Iterator[str]:
        others = [each for each in self._comparison.entities if each.movement is None]
        if others:
            yield self._heading("page.others")
            yield f"<ul>{''.join(f'<li>{self._tell(not_attributed(each))}</li>' for each in others)}</ul>"

    def _details(self) -> Iterator[str]:
        if not self._comparison.movers:
            return
        yield f'<section class="on-screen">{self._heading("page.details")}'
        for entity in self._comparison.movers:
            movement = entity.movement
            assert movement is not None
            yield f"<details><summary>{escape(self._headed(entity, movement))}</summary><div>"
            yield self._steps(movement)
            yield from self._given(movement)
            yield from self._marks(movement)
            yield from self._follows(entity)
            yield "</div></details>"
        yield "</section>"

    def _headed(self, entity: EntityCompared, movement: Movement) -> str:
        if entity.grade_moved:
            return graded(entity, movement, self._language)
        args = {
            "entity": entity.entity,
            "before": self._number(movement.old.total),
            "after": self._number(movement.new.total),
            "moved": signed(moved_of(entity), self._language),
        }
        return self._words.text("page.total-moved", args)

    def _given(self, movement: Movement) -> Iterator[str]:
        asked = [
            each for each in in_order(self._comparison, movement.given) if how_of(self._comparison, each.item) == "data"
        ]
        if not asked:
            return
        yield f"<p>{self._text('page.data')}</p><ul>"
        for each in asked:
            old, new = (tell(value, self._language) for value in given_values(self._comparison, each))
            what = tell(title_of(self._comparison, each.item), self._language)
            yield f"<li>{escape(self._words.text('page.given', {'what': what, 'old': old, 'new': new}))}</li>"
        yield "</ul>"

    def _marks(self, movement: Movement) -> Iterator[str]:
        """Write the marks of each indicator that moved, along the outline, the total last."""
        old, new = movement.old.marks, movement.new.marks
        rows = [
            (
                f"{'&emsp;' * self._depth(code)}{self._tell(indicator_title(self._comparison, code))}",
                self._number(old.get(code)),
                self._number(new.get(code)),
                self._moved(new.get(code, Exact(0)) - old.get(code, Exact(0))),
            )
            for code in places_of(self._comparison.old.items, self._comparison.new.items)
            if old.get(code) != new.get(code)
        ]
        if movement.moved is not None:
            totals = (self._number(movement.old.total), self._number(movement.new.total), self._moved(movement.moved))
            rows.append((f"<strong>{self._text('page.total')}</strong>", *totals))
        yield from self._table(("indicator", "old", "new", "moved"), rows, left=(0,))

    def _depth(self, code: str) -> int:
        side = self._comparison.new if code in self._comparison.new.items else self._comparison.old
        depth, parent = 0, side.parents[code]
        while parent is not None:
            depth, parent = depth + 1, side.parents[parent]
        return depth

    def _follows(self, entity: EntityCompared) -> Iterator[str]:
        found = follows(entity, self._language)
        if found:
            yield f"<p>{self._text('page.follows')}</p><ul>{''.join(f'<li>{escape(each)}</li>' for each in found)}</ul>"

    def _table(self, keys: Sequence[str], rows: Iterable[Sequence[str]], left: Sequence[int]) -> Iterator[str]:
        """Write a table; cells are markup already."""
        sorts = ["" if place in left else ' class="n"' for place, _ in enumerate(keys)]
        heads = (f"<th{sort}>{self._text(f'page.{key}')}</th>" for key, sort in zip(keys, sorts, strict=True))
        yield f'<div class="scroll"><table><thead><tr>{"".join(heads)}</tr></thead><tbody>'
        for row in rows:
            yield f"<tr>{''.join(f'<td{sort}>{cell}</td>' for cell, sort in zip(row, sorts, strict=True))}</tr>"
        yield "</tbody></table></div>"

    def _heading(self, key: str) -> str:
        return f"<h2>{self._text(key)}</h2>"

    def _moved(self, value: Exact) -> str:
        sort = "up" if value > 0 else "down" if value < 0 else "level"
        return f'<span class="{sort}">{signed(value, self._language)}</span>'

    def _number(self, value: Exact | None) -> str:
        return "—" if value is None else number(value, self._language)

    def _version(self, digest: str) -> str:
        return self._words.text("page.hash", {"hash": digest[:16]})

    def _text(self, key: str) -> str:
        return escape(self._words.text(key))

    def _tell(self, sentence: Argument) -> str:
        return escape(tell(sentence, self._language))

    @staticmethod
    def _anchor(sort: str, name: str) -> str:
        return escape(f"{sort}-{name}" if name else sort)
