"""The pieces that pages of explanations are built from: headings, sections, items, aligned columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from perfrules.explain.explanation import InputChange, Loss, PutIn, Step
from perfrules.explain.lines import columns, padded, wrapped
from perfrules.explain.statement import Figure, Part, statement
from perfrules.explain.words import number, say, words_of
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval

_INDENT = "  "


@frozen
class Page:
    """The language and the width of a page."""

    language: str
    width: int

    def say(self, part: Part) -> str:
        """Write a part."""
        return say(part, self.language)

    def word(self, key: str, **args: str) -> str:
        """Write what stands around explanations."""
        return words_of(self.language).text(f"page.{key}", args)

    def number(self, value: Exact | None) -> str:
        """Write a number without unit, a dash where there is none."""
        return "—" if value is None else number(value, self.language)

    def paragraph(self, text: str) -> Iterator[str]:
        """Write text over the whole width."""
        yield from wrapped(text, self.width)

    def titled(self, title: str, marks: str) -> str:
        """Write a title with the marks after it, if there are any."""
        return self.word("title", title=title, marks=marks) if marks else title

    def section(self, key: str, items: Iterable[str], note: str = "", numbered: bool = False) -> Iterator[str]:
        """Write a heading and its items; nothing where there are no items."""
        shown = tuple(items)
        if not shown:
            return
        yield ""
        yield self.word(key) + note
        for position, item in enumerate(shown, start=1):
            mark = f"{position}. " if numbered else ""
            first = _INDENT + mark + " " * (len(item) - len(item.lstrip(" ")))
            yield from wrapped(item, self.width, first, " " * columns(first))

    def table(self, key: str, rows: Sequence[tuple[str, ...]], note: str = "") -> Iterator[str]:
        """Write a heading and rows whose columns line up, the last one wrapped."""
        if not rows:
            return
        yield ""
        yield self.word(key) + note
        count = len(rows[0])
        widths = [max(columns(row[place]) for row in rows) for place in range(count - 1)]
        for row in rows:
            start = _INDENT + "".join(padded(cell, width) + _INDENT for cell, width in zip(row, widths, strict=False))
            yield from wrapped(row[-1], self.width, start, " " * columns(start))

    def steps(self, steps: Sequence[Step]) -> Iterator[str]:
        """Write the steps, numbered."""
        yield from self.section("steps", (self.say(step.says) for step in steps), numbered=True)

    def losses(self, losses: Sequence[Loss], total: Exact | None, key: str = "losses") -> Iterator[str]:
        """Write where marks were lost, and what they add up to."""
        note = "" if total is None else self.word("losses-total", total=self.number(total))
        rows = [(self.number(loss.amount), self.say(loss.says)) for loss in losses]
        yield from self.table(key, rows, note)

    def put_in(self, key: str, put: Sequence[PutIn]) -> Iterator[str]:
        """Write what was put in, with where it comes from."""
        rows = [(self.put_name(each), self.put_value(each)) for each in put]
        yield from self.table(key, rows)

    def marks_of(self, score: Exact | None, full: Exact | None, possible: Interval | None) -> str:
        """Write marks, of how many, or between which limits they will lie."""
        if possible is not None and possible.is_point:
            return self.word("possible-point", marks=self.number(possible.lo), full=self.number(full))
        if possible is not None:
            return self.word("possible", range=self.range(possible), full=self.number(full))
        if score is None:
            return self.word("no-marks")
        shown = self.say(Figure(score))
        return (
            self.word("marks", marks=shown)
            if full is None
            else self.word("marks-of", marks=shown, full=self.number(full))
        )

    def input_change(self, by: InputChange) -> str:
        """Write the change of one input."""
        name = by.title or by.name
        if by.difference is None:
            return self.say(statement("by.other", name=name, now=by.now, to=by.to))
        size = Figure(abs(by.difference.value), by.difference.kind)
        key = "by.more" if by.difference.value > 0 else "by.less"
        return self.say(statement(key, difference=size, name=name, now=by.now, to=by.to))

    def range(self, interval: Interval) -> str:
        """Write an interval without unit, with brackets that say which ends belong to it."""
        low, high = self.number(interval.lo), self.number(interval.hi)
        opening, closing = "[" if interval.lo_closed else "(", "]" if interval.hi_closed else ")"
        return f"{opening}{low}, {high}{closing}"

    def put_name(self, put: PutIn) -> str:
        """Write what people call something that was put in."""
        if put.sort in ("indicator", "judged"):
            return f"{put.name} {put.title}" if put.title else put.name
        if put.sort in ("result", "policy"):
            return words_of(self.language).text(f"word.{put.name}")
        return put.title or put.name

    def put_value(self, put: PutIn) -> str:
        """Write the value of something that was put in, with where it comes from."""
        value = self.say(put.value)
        if put.source is None:
            return value
        key = "source" if put.sort == "input" else "cited"
        return value + self.word(key, source=put.source)
