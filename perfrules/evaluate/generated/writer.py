"""Writing Python code: lines, blocks, names, constants, and holes that are filled once what belongs there is known."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

DEEPEST: Final = 90
"""Python refuses code that is indented by more than 100 levels."""


class TooDeep(Exception):  # noqa: N818 - named by what happened
    """The code would be nested more deeply than Python accepts."""


class Writer:
    """Collects the body of one function. Not a value: it lives while one function is generated."""

    def __init__(self) -> None:
        self.constants: dict[str, object] = {}
        self.nested_names: set[str] = set()
        self._lines: list[list[str]] = []
        self._level = 1
        self._names = 0

    def line(self, text: str) -> None:
        """Write one line."""
        self._lines.append([" " * self._level + text])

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Write *header*, and what is written meanwhile one level deeper."""
        self.line(header)
        self._level += 1
        if self._level > DEEPEST:
            raise TooDeep
        here = len(self._lines)
        yield
        if not any(line for line in self._lines[here:]):
            self.line("pass")
        self._level -= 1

    def hole(self) -> "Hole":
        """Leave room for lines at this place."""
        lines: list[str] = [" " * self._level + "pass"]
        self._lines.append(lines)
        return Hole(lines, " " * self._level)

    def fresh(self, prefix: str = "v") -> str:
        """Return a name not used before."""
        self._names += 1
        name = f"{prefix}{self._names}"
        if self._level > 1:
            self.nested_names.add(name)
        return name

    def constant(self, value: object) -> str:
        """Return the name under which the code finds *value*."""
        name = f"C{len(self.constants)}"
        self.constants[name] = value
        return name

    def text(self, header: str, preset: Sequence[str], result: Sequence[str]) -> str:
        """Return the whole function; *preset* names get None first, since a branch may leave them out."""
        chains = [preset[start : start + 50] for start in range(0, len(preset), 50)]
        first = [f" {' = '.join(chain)} = None" for chain in chains]
        last = f" return ({', '.join(result)}{',' if result else ''})"
        return "\n".join([header, *first, *(line for lines in self._lines for line in lines), last, ""])


class Hole:
    """Room for lines at a place already passed."""

    def __init__(self, lines: list[str], indent: str) -> None:
        self._lines, self._indent = lines, indent

    def fill(self, texts: Sequence[str]) -> None:
        """Write these lines there."""
        self._lines[:] = [self._indent + text for text in texts] or [self._indent + "pass"]
