"""Expressions of named nodes, each lowered once, when first asked for."""

from __future__ import annotations

from collections.abc import Callable

from perfrules.ir.expressions import Expr


class Memo:
    """The expressions of lets, measures and parameters by node id.

    A node that is asked for while it is being lowered needs itself; its kind is then unknown, and the cycle is reported
    where the order of evaluation is found.
    """

    __slots__ = ("_done", "_open")

    def __init__(self) -> None:
        self._done: dict[str, Expr] = {}
        self._open: set[str] = set()

    def expression(self, node: str, lower: Callable[[], Expr]) -> Expr | None:
        """Return the expression of *node*, lowering it if need be; None while it is being lowered."""
        if node in self._done:
            return self._done[node]
        if node in self._open:
            return None
        self._open.add(node)
        try:
            self._done[node] = lower()
        finally:
            self._open.discard(node)
        return self._done[node]
