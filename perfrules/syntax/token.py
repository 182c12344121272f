"""A token: a shape or a word, and where it stands."""

from __future__ import annotations

from typing import ClassVar

from perfrules.text import Span


class Token:
    """What the lexer found from *start* to *end*; *type* is the grammar's name, *text* what is written.

    lark reads *type* alone; the other attributes that it copies to the end of its input are constant.
    """

    __slots__ = ("end", "file", "start", "text", "type")

    line: ClassVar[int] = 0
    column: ClassVar[int] = 0
    end_line: ClassVar[int] = 0
    end_column: ClassVar[int] = 0
    start_pos: ClassVar[int] = 0
    end_pos: ClassVar[int] = 0

    def __init__(self, type_: str, text: str, file: str, start: int) -> None:
        self.type = type_
        self.text = text
        self.file = file
        self.start = start
        self.end = start + len(text)

    @property
    def span(self) -> Span:
        """Return where the token stands."""
        return Span(self.file, self.start, self.end)

    def __repr__(self) -> str:
        return f"Token({self.type}, {self.text!r}, {self.start})"


def kinds(listed: str) -> frozenset[str]:
    """Return the kinds of token named in *listed*.

    >>> sorted(kinds("LPAR LSQB"))
    ['LPAR', 'LSQB']
    """
    return frozenset(listed.split())
