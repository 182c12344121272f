"""What stops the scoring of a table as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.render import terminal


class TableError(Exception):
    """A table that cannot be scored: columns that nobody knows or that could be two things, or, where the caller wants
    to stop at problems, the first rows that have some. `diagnostics` says what is wrong.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n" + terminal.render(self.diagnostics, {}, "en"))

    def __reduce__(self) -> tuple[Any, ...]:
        return (TableError, (self.diagnostics,))
