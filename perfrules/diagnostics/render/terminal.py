"""Diagnostics as text for a reader at a terminal: the author's lines with what is wrong underlined.

Plain text unless *colour* is asked for; whether a stream is a terminal is the caller's knowledge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from perfrules.diagnostics import wording
from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.diagnostics.codes import Severity
from perfrules.diagnostics.diagnostic import Diagnostic, Fix, apply_fix, in_order
from perfrules.diagnostics.render.region import region_of
from perfrules.diagnostics.render.snippet import Line, Mark, Piece, gutter_width, snippet
from perfrules.text import SourceText, Span, with_unseen_shown

Sources = Mapping[str, SourceText]


def render(diagnostics: Iterable[Diagnostic], sources: Sources, lang: str, *, colour: bool = False) -> str:
    """Write *diagnostics* in order, a blank line between two; the empty text where there are none."""
    words = translator(lang)
    blocks = [list(_block(diagnostic, sources, words)) for diagnostic in in_order(diagnostics)]
    return "\n".join("".join(_write(line, colour) + "\n" for line in block) for block in blocks)


def _block(diagnostic: Diagnostic, sources: Sources, words: Translator) -> Iterator[Line]:
    severity = diagnostic.severity
    yield (
        Piece(f"{words.text(f'render.{severity.value}')}[{diagnostic.code.value}]", _STYLES[severity]),
        Piece(f": {wording.message(diagnostic, words)}", "bold"),
    )
    marks = _marks(diagnostic, words)
    fixed = _fixed(diagnostic.fix, sources) if diagnostic.fix else ()
    width = max(gutter_width(marks, sources), *(gutter_width(new, {text.name: text}) for text, new in fixed), 1)
    if diagnostic.where:
        yield _note(width, "-->", ", ".join(wording.place_in_data(diagnostic.where, words)))
    yield from _snippets(marks, sources, width)
    advice = wording.help_message(diagnostic, words)
    if advice:
        yield _note(width + 1, "=", f"{words.text('render.help')}: {advice}")
    if diagnostic.fix:
        yield _note(width + 1, "=", f"{words.text('render.fix')}: {wording.fix_title(diagnostic.fix, words)}")
        for text, new in fixed:
            yield from snippet(text, new, width)


def _marks(diagnostic: Diagnostic, words: Translator) -> list[Mark]:
    others = [Mark(other.span, "-", wording.label_text(other, words), "blue") for other in diagnostic.others]
    return [Mark(diagnostic.at, "^", "", _STYLES[diagnostic.severity]), *others] if diagnostic.at else others


def _snippets(marks: list[Mark], sources: Sources, width: int) -> Iterator[Line]:
    """Show each file once, that of the first mark first."""
    for number, file in enumerate(dict.fromkeys(mark.span.file for mark in marks)):
        found = [mark for mark in marks if mark.span.file == file]
        yield _note(width, "-->" if number == 0 else ":::", _address(found[0].span, sources))
        if file in sources:
            yield from snippet(sources[file], found, width)


def _address(span: Span, sources: Sources) -> str:
    region = region_of(span, sources)
    return f"{span.file}:{region.line}:{region.column}" if region else span.file


def _fixed(fix: Fix, sources: Sources) -> tuple[tuple[SourceText, list[Mark]], ...]:
    """Return each text as *fix* would leave it, with what is new in it marked."""
    files = dict.fromkeys(edit.span.file for edit in fix.edits if edit.span.file in sources)
    return tuple((SourceText(file, apply_fix(sources[file], fix)), _new_marks(fix, file)) for file in files)


def _new_marks(fix: Fix, file: str) -> list[Mark]:
    marks, shift = [], 0
    for edit in sorted(edit for edit in fix.edits if edit.span.file == file):
        start = edit.span.start + shift
        marks.append(Mark(Span(file, start, start + len(edit.new_text)), "~", "", "green"))
        shift += len(edit.new_text) - (edit.span.end - edit.span.start)
    return marks


def _note(width: int, sign: str, text: str) -> Line:
    return (Piece(" " * width + sign, "blue"), Piece(f" {text}"))


def _write(line: Line, colour: bool) -> str:
    """Join the pieces of a line; what the author wrote must not reach the terminal as a control sequence."""
    shown = [Piece(with_unseen_shown(piece.text).replace("\n", " "), piece.style) for piece in line]
    if not colour:
        return "".join(piece.text for piece in shown).rstrip()
    from rich.style import Style

    return "".join(Style.parse(piece.style).render(piece.text) if piece.style else piece.text for piece in shown)


_STYLES: Mapping[Severity, str] = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
