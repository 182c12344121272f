"""Codes of the texts in the data: those that the program knows, and greater ones for all others, given as they come."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock


class TextCodes:
    """The codes of one run, shared by its blocks and threads; which code an unknown text gets depends on their order.

    >>> codes = TextCodes(("north", "south"))
    >>> codes.code_of("south"), codes.code_of("west"), codes.text_of(2)
    (1, 2, 'west')
    """

    def __init__(self, known: Sequence[str] = ()) -> None:
        self._texts = [*known]
        self._codes = {text: code for code, text in enumerate(self._texts)}
        self._lock = Lock()

    def code_of(self, text: str) -> int:
        """Return the code of *text*, a new one where it has none."""
        found = self._codes.get(text)
        if found is not None:
            return found
        with self._lock:
            return self._new(text)

    def text_of(self, code: int) -> str:
        """Return the text that has *code*."""
        return self._texts[code]

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts so far, by code."""
        with self._lock:
            return tuple(self._texts)

    def _new(self, text: str) -> int:
        code = self._codes.get(text)
        if code is None:
            code = len(self._texts)
            self._texts.append(text)
            self._codes[text] = code
        return code
