"""Inputs, tables, parameters and lets that no rule uses."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.model.names import Names
from perfrules.model.readings import Readings
from perfrules.model.symbols import InputSymbol, ParameterSymbol, ResultsSymbol, TableSymbol
from perfrules.text import Span


def unused_inputs(names: Names, readings: Readings) -> Iterator[Diagnostic]:
    """Yield a warning for each name that no node reads, those of parameters and lets included; not even itself."""
    used = _used(readings)
    for symbol in names.plain.values():
        if isinstance(symbol, InputSymbol | TableSymbol) and symbol.name not in used.inputs:
            yield _unused("input" if isinstance(symbol, InputSymbol) else "table", symbol.name, symbol.span)
        elif isinstance(symbol, ParameterSymbol) and symbol.id not in used.nodes:
            yield _unused("parameter", symbol.name, symbol.span)
        elif isinstance(symbol, ResultsSymbol) and not any(name.startswith(f"{symbol.name}.") for name in used.inputs):
            yield _unused("results", symbol.name, symbol.span)
    for owned in names.lets.values():
        for let in owned.values():
            if let.id not in used.nodes:
                yield _unused("let", let.name, let.span)


@frozen
class _Used:
    """The inputs and nodes that are read."""

    inputs: frozenset[str]
    nodes: frozenset[str]


def _used(readings: Readings) -> _Used:
    others = frozenset(read.id for reader, read in readings.nodes if read.id != reader)
    return _Used(frozenset(readings.inputs), others)


def _unused(kind: str, name: str, span: Span) -> Diagnostic:
    if kind == "input":
        return Diagnostic(Code.UNUSED_INPUT, span, args={"name": name})
    return Diagnostic(Code.UNUSED_NAME, span, args={"kind": Word(kind), "name": name})
