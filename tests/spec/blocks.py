"""Fenced blocks of a Markdown page, each under the headings it stands below. Knows nothing of rulesets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

_FENCE = re.compile(r"(`{3,})\s*(.*?)\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*")


@frozen(kw_only=True)
class Block:
    """One fenced block: its info string (`perfrules`, `csv cases.csv`), its text, and where it stands."""

    file: str
    line: int
    heading: str
    info: str
    text: str

    @property
    def kind(self) -> str:
        """The first word of the info string."""
        return self.info.split(" ", 1)[0]

    @property
    def name(self) -> str:
        """What follows the first word of the info string."""
        return self.info.partition(" ")[2].strip()

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    """List the fenced blocks of *page* in order; a fence that is never closed raises."""
    return list(_blocks(page.name, page.read_text(encoding="utf-8").split("\n")))


def _blocks(file: str, lines: list[str]) -> Iterator[Block]:
    heading, number = "", 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if found := _HEADING.fullmatch(line):
            heading = found[2]
        if (fence := _FENCE.fullmatch(line)) is None:
            continue
        try:
            end = lines.index(fence[1], number)
        except ValueError:
            raise ValueError(f"{file}:{number}: this block is never closed") from None
        text = "".join(f"{each}\n" for each in lines[number:end])
        yield Block(file=file, line=number, heading=heading, info=fence[2], text=text)
        number = end + 1
