"""A sheet as a rubric: title, items, stated sums and notes; figures as in the file, problems told beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve, frozen

from perfrules.rubrics.skeleton.amounts import Amount, amount_in_cell
from perfrules.rubrics.skeleton.codes import codes_of, were_written
from perfrules.rubrics.skeleton.findings import Finding, person, read, wrong
from perfrules.rubrics.skeleton.folded import folded
from perfrules.rubrics.skeleton.grid import Content, Place, Sheet
from perfrules.rubrics.skeleton.headings import Column, Layout, unknown_columns
from perfrules.rubrics.skeleton.outline import Branch, Reader
from perfrules.rubrics.skeleton.rows import Row, RowKind, rows_of
from perfrules.rubrics.skeleton.rubric import Item, Rubric, Sentence, StatedSum, every
from perfrules.rubrics.skeleton.sums import are_shares, marks_of

_NO_TITLE: Final = re.compile(
    r"(?:附件|附表|附|表|annex|attachment|appendix|table)\s*[\d一二三四五六七八九十-]*[:.]?|"
    r"(?:金额|计量|填报)?(?:单位|日期|时间|unit|date).*[:].*",
    re.IGNORECASE,
)
"""What stands above tables and is no title of theirs: `附件2`, `单位：分`."""

_EXTRA: Final = re.compile(
    r"(?:加分|附加分?|奖励加?分?)(?:项目?|指标|事项)?|bonus(?:marks|points|items?)?", re.IGNORECASE
)


@frozen
class ReadRubric:
    """A rubric and what there is to tell about reading it."""

    rubric: Rubric
    found: tuple[Finding, ...]


def read_rubric(sheet: Sheet, layout: Layout) -> ReadRubric:
    """Read the table of *sheet*."""
    reader = Reader(sheet, layout)
    sums: list[tuple[Branch | None, Amount, Place]] = []
    notes = [*_above(sheet, layout)]
    for row in rows_of(sheet, layout):
        match row.kind:
            case RowKind.ITEM:
                reader.read(row.row)
            case RowKind.NOTE:
                notes += _note(sheet, row.row)
            case _:
                sums += _sum(reader, row)
    codes = codes_of(reader.top)
    items = tuple(_item(sheet, branch, codes, reader.found) for branch in reader.top)
    stated = tuple(StatedSum(of=None if of is None else codes[id(of)], value=v.value, place=p) for of, v, p in sums)
    above = (note for note in notes if note.place.row < layout.first)
    title = next((note for note in above if not _NO_TITLE.fullmatch(folded(note.text).strip())), None)
    rubric = Rubric(
        title=None if title is None else " ".join(title.text.split()),
        title_place=None if title is None else title.place,
        items=items,
        sums=stated,
        notes=tuple(note for note in notes if note is not title),
    )
    return ReadRubric(rubric, (*_told(sheet, layout, rubric, reader), *reader.found))


def _above(sheet: Sheet, layout: Layout) -> Iterator[Sentence]:
    """Yield the texts above the headings; the first is the title."""
    for row in range(layout.first):
        yield from _note(sheet, row)


def _note(sheet: Sheet, row: int) -> Iterator[Sentence]:
    cells = dict.fromkeys(sheet.at(row, column) for column in range(sheet.columns))
    begin = [cell for cell in cells if cell is not None and cell.row == row]
    if begin:
        yield Sentence(" ".join(cell.text for cell in begin), sheet.place(begin[0]))


def _sum(reader: Reader, row: Row) -> Iterator[tuple[Branch | None, Amount, Place]]:
    """Read a row of a sum: its first figure, and whose children it adds up."""
    cell = row.cell
    assert cell is not None
    marks = [column for column, _ in reader.layout.marks]
    figures = (reader.sheet.at(row.row, column) for column in marks)
    figure = next((each for each in figures if each is not None and amount_in_cell(each.text) is not None), None)
    amount = None if figure is None else amount_in_cell(figure.text)
    if figure is None or amount is None:
        reader.found.append(wrong("sum-without-figure", reader.sheet.place(cell), text=cell.text))
        return
    yield _summed(reader, row, cell), amount, reader.sheet.place(figure)


def _summed(reader: Reader, row: Row, cell: Content) -> Branch | None:
    """Return whose parts a subtotal adds up: the item above it in the column before, else the last of the highest."""
    if row.kind is RowKind.TOTAL:
        return None
    level = next((at for at, column in enumerate(reader.layout.levels) if column >= cell.column), 0)
    above = [branch for branch in reader.open if branch.level < max(level, 1)]
    return above[-1] if above else None


def _item(sheet: Sheet, branch: Branch, codes: dict[int, str], found: list[Finding], *, is_extra: bool = False) -> Item:
    """Make the item of a branch; *is_extra*: its marks are on top of the full marks, as those of `加分项` are."""
    amount, place = _amount(sheet, branch, found)
    is_extra = is_extra or _EXTRA.fullmatch("".join(folded(branch.title).split())) is not None
    if is_extra and amount is not None and not amount.is_share:
        amount, is_extra = evolve(amount, is_bonus=True), False
    children = tuple(_item(sheet, child, codes, found, is_extra=is_extra) for child in branch.children)
    return Item(
        code=codes[id(branch)],
        title=branch.title,
        place=branch.place(sheet),
        amount=_of_parts(children) if amount is None else amount,
        amount_place=place,
        children=children,
        standard=tuple(branch.texts.get(Column.STANDARD, ())),
        meaning=tuple(branch.texts.get(Column.MEANING, ())),
        sources=tuple(branch.texts.get(Column.SOURCES, ())),
        remarks=tuple(branch.texts.get(Column.REMARKS, ())),
    )


def _of_parts(children: Sequence[Item]) -> Amount | None:
    """Add up percentages of the whole, which make the percentage of what they are parts of; else nothing."""
    if not children or any(each.amount is None or not each.amount.is_share for each in children):
        return None
    added = marks_of(children)
    return None if added is None or are_shares(children) else Amount(added, is_share=True)


def _amount(sheet: Sheet, branch: Branch, found: list[Finding]) -> tuple[Amount | None, Place | None]:
    """Return the marks of a branch: of its column, else of its title; several that differ are told."""
    stated = list(branch.amounts)
    if branch.in_title is not None:
        stated.append((branch.in_title, branch.place(sheet)))
    if not stated:
        return None, None
    values = {amount.value for amount, _ in stated}
    if len(values) > 1:
        figures = " / ".join(amount.text for amount, _ in stated)
        found.append(wrong("marks-twice", *(place for _, place in stated), figures=figures, title=branch.title))
    return stated[0]


def _told(sheet: Sheet, layout: Layout, rubric: Rubric, reader: Reader) -> Iterator[Finding]:
    items = tuple(every(rubric.items))
    leaves = sum(not item.children for item in items)
    yield read(
        "table",
        Place(sheet.name, layout.first, layout.levels[0]),
        indicators=str(leaves),
        levels=str(len(layout.levels)),
        rows=f"{layout.first + 1}" if layout.first == layout.last else f"{layout.first + 1}–{layout.last + 1}",
    )
    if rubric.title_place is not None and rubric.title:
        yield read("title", rubric.title_place, title=rubric.title)
    for column, holds in layout.columns:
        yield read(f"column-{holds.value}", Place(sheet.name, layout.last, column))
    for _, content in unknown_columns(sheet, layout):
        yield person("column-not-read", sheet.place(content), heading=" ".join(content.text.split()))
    written = {branch.code for branch in _branches(reader.top)}
    if were_written(reader.top) and written != {item.code for item in items}:
        yield person("codes-replaced", Place(sheet.name, layout.last + 1, layout.levels[0]))


def _branches(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _branches(branch.children)
