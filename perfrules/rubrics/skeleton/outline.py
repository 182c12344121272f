"""The rows of indicators as a tree: one item for each cell of a name, whatever it is merged over.

A blank below a name, merged or not, still stands for that name; so does the same name written again on the next row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field

from perfrules.rubrics.skeleton.amounts import Amount, amount_in_cell, amount_in_title
from perfrules.rubrics.skeleton.findings import Finding, person, wrong
from perfrules.rubrics.skeleton.folded import folded
from perfrules.rubrics.skeleton.grid import Content, Place, Sheet
from perfrules.rubrics.skeleton.headings import Column, Layout, named_before
from perfrules.rubrics.skeleton.indices import index_of
from perfrules.rubrics.skeleton.rubric import Sentence

_BY_GROUP: Final = re.compile(r"[^:\d]{1,20}: ?\d+(?:\.\d+)?分?")
"""Marks that differ by group, a line for each: `设置：20`."""
_TEXTS: Final = (Column.STANDARD, Column.MEANING, Column.SOURCES, Column.REMARKS)


@define
class Branch:
    """An item while the rows are read: its cell, its level, its rows, what was found for it so far."""

    content: Content
    level: int
    code: str | None
    title: str
    in_title: Amount | None
    rows: list[int] = field(factory=list)
    children: list[Branch] = field(factory=list)
    texts: dict[Column, list[Sentence]] = field(factory=dict)
    amounts: list[tuple[Amount, Place]] = field(factory=list)

    def place(self, sheet: Sheet) -> Place:
        """Return where its name stands."""
        return sheet.place(self.content)


@define
class Reader:
    """Reads rows one after the other into branches."""

    sheet: Sheet
    layout: Layout
    top: list[Branch] = field(factory=list)
    open: list[Branch] = field(factory=list)
    found: list[Finding] = field(factory=list)
    _taken: set[tuple[int, int]] = field(factory=set)

    def read(self, row: int) -> None:
        """Read a row: open the branches that begin in it, then take its texts and marks."""
        names = tuple(self._names(row))
        for level, content in names:
            self._open(level, content, is_last=level == names[-1][0])
        if not self.open:
            self.found.append(person("row-without-name", Place(self.sheet.name, row, self.layout.levels[0])))
            return
        for branch in self.open:
            branch.rows.append(row)
        self._code(row)
        self._texts(row)
        self._marks(row)

    def _names(self, row: int) -> Iterator[tuple[int, Content]]:
        """Yield the names of a row with their levels; one merged over several columns once."""
        before: Content | None = None
        is_unnamed = self.sheet.at(row, self.layout.levels[0]) is None
        for column in named_before(self.sheet, self.layout, row) if is_unnamed else ():
            before = self.sheet.at(row, column)
            if before is not None and self._take(before):
                yield 0, before
        for level, column in enumerate(self.layout.levels):
            content = self.sheet.at(row, column)
            if content is not None and content != before and not (level == 0 and before is not None):
                yield level, content
            before = content or before

    def _open(self, level: int, content: Content, *, is_last: bool) -> None:
        same = next((branch for branch in self.open if branch.level == level), None)
        if same is not None and (same.content == content or (not is_last and same.content.text == content.text)):
            return
        self.open = [branch for branch in self.open if branch.level < level]
        title, amount = self._title(level, content)
        code, title = index_of(title)
        branch = Branch(content, level, code, title, amount)
        (self.open[-1].children if self.open else self.top).append(branch)
        self.open.append(branch)

    def _title(self, level: int, content: Content) -> tuple[str, Amount | None]:
        """Part a name from its marks; a percentage is part of the name where a column has the marks."""
        name, *lines = content.text.replace("\r", "\n").split("\n")
        by_group = [line for line in lines if _BY_GROUP.fullmatch(folded(line).strip())]
        for line in by_group:
            self.found.append(wrong("marks-not-read", self.sheet.place(content), text=line.strip()))
        whole = " ".join(" ".join((name, *(line for line in lines if line not in by_group))).split())
        title, amount = amount_in_title(whole)
        has_column = any(at == level for _, at in self.layout.marks)
        return (whole, None) if amount is not None and amount.is_share and has_column else (title, amount)

    def _code(self, row: int) -> None:
        """Take the code of a column of codes for the lowest name; a number that only counts is none."""
        for column in self.layout.of(Column.CODE):
            content = self.sheet.at(row, column)
            leaf = self.open[-1]
            if content is not None and leaf.code is None and self._take(content):
                leaf.code = index_of(f"{content.text.strip()} -")[0]

    def _texts(self, row: int) -> None:
        leaf = self.open[-1]
        for column, holds in self.layout.columns:
            content = self.sheet.at(row, column)
            if holds in _TEXTS and content is not None and self._take(content):
                leaf.texts.setdefault(holds, []).append(Sentence(content.text, self.sheet.place(content)))

    def _marks(self, row: int) -> None:
        for column, level in self.layout.marks:
            content = self.sheet.at(row, column)
            if content is None or not self._take(content):
                continue
            place = self.sheet.place(content)
            amount = amount_in_cell(content.text)
            owner = self._owner(level, content)
            if amount is None:
                if content.text.strip("-—–/ "):
                    self.found.append(wrong("marks-not-read", place, text=content.text))
            else:
                owner.amounts.append((amount, place))

    def _owner(self, level: int, content: Content) -> Branch:
        """Return whose marks a cell holds: those of its level, or of the branch whose name is merged over as much."""
        if level < len(self.layout.levels) - 1:
            return next((each for each in reversed(self.open) if each.level <= level), self.open[0])
        as_wide = [each for each in self.open if content.rows > 1 and each.content.rows == content.rows]
        return as_wide[-1] if as_wide else self.open[-1]

    def _take(self, content: Content) -> bool:
        """Tell whether a cell is met for the first time."""
        key = (content.row, content.column)
        is_new = key not in self._taken
        self._taken.add(key)
        return is_new
