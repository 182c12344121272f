"""The score tree as an icicle: each level a column, each indicator as high as the marks it can make up.

The strip at the right edge of a cell is as high as the cell; its dark part shows which part of the marks was lost, its
hatched part what is still open. A cell too small for its words has none: the table below the drawing has them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, frozen

from perfrules.lang.exact import Exact
from perfrules.report.cell_words import Box, Words, words_in
from perfrules.report.figures import coordinate
from perfrules.report.tree import Branch
from perfrules.report.wording import Wording

WIDTH: Final = Exact(720)
_LOWEST, _HIGHEST = Exact(220), Exact(880)
_CELL: Final = Exact(19)
"""How high the smallest cell is to be, where the whole does not get too high for that."""
_STRIP: Final = Exact(9)
_COLUMNS: Final = {1: 90, 2: 130, 3: 132, 4: 112, 5: 92}
_FEWEST: Final = Exact(1, 2)
"""A cell less high than this is left out."""


@frozen(kw_only=True)
class Cell:
    """One indicator: where it is, its strip, its words."""

    says: str
    x: str
    y: str
    width: str
    height: str
    strip_x: str
    strip_width: str
    open_y: str
    open_height: str
    lost_y: str
    lost_height: str
    is_total: bool
    words: tuple[Words, ...]


@frozen(kw_only=True)
class Icicle:
    """The drawing; *unnamed* tells that some cells are too small for words, *even* names the parents that do not add,
    *absent* the indicators that take no part; *gaps* that some marks come from elsewhere than the parts.
    """

    width: str
    height: str
    cells: tuple[Cell, ...]
    unnamed: bool
    even: tuple[str, ...]
    absent: tuple[str, ...]
    gaps: bool


def icicle(tree: Branch, say: Wording) -> Icicle:
    """Lay out the tree below a total."""
    everyone = tuple(tree.everyone())
    deepest = max(branch.depth for branch in everyone)
    height = _height(everyone, tree.extent)
    edges = _edges(deepest)
    cells = tuple(_cells(tree, Exact(0), height / tree.extent, edges, say))
    return Icicle(
        width=coordinate(WIDTH),
        height=coordinate(height),
        cells=cells,
        unnamed=any(not cell.words for cell in cells),
        even=tuple(_name(each, say) for each in everyone if each.children and not each.adds),
        absent=tuple(_name(each, say) for each in everyone if not each.extent and each.status == "excluded"),
        gaps=any(
            sum((child.extent for child in each.children), Exact(0)) < each.extent for each in everyone if each.children
        ),
    )


def _height(everyone: tuple[Branch, ...], whole: Exact) -> Exact:
    """Return a height at which the smallest leaf has room for its words, within limits."""
    leaves = [branch.extent for branch in everyone if branch.extent and not branch.children]
    wanted = _CELL * whole / min(leaves) if leaves else _LOWEST
    return min(max(wanted, _LOWEST), _HIGHEST)


def _edges(deepest: int) -> tuple[Exact, ...]:
    """Return where each level begins, and the right edge; the last level gets what the others leave."""
    first = Exact(106)
    inner = Exact(_COLUMNS.get(deepest, 0)) or (WIDTH - first - 200) / max(deepest - 1, 1)
    starts = (Exact(0), *(first + inner * level for level in range(deepest)))
    return (*starts, WIDTH)


def _cells(branch: Branch, top: Exact, scale: Exact, edges: tuple[Exact, ...], say: Wording) -> Iterator[Cell]:
    height = branch.extent * scale
    if height < _FEWEST:
        return
    left = edges[branch.depth]
    drawn = any(child.extent * scale >= _FEWEST for child in branch.children)
    right = edges[branch.depth + 1] if drawn else WIDTH
    yield _cell(branch, Box(left, top, right - left, height), say)
    for child in branch.children:
        yield from _cells(child, top, scale, edges, say)
        top += child.extent * scale


def _cell(branch: Branch, box: Box, say: Wording) -> Cell:
    left, top, width, height = box.left, box.top, box.width, box.height
    _, still_open, lost = branch.marks.parts()
    strip = min(_STRIP, width / 3)
    lost_height, open_height = lost * height, still_open * height
    return Cell(
        says=say("icicle.cell", name=_name(branch, say), marks=_marks(branch, say)),
        x=coordinate(left),
        y=coordinate(top),
        width=coordinate(width),
        height=coordinate(height),
        strip_x=coordinate(left + width - strip),
        strip_width=coordinate(strip),
        open_y=coordinate(top + height - lost_height - open_height),
        open_height=coordinate(open_height),
        lost_y=coordinate(top + height - lost_height),
        lost_height=coordinate(lost_height),
        is_total=branch.depth == 0,
        words=_words(branch, evolve(box, width=width - strip), say),
    )


def _words(branch: Branch, box: Box, say: Wording) -> tuple[Words, ...]:
    code = _name(branch, say) if branch.depth == 0 else branch.code.rpartition(".")[2]
    return words_in(box, (_name(branch, say), code), _marks(branch, say))


def _name(branch: Branch, say: Wording) -> str:
    return say("total") if branch.depth == 0 else say.named(branch.code, branch.title)


def _marks(branch: Branch, say: Wording) -> str:
    if branch.status == "excluded":
        return say.status("excluded")
    full = branch.marks.full
    return branch.marks.text if full is None else say("of-full", marks=branch.marks.text, full=say.number(full))
