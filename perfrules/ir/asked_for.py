"""A text that is worked out when somebody first asks for it, and is from then on the same."""

from __future__ import annotations

from collections.abc import Callable


class AskedFor:
    """A text to come: `str` of it is the text; pickled, it is that text and nothing else."""

    __slots__ = ("_make", "_text")

    def __init__(self, make: Callable[[], str]) -> None:
        self._make: Callable[[], str] | None = make
        self._text = ""

    def __str__(self) -> str:
        make = self._make
        if make is not None:
            self._text = make()
            self._make = None  # what the text is made of need not be kept
        return self._text

    def __repr__(self) -> str:
        return repr(str(self))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)
