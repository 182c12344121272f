"""Diagnostics as a SARIF 2.1.0 log, for code scanning and editors.

Columns count code points (``columnKind``). A place in data is the file with a logical location inside it, since
a row of a sheet is no line of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from perfrules.diagnostics import wording
from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.diagnostics.codes import SEVERITY, Code
from perfrules.diagnostics.diagnostic import DataPlace, Diagnostic, Edit, Fix, in_order
from perfrules.diagnostics.render.region import region_of
from perfrules.text import SourceText, Span

Sources = Mapping[str, SourceText]
Json = dict[str, Any]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LANGUAGE: Final = {"en": "en-US", "zh": "zh-CN"}


def render(diagnostics: Iterable[Diagnostic], sources: Sources, lang: str) -> Json:
    """Make the log of one run; only the rules that have results are listed."""
    words = translator(lang)
    ordered = in_order(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in ordered})
    driver = {"name": "perfrules", "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGE[lang],
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.code), sources, words) for each in ordered],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code) -> Json:
    # `helpUri` has to be absolute, and the page is found relative to the project, so the link goes into the help.
    page = wording.reference_page(code)
    return {
        "id": code.value,
        "defaultConfiguration": {"level": SEVERITY[code].value},
        "help": {"text": f"perfrules why {code.value}", "markdown": f"[`perfrules why {code.value}`]({page})"},
    }


def _result(diagnostic: Diagnostic, rule_index: int, sources: Sources, words: Translator) -> Json:
    advice = wording.help_message(diagnostic, words)
    text = wording.message(diagnostic, words) + (f"\n{words.text('render.help')}: {advice}" if advice else "")
    result: Json = {
        "ruleId": diagnostic.code.value,
        "ruleIndex": rule_index,
        "level": diagnostic.severity.value,
        "message": {"text": text},
        "locations": _locations(diagnostic, sources, words),
    }
    if diagnostic.others:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": wording.label_text(other, words)}} | _in_text(other.span, sources)
            for number, other in enumerate(diagnostic.others, start=1)
        ]
    fix = _fix(diagnostic.fix, sources, words) if diagnostic.fix else None
    return result | ({"fixes": [fix]} if fix else {})


def _locations(diagnostic: Diagnostic, sources: Sources, words: Translator) -> list[Json]:
    in_text = [_in_text(diagnostic.at, sources)] if diagnostic.at else []
    in_data = [_in_data(diagnostic.where, words)] if diagnostic.where else []
    return in_text + in_data


def _in_text(span: Span, sources: Sources) -> Json:
    region = _region(span, sources)
    return {"physicalLocation": {"artifactLocation": _artifact(span.file)} | ({"region": region} if region else {})}


def _in_data(where: DataPlace, words: Translator) -> Json:
    parts = wording.place_in_data(where, words)
    location: Json = {"logicalLocations": [{"fullyQualifiedName": ", ".join(parts[1:] or parts), "kind": "member"}]}
    return location | ({"physicalLocation": {"artifactLocation": _artifact(where.file)}} if where.file else {})


def _artifact(file: str) -> Json:
    path = PurePath(file)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _region(span: Span, sources: Sources) -> Json | None:
    region = region_of(span, sources)
    if region is None:
        return None
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _fix(fix: Fix, sources: Sources, words: Translator) -> Json | None:
    """Describe *fix*; a fix of a text that is not at hand has no region to replace and is left out."""
    if any(edit.span.file not in sources for edit in fix.edits):
        return None
    changes = [
        {"artifactLocation": _artifact(file), "replacements": [_replacement(edit, sources) for edit in edits]}
        for file, edits in groupby(sorted(fix.edits), key=lambda edit: edit.span.file)
    ]
    return {"description": {"text": wording.fix_title(fix, words)}, "artifactChanges": changes}


def _replacement(edit: Edit, sources: Sources) -> Json:
    return {"deletedRegion": _region(edit.span, sources), "insertedContent": {"text": edit.new_text}}
