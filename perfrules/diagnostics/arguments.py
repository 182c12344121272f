"""The arguments of a message: a read-only mapping that can be compared, hashed and put in order.

The order of the arguments is by name, whatever order they were given in, so equal diagnostics are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final


class Word(str):
    """A catalogue key (``word.KEY``) among the arguments: translated where the author's own words are quoted.

    >>> {"found": Word("end-of-file")}
    {'found': Word('end-of-file')}
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Word({str(self)!r})"


Argument = str | int | tuple[str, ...]


class Arguments(Mapping[str, Argument]):
    """Named arguments, in the order of their names.

    >>> Arguments({"stated": 50, "code": "A"})
    Arguments({'code': 'A', 'stated': 50})
    """

    __slots__ = ("_pairs",)
    _pairs: tuple[tuple[str, Argument], ...]

    def __init__(self, args: Mapping[str, Argument]) -> None:
        self._pairs = tuple(sorted(args.items()))

    def __getitem__(self, name: str) -> Argument:
        for key, value in self._pairs:
            if key == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        return f"Arguments({dict(self._pairs)})"

    def sort_key(self) -> tuple[tuple[str, str], ...]:
        """Return a key by which arguments of different types can still be ordered."""
        return tuple((key, repr(value)) for key, value in self._pairs)


NO_ARGUMENTS: Final = Arguments({})


def freeze_arguments(args: Mapping[str, Argument]) -> Arguments:
    """Make *args* read-only and hashable."""
    return args if isinstance(args, Arguments) else Arguments(args)
