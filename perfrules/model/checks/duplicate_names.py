"""One name for two different things that can stand in one expression: an input and an indicator, a let inside a let."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.diagnostics import Diagnostic
from perfrules.model.duplicates import duplicate
from perfrules.model.names import Names
from perfrules.model.symbols import AlertSymbol, LetSymbol, OutputSymbol, PlainSymbol
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span


def duplicate_names(names: Names) -> Iterator[Diagnostic]:
    """Yield each name that would hide another; two of one sort in one place are reported when they are collected."""
    lets = [let for owned in names.lets.values() for let in owned.values()]
    for symbol in (*names.plain.values(), *names.outputs.values(), *names.alerts.values(), *lets):
        other = _hidden(names, symbol)
        if other is not None:
            first, second = sorted((symbol.span, other))
            yield duplicate(Name(text=symbol.name, span=second), "value", first)


def _hidden(names: Names, symbol: PlainSymbol | OutputSymbol | AlertSymbol | LetSymbol) -> Span | None:
    """Return where something else of the same name is declared, that is visible at the same place."""
    name = symbol.name
    if name in names.by_suffix:
        return names.indicators[names.by_suffix[name][0]].span
    if isinstance(symbol, LetSymbol):
        around = names.chain(symbol.owner)[1:] if symbol.owner else ()
        outer = next((found[name] for owner in around if name in (found := names.lets.get(owner, {}))), None)
        if outer is not None:
            return outer.span
        return names.plain[name].span if name in names.plain else None
    if isinstance(symbol, AlertSymbol) and name in names.lets.get("", {}):
        return names.lets[""][name].span
    is_plain = isinstance(symbol, OutputSymbol | AlertSymbol) and name in names.plain
    return names.plain[name].span if is_plain else None
