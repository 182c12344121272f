"""What a test gives for judged indicators, and the marks it overrides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir.inputs import InputDeclaration, JudgedMark, Override
from perfrules.lang import kinds
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.model.given_facts import Reading
from perfrules.model.scope import Scope
from perfrules.model.symbols import IndicatorSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.declarations import Given
from perfrules.syntax.ast.tree import Name

JUDGED_PARTS: Final = ("level", "mark", "by", "on", "reason")
OVERRIDE: Final = "override"
_PLAIN_KINDS: Final[Mapping[str, kinds.Kind]] = {"mark": kinds.Points(), "on": kinds.Date()}
_OVERRIDE_PARTS: Final = ("value", "by", "why")


def judged_marks(given: Iterable[Given], scope: Scope, reading: Reading) -> Mapping[str, JudgedMark]:
    """Return the judgements among *given*, by the indicator's full code."""
    parts: dict[str, dict[str, Exact | str | date]] = {}
    for each in given:
        if len(each.path) < 2 or each.path[-1].text not in JUDGED_PARTS or is_override(each):
            continue
        symbol = _indicator(each, each.path[:-1], scope, reading)
        if symbol is None:
            continue
        if not symbol.levels:
            args = {"clause": each.path[-1].text, "inside": symbol.short, "places": "score judged"}
            reading.problems.report(Diagnostic(Code.WRONG_PLACE, each.span, args=args))
            continue
        fact = reading.fact(_declaration(symbol, each.path[-1].text), each.value, each.span)
        if isinstance(fact, Exact | str | date) and not isinstance(fact, State):  # pending and missing: nobody has said
            parts.setdefault(symbol.path, {})[each.path[-1].text] = fact
    return {path: _mark(found) for path, found in parts.items()}


def overrides(given: Iterable[Given], scope: Scope, reading: Reading) -> Mapping[str, Override]:
    """Return the overrides among *given*; each needs a value, by whom and why."""
    parts: dict[str, dict[str, Exact | str]] = {}
    places: dict[str, Given] = {}
    for each in given:
        if not is_override(each):
            continue
        symbol = _indicator(each, each.path[:-2], scope, reading)
        part = each.path[-1].text
        if symbol is None or part not in _OVERRIDE_PARTS:
            if symbol is not None:
                reading.problems.report(unknown_name(each.path[-1], "column", _OVERRIDE_PARTS))
            continue
        places.setdefault(symbol.path, each)
        declared = InputDeclaration(name=part, title=None, kind=kinds.Points() if part == "value" else kinds.Text())
        fact = reading.fact(declared, each.value, each.span)
        if isinstance(fact, Exact | str) and not isinstance(fact, State):
            parts.setdefault(symbol.path, {})[part] = fact
    complete = ((path, _override(path, parts.get(path, {}), places[path], reading)) for path in places)
    return {path: found for path, found in complete if found is not None}


def is_override(given: Given) -> bool:
    """Tell whether a path is that of an override: `A3.override.value`."""
    return len(given.path) > 2 and given.path[-2].text == OVERRIDE


def _override(path: str, found: Mapping[str, Exact | str], place: Given, reading: Reading) -> Override | None:
    value, by, why = (found.get(part) for part in _OVERRIDE_PARTS)
    if isinstance(value, Exact) and isinstance(by, str) and isinstance(why, str):
        return Override(value=value, by=by, why=why)
    lacks = tuple(Word(f"override-{part}") for part in _OVERRIDE_PARTS if part not in found)
    args: dict[str, Argument] = {"name": path, "lacks": lacks}
    reading.problems.report(Diagnostic(Code.DATA_OVERRIDE_INCOMPLETE, place.span, args=args))
    return None


def _indicator(given: Given, path: tuple[Name, ...], scope: Scope, reading: Reading) -> IndicatorSymbol | None:
    code = ".".join(name.text for name in path)
    found = scope.find_indicator(code)
    if isinstance(found, IndicatorSymbol):
        return found
    suggestions = scope.suggest_indicators(code) if found is None else found.paths
    name = Name(text=code, span=path[0].span.cover(path[-1].span))
    reading.problems.report(unknown_name(name, "indicator", suggestions))
    return None


def _declaration(symbol: IndicatorSymbol, part: str) -> InputDeclaration:
    name = f"{symbol.short}.{part}"
    if part == "level":
        return InputDeclaration(name=name, title=None, kind=kinds.Level(symbol.levels), options=symbol.levels)
    return InputDeclaration(name=name, title=None, kind=_PLAIN_KINDS.get(part, kinds.Text()))


def _mark(found: Mapping[str, Exact | str | date]) -> JudgedMark:
    mark, on = found.get("mark"), found.get("on")
    texts = {part: value for part, value in found.items() if isinstance(value, str)}
    return JudgedMark(
        level=texts.get("level"),
        mark=mark if isinstance(mark, Exact) else None,
        by=texts.get("by"),
        reason=texts.get("reason"),
        on=on if isinstance(on, date) else None,
    )
