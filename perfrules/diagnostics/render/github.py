"""Diagnostics as GitHub Actions workflow commands, one line each, shown beside the changed lines of a review.

The escapes are those of the runner's own toolkit (``actions/toolkit``, ``command.ts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from perfrules.diagnostics import wording
from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.diagnostics.codes import Severity
from perfrules.diagnostics.diagnostic import Diagnostic, in_order
from perfrules.diagnostics.render.region import region_of
from perfrules.text import SourceText

_COMMAND: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render(diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceText], lang: str) -> str:
    """Write one workflow command for each of *diagnostics*, in order."""
    words = translator(lang)
    return "".join(_command(diagnostic, sources, words) for diagnostic in in_order(diagnostics))


def _command(diagnostic: Diagnostic, sources: Mapping[str, SourceText], words: Translator) -> str:
    properties = _position(diagnostic, sources) | {"title": diagnostic.code.value}
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{_COMMAND[diagnostic.severity]} {written}::{_escape(_text(diagnostic, words))}\n"


def _position(diagnostic: Diagnostic, sources: Mapping[str, SourceText]) -> dict[str, str]:
    if diagnostic.at is None:
        file = diagnostic.where.file if diagnostic.where else None
        return {"file": file} if file else {}
    region = region_of(diagnostic.at, sources)
    if region is None:
        return {"file": diagnostic.at.file}
    numbers = {"line": region.line, "col": region.column, "endLine": region.end_line}
    return {"file": diagnostic.at.file} | {name: str(number) for name, number in numbers.items()}


def _text(diagnostic: Diagnostic, words: Translator) -> str:
    lines = [wording.message(diagnostic, words)]
    if diagnostic.where:
        lines.insert(0, ", ".join(wording.place_in_data(diagnostic.where, words)))
    advice = wording.help_message(diagnostic, words)
    if advice:
        lines.append(f"{words.text('render.help')}: {advice}")
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
