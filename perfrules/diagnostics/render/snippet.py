"""Lines of a source text with marks below them, aligned by display width.

A Chinese character takes two cells and a tab is shown as four spaces, so columns are measured in cells; the gutter
holds the line numbers. Colours are names here; how they are written is the terminal renderer's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from perfrules.diagnostics.render.region import Region, region_of
from perfrules.text import SourceText, Span, with_unseen_shown

_TAB: Final = "    "


@attrs.frozen
class Piece:
    """Part of an output line, with the style it may be shown in."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


@attrs.frozen
class Mark:
    """What to underline, with which character, and what to say beside it."""

    span: Span
    sign: str
    label: str
    style: str


@attrs.frozen
class _Underline:
    """A mark on one line: the columns *start* to before *end*, from 0."""

    line: int
    start: int
    end: int
    mark: Mark
    label: str


def gutter_width(marks: Iterable[Mark], sources: Mapping[str, SourceText]) -> int:
    """Return how many digits the largest marked line number takes."""
    regions = (region_of(mark.span, sources) for mark in marks)
    return max((len(str(region.end_line)) for region in regions if region), default=1)


def snippet(source: SourceText, marks: Sequence[Mark], width: int) -> Iterator[Line]:
    """Yield the marked lines of *source* in order, each with its underlines, ``...`` where lines are left out."""
    underlines = [underline for mark in marks for underline in _underlines(source, mark)]
    yield _row(width, "", ())
    before = 0
    for line in sorted({underline.line for underline in underlines}):
        if before and line > before + 1:
            yield (Piece("...", "blue"),)
        before = line
        yield _row(width, str(line), (Piece(_shown(source.line_text(line))),))
        for underline in underlines:
            if underline.line == line:
                yield _row(width, "", _drawn(source.line_text(line), underline))
    yield _row(width, "", ())


def _underlines(source: SourceText, mark: Mark) -> list[_Underline]:
    """Split a mark of several lines into one on its first and one on its last line; the label goes to the last."""
    region = region_of(mark.span, {source.name: source})
    assert region is not None
    if region.line == region.end_line:
        return [_Underline(region.line, region.column - 1, region.end_column - 1, mark, mark.label)]
    return _ends(source, mark, region)


def _ends(source: SourceText, mark: Mark, region: Region) -> list[_Underline]:
    first, last = source.line_text(region.line), source.line_text(region.end_line)
    indent = min(len(last) - len(last.lstrip()), region.end_column - 1)
    return [
        _Underline(region.line, region.column - 1, len(first), mark, ""),
        _Underline(region.end_line, indent, region.end_column - 1, mark, mark.label),
    ]


def _row(width: int, number: str, content: Line) -> Line:
    return (Piece(f"{number:>{width}} |", "blue"), *((Piece(" "), *content) if content else ()))


def _drawn(text: str, underline: _Underline) -> Line:
    from rich.cells import cell_len

    indent = cell_len(_shown(text[: underline.start]))
    length = max(1, cell_len(_shown(text[underline.start : underline.end])))
    label = f" {underline.label}" if underline.label else ""
    return (Piece(" " * indent), Piece(underline.mark.sign * length + label, underline.mark.style))


def _shown(text: str) -> str:
    return with_unseen_shown(text).replace("\t", _TAB)
