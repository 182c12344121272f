"""Names declared twice in one place: the first counts, the others are reported with a label at the first."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.model.collector import Problems
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span


class Firsts:
    """The names seen so far in one place; *kind* is a word of the message catalogue."""

    __slots__ = ("_kind", "_problems", "_seen")

    def __init__(self, kind: str, problems: Problems) -> None:
        self._kind = kind
        self._problems = problems
        self._seen: dict[str, Span] = {}

    def is_first(self, name: Name, kind: str | None = None) -> bool:
        """Tell whether *name* is new here, and report it if it is not."""
        first = self._seen.setdefault(name.text, name.span)
        if first is name.span:
            return True
        self._problems.report(duplicate(name, kind or self._kind, first))
        return False


def duplicate(name: Name, kind: str, first: Span) -> Diagnostic:
    """Say that *name* is declared again, and where it was first."""
    others = [Labelled(first, "declared-here", args={"name": name.text})]
    return Diagnostic(Code.DUPLICATE_NAME, name.span, args={"kind": Word(kind), "name": name.text}, others=others)
