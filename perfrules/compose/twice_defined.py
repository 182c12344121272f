"""duplicate-name for definitions and for their parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.ast.composition import Definition
from perfrules.syntax.ast.ruleset import Library, Ruleset
from perfrules.syntax.ast.tree import Name


def twice_defined(tree: Ruleset | Library) -> Iterator[Diagnostic]:
    """Yield a report of each definition whose name another has, and of each parameter likewise."""
    definitions = [item for item in tree.items if isinstance(item, Definition)]
    yield from _twice("definition", (each.name for each in definitions))
    for definition in definitions:
        yield from _twice("parameter", (each.name for each in definition.parameters))


def _twice(kind: str, names: Iterable[Name]) -> Iterator[Diagnostic]:
    seen: dict[str, Name] = {}
    for name in names:
        first = seen.setdefault(name.text, name)
        if first is not name:
            others = [Labelled(first.span, "declared-here", args={"name": name.text})]
            args = {"kind": Word(kind), "name": name.text}
            yield Diagnostic(Code.DUPLICATE_NAME, name.span, args=args, others=others)
