"""The bytes of a CSV file of any size: its encoding, and blocks that hold whole records.

Nothing is read as cells here. In UTF-8 and in GB 18030, line ends, quotes and delimiters are never part of another
character, so that blocks can be cut before they are decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.raw import unreadable

ENCODINGS: Final = ("utf-8-sig", "gb18030")
_FIRST: Final = 1 << 16
_BLOCK: Final = 1 << 22
_LONGEST: Final = 1 << 27
"""Bytes that one block may have at most; where records never end, there are none."""


@frozen
class Stretch:
    """Some bytes of a file that hold whole records."""

    start: int
    size: int


@frozen(kw_only=True)
class CsvBytes:
    """What a CSV file looks like before cells are looked at.

    *is_plain*: every quote opens, closes or stands doubled inside a quoted cell, lines end in LF or CRLF, and no byte
    is null, so that any reader of CSV reads the same.
    """

    path: Path
    encoding: str
    stretches: Sequence[Stretch]
    is_plain: bool

    def content(self, stretch: Stretch) -> bytes:
        """Return some bytes of the file, without a byte order mark."""
        with self.path.open("rb") as file:
            file.seek(stretch.start)
            content = file.read(stretch.size)
        with_mark = stretch.start == 0 and self.encoding == "utf-8-sig"
        return content.removeprefix(b"\xef\xbb\xbf") if with_mark else content


def look_through(path: Path, delimiter: str) -> CsvBytes | Diagnostic:
    """Go through a file once, or twice where it is not UTF-8."""
    place = DataPlace(file=str(path))
    for encoding in ENCODINGS:
        try:
            return _look_through(path, delimiter, encoding)
        except UnicodeDecodeError:
            continue
        except _Endless:
            return unreadable("not-csv", place)
        except OSError:
            return unreadable("cannot-be-opened", place)
    return unreadable("not-text", place)


class _Endless(Exception):  # noqa: N818 - what it says of a record
    """A record that is longer than any block."""


def _look_through(path: Path, delimiter: str, encoding: str) -> CsvBytes:
    quoted = _quoted_cells(delimiter)
    stretches, start, is_plain = [], 0, True
    for block in _blocks(path):
        block.decode(encoding)
        is_plain = is_plain and _is_plain(block.removeprefix(b"\xef\xbb\xbf"), quoted)
        stretches.append(Stretch(start, len(block)))
        start += len(block)
    return CsvBytes(path=path, encoding=encoding, stretches=stretches, is_plain=is_plain)


def _quoted_cells(delimiter: str) -> re.Pattern[bytes]:
    between = delimiter.encode("ascii") + rb"\r\n"
    return re.compile(rb"(?<![^" + between + rb'])"(?:[^"]|"")*+"(?![^' + between + rb"])")


def _is_plain(block: bytes, quoted: re.Pattern[bytes]) -> bool:
    if b"\0" in block or block.count(b"\r") != block.count(b"\r\n"):
        return False
    return b'"' not in block or b'"' not in quoted.sub(b"", block)


def _blocks(path: Path) -> Iterator[bytes]:
    """Cut the file behind line ends that stand in no quoted cell, if its quotes are well formed."""
    left, size = b"", _FIRST
    with path.open("rb") as file:
        while more := file.read(size):
            left, size = left + more, _BLOCK
            end = _last_end(left)
            if end:
                yield left[:end]
                left = left[end:]
            elif len(left) > _LONGEST:
                raise _Endless
    if left:
        yield left


def _last_end(block: bytes) -> int:
    """Return where the last whole record ends: behind a line end that an even number of quotes precedes."""
    end = block.rfind(b"\n") + 1
    is_inside = block.count(b'"', 0, end) % 2 == 1
    while end and is_inside:
        earlier = block.rfind(b"\n", 0, block.rfind(b'"', 0, end)) + 1
        is_inside ^= block.count(b'"', earlier, end) % 2 == 1
        end = earlier
    return end
