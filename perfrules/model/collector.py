"""Where the stage puts the problems it finds, in the order it finds them."""

from __future__ import annotations

from perfrules.diagnostics import Diagnostic, in_order


class Problems:
    """An append-only list of diagnostics; reporting an equal one twice counts once.

    >>> problems = Problems()
    >>> problems.found()
    ()
    """

    __slots__ = ("_reported",)

    def __init__(self) -> None:
        self._reported: list[Diagnostic] = []

    def report(self, diagnostic: Diagnostic) -> None:
        """Add one problem."""
        self._reported.append(diagnostic)

    def __len__(self) -> int:
        """Count the reports so far, equal ones included: to see whether a part of the work added any."""
        return len(self._reported)

    def found(self) -> tuple[Diagnostic, ...]:
        """Return what was reported so far, by place in the text."""
        return in_order(self._reported)
