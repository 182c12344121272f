"""What a plug-in has to offer: the objects that its entry points name.

`perfrules.methods` names a method, `perfrules.readers` a reader. They are plain objects; nothing has to be inherited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Protocol, TypeAlias

from attrs import frozen

from perfrules.lang.interval import Interval
from perfrules.plugins.signature import Signature
from perfrules.plugins.term import Term

Known: TypeAlias = Fraction | bool | str | date


@frozen
class Shown:
    """A value as it was, and as it reads in the language of the sentence (`88.6%`, `1200 万元`)."""

    value: Known
    text: str

    def __str__(self) -> str:
        return self.text


class Method(Protocol):
    """What both kinds of method have. *version* is that of the package, *name* that of the entry point."""

    name: str
    version: str
    signature: Signature

    def narrate(self, language: str, values: tuple[Shown, ...], result: Shown) -> str:
        """Say in a sentence, in English (`en`) or Chinese (`zh`), how the values led to the result."""
        ...


class ExpandingMethod(Method, Protocol):
    """The preferred kind: it writes the calculation down, and everything that perfrules knows works with it."""

    def expand(self, arguments: tuple[Term, ...]) -> Term:
        """Return what `perfrules.plugins.build` makes of the arguments and of constants."""
        ...


class ComputingMethod(Method, Protocol):
    """The other kind: an exact pure function, of which only its range is known."""

    def compute(self, values: tuple[Fraction, ...]) -> Fraction | int:
        """Return the value; the same for the same values, always. Quantities are in the base unit."""
        ...

    def range(self, ranges: tuple[Interval, ...]) -> Interval:
        """Return an interval that holds the value for any values within *ranges*."""
        ...


class Reader(Protocol):
    """Reads files whose names end in one of *endings* (`.dbf`)."""

    name: str
    version: str
    endings: tuple[str, ...]

    def read(self, path: Path) -> Iterable[Mapping[str, object]]:
        """Yield one mapping from headings to values for each entity: texts, exact numbers, dates, booleans, None."""
        ...
