"""Where a span lies in lines and columns, both from 1, counted in code points, the end exclusive."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from perfrules.text import SourceText, Span


@attrs.frozen
class Region:
    """Lines and columns of a span; *end_column* is the first column after it, on *end_line*."""

    line: int
    column: int
    end_line: int
    end_column: int


def region_of(span: Span, sources: Mapping[str, SourceText]) -> Region | None:
    """Return the region of *span*, or None where its text is not at hand.

    >>> region_of(Span("a", 2, 4), {"a": SourceText("a", "x\\ny\\nz")})
    Region(line=2, column=1, end_line=2, end_column=3)
    """
    source = sources.get(span.file)
    if source is None:
        return None
    line, column = source.line_column(span.start)
    if span.end <= span.start:
        return Region(line, column, line, column)
    # A span that takes in a line feed still ends on that line, not at the start of the next.
    last_line, last_column = source.line_column(span.end - 1)
    return Region(line, column, last_line, last_column + 1)
