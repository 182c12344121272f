"""Inputs, tables, parameters and lets that no rule uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything
from perfrules.model.names import Names
from perfrules.model.symbols import InputSymbol, ParameterSymbol, ResultsSymbol, TableSymbol
from perfrules.text import Span


def unused_inputs(names: Names, nodes: Iterable[Node]) -> Iterator[Diagnostic]:
    """Yield a warning for each name that no node reads; *nodes* includes those of parameters and lets."""
    used = _used(nodes)
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


class _Used:
    """What the nodes of a ruleset read."""

    __slots__ = ("inputs", "nodes")

    def __init__(self) -> None:
        self.inputs: set[str] = set()
        self.nodes: set[str] = set()


def _used(nodes: Iterable[Node]) -> _Used:
    used = _Used()
    for node in nodes:
        for part in everything(node.expr):
            match part:
                case core.Input():
                    used.inputs.add(part.name)
                case core.NodeRef() if part.id != node.id:
                    used.nodes.add(part.id)
    return used


def _unused(kind: str, name: str, span: Span) -> Diagnostic:
    if kind == "input":
        return Diagnostic(Code.UNUSED_INPUT, span, args={"name": name})
    return Diagnostic(Code.UNUSED_NAME, span, args={"kind": Word(kind), "name": name})
