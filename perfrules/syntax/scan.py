"""Where each item of a file begins and ends, by braces, brackets, texts and line ends alone; no word is parsed.

For files of thousands of definitions, of which few are needed: what this finds is read with `parse_part`. It agrees
with the parser on every text that can be read; what cannot is cut somewhere, and the parser reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from attrs import define

from perfrules.lang.names import normalise_name
from perfrules.syntax import scan_patterns
from perfrules.syntax.keywords import keywords
from perfrules.syntax.scan_patterns import BLOCK, INSIDE, NAME, OPENING, OUTSIDE, PATH, TEXT


class ScannedItem(NamedTuple):
    """An item from *start* to *end*: its first word as the grammar calls it, and the name behind that word.

    *keyword* is empty where the item begins with no word of the language. *title*, *parameters* and *tags* (what stands
    between the brackets) are those of a definition.
    """

    keyword: str
    name: str
    start: int
    end: int
    title: str = ""
    parameters: str = ""
    tags: str = ""


def scan_items(text: str) -> list[ScannedItem]:
    """Return the items of the block of a file, in order."""
    header = _first_brace(text)
    return [] if header is None else [_item(text, *found) for found in _cut(text, header + 1)]


def scan_definitions(text: str) -> list[ScannedItem]:
    """Return the definitions of the block of a file that have a name, in order; other items are passed over."""
    brace = _first_brace(text)
    if brace is None:
        return []
    items = (_item(text, *found) for found in _cut(text, brace + 1) if found[2] or _is_definition(text, found[0]))
    return [item for item in items if item.name]


def scan_header(text: str) -> ScannedItem | None:
    """Return what stands before the block: RULESET or LIBRARY, the name and the title of the file."""
    brace = _first_brace(text)
    if brace is None:
        return None
    start = 0
    while (comment := OUTSIDE.match(text, start := _skip_space(text, start))) and comment.lastgroup == "comment":
        start = comment.end()
    keyword, name, behind = _keyword_and_name(text, start)
    return ScannedItem(keyword, name, start, len(text[:brace].rstrip()), _title(text, behind)[0])


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _first_brace(text: str) -> int | None:
    found = next((match for match in OUTSIDE.finditer(text) if match.lastgroup == "brace"), None)
    return None if found is None or found.group() not in OPENING else found.start()


@define
class _Statement:
    """The statement that is being read: *start* is None before its first character, *code* ends its last one."""

    start: int | None = None
    code: int = 0
    brackets: int = 0
    definition: re.Match[str] | None = None

    def ended(self) -> Iterator[_Found]:
        """Yield the statement, if one has begun, and be ready for the next."""
        if self.start is not None:
            yield self.start, self.code, self.definition
        self.start, self.brackets, self.definition = None, 0, None


_Found = tuple[int, int, "re.Match[str] | None"]


def _cut(text: str, place: int) -> Iterator[_Found]:
    """Yield where the statements of the block stand that begins at *place*, with the header of a plain definition."""
    statement, definition = _Statement(), scan_patterns.definition()
    while True:
        plain = definition.match(text, place)
        if plain is not None:
            yield from statement.ended()
            place = _behind_block(text, plain.end())
            statement.start, statement.code, statement.definition = plain.start(1), place, plain
            if text.startswith("\n", place):
                continue
        seen = OUTSIDE.search(text, place)
        stop = len(text) if seen is None else seen.start()
        yield from _code(text, place, stop, statement)
        if seen is None or (seen.lastgroup == "brace" and seen.group() not in OPENING):
            break
        place = seen.end()
        match seen.lastgroup:
            case "quiet":
                yield from _code(text, stop, place, statement)
            case "bracket":
                yield from _code(text, stop, place, statement)
                statement.brackets = max(0, statement.brackets + (1 if seen.group() in OPENING else -1))
            case "brace":
                place = _behind_block(text, place)
                statement.code = place
            case "end" if seen.group() != "\n":
                yield from statement.ended()
    yield from statement.ended()


def _code(text: str, start: int, stop: int, statement: _Statement) -> Iterator[_Found]:
    """Add what stands from *start* to *stop* to the statement; yield the one before if another begins here."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start == stop:
        return
    if statement.start is not None and "\n" in text[statement.code : start] and _begins(text, start, statement):
        yield from statement.ended()
    if statement.start is None:
        statement.start = start
    statement.code = stop


def _begins(text: str, start: int, statement: _Statement) -> bool:
    """Tell whether a line that begins at *start* begins a statement."""
    if scan_patterns.begins().match(text, start):
        return True
    if statement.brackets or scan_patterns.goes_on().match(text, start):
        return False
    return not scan_patterns.unfinished().search(text[max(0, statement.code - 40) : statement.code])


def _behind_block(text: str, place: int) -> int:
    """Return the place behind the brace that closes the block that begins at *place*."""
    plain = BLOCK.match(text, place)
    if plain is not None:
        return plain.end()
    depth = 1
    for seen in INSIDE.finditer(text, place):
        if seen.lastgroup == "brace":
            depth += 1 if seen.group() in OPENING else -1
            if depth == 0:
                return seen.end()
    return len(text)


def _item(text: str, start: int, end: int, definition: re.Match[str] | None) -> ScannedItem:
    if definition is not None:
        _, name, parameters, title, tags = definition.groups()
        return ScannedItem(
            "DEFINE", _plain(name), start, end, _unquoted(title), parameters.strip(), (tags or "").strip()
        )
    keyword, name, behind = _keyword_and_name(text, start)
    if keyword != "DEFINE":
        return ScannedItem(keyword, name, start, end)
    parameters, behind = _in_brackets(text, behind)
    title, behind = _title(text, behind)
    seen = scan_patterns.tags().match(text, behind)
    tags = _in_brackets(text, seen.end())[0] if seen else ""
    return ScannedItem(keyword, name, start, end, title, parameters, tags)


def _keyword_and_name(text: str, start: int) -> tuple[str, str, int]:
    """Return the keyword at *start*, the name behind it, and the place behind that."""
    pattern = scan_patterns.keyword_from(text[start : start + 1])
    seen = None if pattern is None else pattern.match(text, start)
    if seen is None:
        return "", "", start
    keyword = keywords().by_spelling[" ".join(normalise_name(seen.group()).split())]
    named = PATH.match(text, seen.end())
    if named is None:
        return keyword, "", seen.end()
    return keyword, ".".join(_plain(part) for part in re.findall(NAME, named.group(1))), named.end()


def _is_definition(text: str, start: int) -> bool:
    return scan_patterns.define().match(text, start) is not None


def _plain(name: str) -> str:
    return normalise_name(name[1:-1].strip() if name[0] == "【" else name)


def _title(text: str, place: int) -> tuple[str, int]:
    seen = TEXT.match(text, place)
    return ("", place) if seen is None else (_unquoted(seen.group(1)), seen.end())


def _unquoted(title: str | None) -> str:
    return "" if title is None else title[1:-1].replace(title[-1] * 2, title[-1])


def _in_brackets(text: str, place: int) -> tuple[str, int]:
    """Return what stands between the bracket that opens at *place* and its closing one, and the place behind."""
    depth, begin = 0, place
    for seen in OUTSIDE.finditer(text, place):
        if seen.lastgroup == "bracket":
            depth += 1 if seen.group() in OPENING else -1
            begin = seen.end() if begin == place else begin
            if depth == 0:
                return text[begin : seen.start()].strip(), seen.end()
    return "", place
