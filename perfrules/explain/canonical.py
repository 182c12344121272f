"""An explanation as values of JSON: codes, keys and exact numbers as text; no translated words, no time, no place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from perfrules.diagnostics import Diagnostic
from perfrules.explain.explanation import EntityExplanation, Explanation
from perfrules.explain.statement import Figure, Listed, Phrase, Range, Statement, Term, canonical, canonical_interval
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval


def to_dict(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as JSON can hold it; the same explanation gives the same value."""
    explains = "entity" if isinstance(explanation, EntityExplanation) else "indicator"
    found = _plain(explanation)
    assert isinstance(found, dict)
    return {"explains": explains, **found}


def _plain(value: object) -> object:
    match value:
        case None | bool() | str():
            return str(value.value) if isinstance(value, Enum) else value
        case Exact():
            return as_text(value)
        case Interval():
            return canonical_interval(value)
        case Figure() | Range() | Term() | Phrase() | Listed() | Statement():
            return canonical(value)
        case Diagnostic():
            return {"code": value.code.value, "args": {name: _plain(arg) for name, arg in value.args.items()}}
        case int():
            return str(value)
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
    kind: type[Any] = type(value)
    return {each.name: _plain(getattr(value, each.name)) for each in attrs.fields(kind)}
