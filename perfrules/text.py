"""Source text and places in it: what a line is, where an offset lies, what a file may hold.

A line ends at ``\\n`` and nowhere else; the loader turns ``\\r\\n`` and ``\\r`` into ``\\n`` first, so every
offset in perfrules counts code points of the normalised text. Characters that editors treat as line ends or
that cannot be seen are reported as plain data; turning them into diagnostics is not known here.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import Final

import attrs

from perfrules.made_often import made_often

NOT_UTF_8: Final = "not-utf-8"
FILE_TOO_LARGE: Final = "file-too-large"
UNSUPPORTED_LINE_END: Final = "unsupported-line-end"
INVISIBLE_CHARACTER: Final = "invisible-character"

DEFAULT_SIZE_LIMIT: Final = 8_000_000
"""How many bytes a source file may have unless the caller says otherwise."""

_LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
# The format characters of Unicode that draw nothing (bidi controls, zero widths, fillers, tags), the controls
# other than tab and line feed, and lone surrogates, which only a string that never was UTF-8 can hold.
_UNSEEN: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_SUSPECT: Final = re.compile(f"[{_LINE_ENDS}{_UNSEEN}\ud800-\udfff]")


@made_often
@attrs.frozen(order=True)
class Span:
    """The half-open range ``start <= offset < end`` of code points in the text named *file*.

    >>> Span("a", 2, 4).cover(Span("a", 7, 9))
    Span(file='a', start=2, end=9)
    """

    file: str
    start: int
    end: int

    def cover(self, other: Span) -> Span:
        """Return the smallest span that holds both; both must be of one file."""
        if self.file != other.file:
            raise ValueError(f"spans of different files: {self.file!r} and {other.file!r}")
        return Span(self.file, min(self.start, other.start), max(self.end, other.end))


@attrs.frozen
class SourceText:
    """A named text whose only line end is ``\\n``.

    >>> source = SourceText("a", "total 100\\n满分")
    >>> source.line_column(12), source.line_text(2), source.span_text(Span("a", 0, 5))
    ((2, 3), '满分', 'total')
    """

    name: str
    text: str
    line_starts: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)

    @line_starts.default
    def _find_line_starts(self) -> tuple[int, ...]:
        return (0, *accumulate(map((1).__add__, map(len, self.text.split("\n")[:-1]))))

    @property
    def line_count(self) -> int:
        """Count the lines; the empty text has one, and so has what follows a final ``\\n``."""
        return len(self.line_starts)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Locate *offset* as line and column, both from 1; the end of the text is a place too."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is not in 0..{len(self.text)}")
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """Return line number *line*, from 1, without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < self.line_count else len(self.text)
        return self.text[start:end]

    def span_text(self, span: Span) -> str:
        """Return what *span* covers."""
        return self.text[span.start : span.end]

    def whole(self) -> Span:
        """Return the span of the whole text."""
        return Span(self.name, 0, len(self.text))


@attrs.frozen
class TextProblem:
    """Something a source must not hold: *what* is one of this module's four names, *found* shows the culprit."""

    offset: int
    what: str
    found: str


def normalise_newlines(text: str) -> str:
    """Turn ``\\r\\n`` and a lone ``\\r`` into ``\\n``.

    >>> normalise_newlines("a\\r\\nb\\rc")
    'a\\nb\\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_source(
    content: bytes, name: str, limit: int = DEFAULT_SIZE_LIMIT
) -> tuple[SourceText, tuple[TextProblem, ...]]:
    """Decode UTF-8, with or without a byte order mark; another encoding is reported, never guessed.

    What is not UTF-8 stands as U+FFFD in the text, so that the rest can still be checked. A content of more than
    *limit* bytes is not decoded: its text is empty.
    """
    if len(content) > limit:
        return SourceText(name, ""), (TextProblem(0, FILE_TOO_LARGE, str(len(content))),)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return source_from_text(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        before = normalise_newlines(content[: error.start].decode("utf-8"))
        source, problems = source_from_text(content.decode("utf-8", errors="replace"), name)
        broken = TextProblem(len(before), NOT_UTF_8, f"0x{content[error.start]:02X}")
        return source, tuple(sorted((broken, *problems), key=lambda problem: problem.offset))


def decode(content: bytes) -> str | None:
    """Read a table of text: UTF-8, with or without a byte order mark, else GB 18030; None if it is neither.

    >>> decode("户".encode("gb18030"))
    '户'
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def source_from_text(text: str, name: str) -> tuple[SourceText, tuple[TextProblem, ...]]:
    """Normalise the line ends of *text* and report what cannot be seen or is no line end here."""
    source = SourceText(name, normalise_newlines(text))
    return source, unreadable_in(source.text)


def unreadable_in(text: str) -> tuple[TextProblem, ...]:
    """Report what cannot be seen in *text*, or is no line end here."""
    return tuple(_problem(match) for match in _SUSPECT.finditer(text))


def _problem(match: re.Match[str]) -> TextProblem:
    character = match.group()
    if character in _LINE_ENDS:
        what = UNSUPPORTED_LINE_END
    elif "\ud800" <= character <= "\udfff":
        what = NOT_UTF_8
    else:
        what = INVISIBLE_CHARACTER
    return TextProblem(match.start(), what, describe_character(character))


def with_unseen_shown(text: str) -> str:
    """Put U+FFFD in the place of each character that cannot be shown, one for one; tabs and line feeds stay.

    >>> with_unseen_shown("a\\x1b[0m")
    'a�[0m'
    """
    return _SUSPECT.sub("\ufffd", text)


def describe_character(character: str) -> str:
    """Name a character that cannot be shown, for a message.

    >>> describe_character("\\u200b")
    'U+200B ZERO WIDTH SPACE'
    """
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
