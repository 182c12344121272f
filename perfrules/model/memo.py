"""Expressions of named nodes, each lowered once, when first asked for; and how deep the work is at present.

A let may need the kind of another, and so on through thousands of them. Beyond a few, the one that is asked for is put
off: the outermost request lowers it first and starts again, so that the depth of the work never grows with the ruleset.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from perfrules.ir.expressions import Expr

MAX_DEPTH: Final = 100
"""Levels that an expression may always have; one that stands by itself in a rule may have a few more."""
_DEEP: Final = 40

Lower = Callable[[], Expr]


class _PutOffError(Exception):
    """Unwinds the work to the outermost request, which lowers *node* first."""

    def __init__(self, node: str, lower: Lower) -> None:
        super().__init__(node)
        self.node = node
        self.lower = lower


class Memo:
    """The expressions of lets and measures by node id.

    A node that is asked for while it is being lowered needs itself; its kind is then unknown, and the cycle is reported
    where the order of evaluation is found.
    """

    __slots__ = ("_depth", "_done", "_open")

    def __init__(self) -> None:
        self._done: dict[str, Expr] = {}
        self._open: set[str] = set()
        self._depth = 0

    def deeper(self) -> bool:
        """Go one level down; tell whether that is still allowed. Each call needs one of `higher`."""
        self._depth += 1
        return self._depth <= MAX_DEPTH + _DEEP

    def higher(self) -> None:
        """Come one level up again."""
        self._depth -= 1

    def expression(self, node: str, lower: Lower) -> Expr | None:
        """Return the expression of *node*, lowering it if need be; None while it is being lowered."""
        if node in self._done:
            return self._done[node]
        if node in self._open:
            return None
        if self._open and self._depth > _DEEP:
            raise _PutOffError(node, lower)
        return self._lower(node, lower) if self._open else self._from_outside(node, lower)

    def _lower(self, node: str, lower: Lower) -> Expr:
        self._open.add(node)
        try:
            self._done[node] = lower()
        finally:
            self._open.discard(node)
        return self._done[node]

    def _from_outside(self, node: str, lower: Lower) -> Expr:
        """Lower *node* and whatever was put off for it, the last put off first."""
        waiting = [(node, lower)]
        depth = self._depth
        try:
            while waiting:
                self._depth = 0
                self._open = {name for name, _ in waiting}
                name, make = waiting[-1]
                try:
                    self._done[name] = make()
                    waiting.pop()
                except _PutOffError as later:
                    waiting.append((later.node, later.lower))
        finally:
            self._open = set()
            self._depth = depth
        return self._done[node]
