"""Diagnostics as one JSON-ready mapping, for programs: codes, places and arguments beside the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from perfrules.diagnostics import wording
from perfrules.diagnostics.arguments import Arguments
from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.diagnostics.diagnostic import Diagnostic, Fix, Labelled, in_order
from perfrules.diagnostics.render.region import region_of
from perfrules.text import SourceText, Span

Sources = Mapping[str, SourceText]
Json = dict[str, Any]


def render(diagnostics: Iterable[Diagnostic], sources: Sources, lang: str) -> Json:
    """Describe *diagnostics* in order; offsets, lines and columns count code points, lines and columns from 1."""
    words = translator(lang)
    return {"language": lang, "diagnostics": [_diagnostic(each, sources, words) for each in in_order(diagnostics)]}


def _diagnostic(diagnostic: Diagnostic, sources: Sources, words: Translator) -> Json:
    return {
        "code": diagnostic.code.value,
        "severity": diagnostic.severity.value,
        "message": wording.message(diagnostic, words),
        "help": wording.help_message(diagnostic, words),
        "args": _args(diagnostic.args),
        "at": _place(diagnostic.at, sources) if diagnostic.at else None,
        "where": attrs.asdict(diagnostic.where) if diagnostic.where else None,
        "others": [_other(other, sources, words) for other in diagnostic.others],
        "fix": _fix(diagnostic.fix, sources, words) if diagnostic.fix else None,
    }


def _args(args: Arguments) -> Json:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in args.items()}


def _place(span: Span, sources: Sources) -> Json:
    region = region_of(span, sources)
    return attrs.asdict(span) | (attrs.asdict(region) if region else {})


def _other(other: Labelled, sources: Sources, words: Translator) -> Json:
    return {"at": _place(other.span, sources), "label": wording.label_text(other, words)}


def _fix(fix: Fix, sources: Sources, words: Translator) -> Json:
    edits = [{"at": _place(edit.span, sources), "new_text": edit.new_text} for edit in fix.edits]
    return {"title": wording.fix_title(fix, words), "edits": edits}
