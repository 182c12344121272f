"""unused-name for the definitions of a ruleset, and for the libraries it uses, that nothing is made of."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.compose.load import dotted
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.ast.composition import Definition, Use


def unused(work: Work) -> Iterator[Diagnostic]:
    """Yield a warning for each that the text of the ruleset itself states; what a base states is its own affair."""
    taken = {*work.called, *work.needed}
    for item in work.tree.items:
        if item.span.file != work.tree.span.file:
            continue
        match item:
            case Definition(name=name) if name.text not in work.called:
                yield Diagnostic(Code.UNUSED_NAME, name.span, args={"kind": Word("definition"), "name": name.text})
            case Use(name=path, plugin=False):
                name_of_library = dotted(path)
                if not any(each.removeprefix("unit ").startswith(f"{name_of_library}.") for each in taken):
                    span = path[0].span.cover(path[-1].span)
                    args = {"kind": Word("library"), "name": name_of_library}
                    yield Diagnostic(Code.UNUSED_NAME, span, args=args)
