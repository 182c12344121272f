"""The words of a diagnostic in one language: its sentence, its help, its labels, its fix, its place in data."""

from __future__ import annotations

from perfrules.diagnostics.catalogue import Translator
from perfrules.diagnostics.codes import Code
from perfrules.diagnostics.diagnostic import DataPlace, Diagnostic, Fix, Labelled


def message(diagnostic: Diagnostic, words: Translator) -> str:
    """Say what is there."""
    return words.text(diagnostic.code.value, diagnostic.args)


def help_message(diagnostic: Diagnostic, words: Translator) -> str | None:
    """Say what to do, where there is something to say and its arguments are given."""
    return words.text_if_filled(f"{diagnostic.code.value}.help", diagnostic.args)


def label_text(labelled: Labelled, words: Translator) -> str:
    """Say why a further place matters."""
    return words.text(f"label.{labelled.label}", labelled.args)


def fix_title(fix: Fix, words: Translator) -> str:
    """Say what a fix does."""
    return words.text(f"fix.{fix.title}", fix.args)


def place_in_data(where: DataPlace, words: Translator) -> tuple[str, ...]:
    """Name what is known of a place in data, from the file down to the value."""
    parts = {
        "sheet": where.sheet,
        "row": where.row,
        "column": where.column,
        "entity": where.entity,
        "value": where.value,
    }
    named = (words.text(f"render.{name}", {name: part}) for name, part in parts.items() if part not in (None, ""))
    return (where.file or words.text("render.data"), *named)


def reference_page(code: Code) -> str:
    """Return the page of *code*, relative to the root of the project."""
    return f"docs/reference/errors/{code.value}.md"
