"""Different names that look alike: a Cyrillic А1 beside a Latin A1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.lang.names import skeleton
from perfrules.model.names import Names
from perfrules.model.symbols import TableSymbol
from perfrules.text import Span, describe_character

_Named = tuple[str, Span]


def look_alike_names(names: Names) -> Iterator[Diagnostic]:
    """Yield each name that looks like an earlier one that it could be mistaken for."""
    lets = [(let.name, let.span) for owned in names.lets.values() for let in owned.values()]
    values = [(symbol.name, symbol.span) for symbol in (*names.plain.values(), *names.outputs.values())]
    codes = [(symbol.short, symbol.span) for symbol in names.indicators.values()]
    yield from _alike((*values, *lets, *codes))
    for symbol in names.plain.values():
        if isinstance(symbol, TableSymbol):
            yield from _alike((field.name, field.span or symbol.span) for field in symbol.declaration.fields)


def _alike(named: Iterable[_Named]) -> Iterator[Diagnostic]:
    # Plain ASCII names look like no other plain ASCII name, and most names of a large ruleset are that.
    seen: dict[str, _Named] = {}
    for name, span in named:
        first = seen.setdefault(name if name.isascii() else skeleton(name), (name, span))
        if first[0] != name:
            earlier, (other, place) = sorted([first, (name, span)], key=_start)
            yield _diagnostic(other, place, earlier)


def _start(named: _Named) -> Span:
    return named[1]


def _diagnostic(name: str, span: Span, first: _Named) -> Diagnostic:
    other, place = first
    mine, theirs = _difference(name, other)
    args = {"name": name, "other": other, "character": mine, "other_character": theirs}
    others = [Labelled(place, "declared-here", args={"name": other})]
    return Diagnostic(Code.LOOK_ALIKE_NAMES, span, args=args, others=others)


def _difference(name: str, other: str) -> tuple[str, str]:
    """Describe the first characters in which two names differ."""
    for mine, theirs in zip(name, other, strict=False):
        if mine != theirs:
            return describe_character(mine), describe_character(theirs)
    longer = name if len(name) > len(other) else other
    extra = describe_character(longer[min(len(name), len(other))])
    return (extra, "") if longer is name else ("", extra)
