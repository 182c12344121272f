"""What a problem is: a code, a place, arguments, the places that explain it, and a fix where one exists.

No words live here; a renderer asks a message catalogue for them.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from perfrules.diagnostics.arguments import NO_ARGUMENTS, Arguments, freeze_arguments
from perfrules.diagnostics.codes import SEVERITY, Code, Severity
from perfrules.text import SourceText, Span


@attrs.frozen
class Labelled:
    """A second place that explains a problem; *label* is a catalogue key, written ``label.KEY`` there."""

    span: Span
    label: str
    args: Arguments = attrs.field(default=NO_ARGUMENTS, converter=freeze_arguments, kw_only=True)


@attrs.frozen(order=True)
class Edit:
    """Put *new_text* where *span* is; an empty span inserts."""

    span: Span
    new_text: str


def _freeze_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(edits)


def _freeze_others(others: Iterable[Labelled]) -> tuple[Labelled, ...]:
    return tuple(others)


@attrs.frozen
class Fix:
    """A change of the text that would answer a problem; *title* is a catalogue key, written ``fix.KEY`` there."""

    title: str
    edits: tuple[Edit, ...] = attrs.field(converter=_freeze_edits)
    args: Arguments = attrs.field(default=NO_ARGUMENTS, converter=freeze_arguments, kw_only=True)


@attrs.frozen
class DataPlace:
    """Where a problem lies in data: whatever is known of file, sheet, row (from 1, headings count), column, value."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    entity: str | None = None


@attrs.frozen
class Diagnostic:
    """One problem of a ruleset (placed by *at*) or of data (placed by *where*).

    >>> Diagnostic(Code.UNKNOWN_NAME, at=Span("a", 0, 4), args={"name": "A1.5"}).severity
    <Severity.ERROR: 'error'>
    """

    code: Code
    at: Span | None = None
    args: Arguments = attrs.field(default=NO_ARGUMENTS, converter=freeze_arguments, kw_only=True)
    others: tuple[Labelled, ...] = attrs.field(default=(), converter=_freeze_others, kw_only=True)
    fix: Fix | None = attrs.field(default=None, kw_only=True)
    where: DataPlace | None = attrs.field(default=None, kw_only=True)

    @property
    def severity(self) -> Severity:
        """How severe the code is."""
        return SEVERITY[self.code]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of *diagnostics* is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, start and code, and keep one of equals, so that the order of the checks never shows."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_sort_key))


SortKey = tuple[str, int, str, int, tuple[str, int, str, str, str], tuple[tuple[str, str], ...]]


def _sort_key(diagnostic: Diagnostic) -> SortKey:
    at, where = diagnostic.at, diagnostic.where or DataPlace()
    file, start, end = (at.file, at.start, at.end) if at else (where.file or "", -1, -1)
    place = (where.sheet or "", where.row or 0, where.column or "", where.entity or "", where.value or "")
    return file, start, diagnostic.code.value, end, place, diagnostic.args.sort_key()


def apply_fix(source: SourceText, fix: Fix) -> str:
    """Return the text of *source* with the edits of *fix* made; edits of other files are left out.

    >>> apply_fix(SourceText("a", "max(1,000, x)"), Fix("number", [Edit(Span("a", 5, 6), "_")]))
    'max(1_000, x)'
    """
    pieces, done = [], 0
    for edit in sorted(edit for edit in fix.edits if edit.span.file == source.name):
        if edit.span.start < done:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        pieces += [source.text[done : edit.span.start], edit.new_text]
        done = edit.span.end
    return "".join(pieces) + source.text[done:]
