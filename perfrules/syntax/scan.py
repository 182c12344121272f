"""Where each item of a file begins and ends, by braces, brackets, texts and line ends alone; no word is parsed.

For files of thousands of definitions, of which few are needed: what this finds is read with `parse_part`. It agrees
with the parser on every text that can be read; what cannot is cut somewhere, and the parser reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from attrs import define

from perfrules.lang.names import normalise_name
from perfrules.syntax.keywords import keywords
from perfrules.syntax.statements import CONTINUE_AFTER, CONTINUE_BEFORE, ONLY_BEGINS


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


_QUIET: Final = r'"(?:[^"\n]|"")*"|“(?:[^”\n]|””)*”|＂(?:[^＂\n]|＂＂)*＂|【[^】\n]*】'
_OUTSIDE: Final = re.compile(
    rf"(?P<quiet>{_QUIET})|(?P<comment>[#＃][^\n]*)|(?P<brace>[{{}}｛｝])|(?P<bracket>[\[\]()［］（）])|(?P<end>[\n;；])"
)
_INSIDE: Final = re.compile(rf"{_QUIET}|[#＃][^\n]*|(?P<brace>[{{}}｛｝])")
_OPENING: Final = frozenset("{｛[(［（")
_SPACE: Final = " \t\u3000\u00a0"
_NAME: Final = r"(?:[^\W\d][\w\u0300-\u036f\u00b7]*|【[^】\n]*】)"
_PATH: Final = re.compile(rf"[{_SPACE}]*({_NAME}(?:[{_SPACE}]*[.．][{_SPACE}]*{_NAME})*)")
_TEXT: Final = re.compile(r'\s*(?:"((?:[^"\n]|"")*)"|“((?:[^”\n]|””)*)”|＂((?:[^＂\n]|＂＂)*)＂)')
_SIGNS: Final = {
    "ARROW": r"[-－][>＞]|→",
    "PLUS_SIGN": "[+＋]",
    "MINUS_SIGN": "[-－−]",
    "TIMES": "[*＊×]",
    "SLASH": "[/／÷]",
    "CARET": r"[\^＾]",
    "COMMA": "[,，、]",
    "COLON": "[:：]",
    "DOT": "[.．]",
    "EQUAL": "[=＝]",
    "UNEQUAL": "[!！][=＝]|≠",
    "LESS_SIGN": "[<＜]",
    "AT_MOST_SIGN": "[≤⩽]",
    "GREATER_SIGN": "[>＞]",
    "AT_LEAST_SIGN": "[≥⩾]",
    "LBRACE": "[{｛]",
    "RBRACE": "[}｝]",
}
"""What the tokens of `tokens.lark` look like that a line may begin or end with."""


def scan_items(text: str) -> list[ScannedItem]:
    """Return the items of the block of a file, in order."""
    header = _first_brace(text)
    return [] if header is None else [_item(text, start, end) for start, end in _cut(text, header + 1)]


def scan_header(text: str) -> ScannedItem | None:
    """Return what stands before the block: RULESET or LIBRARY, the name and the title of the file."""
    brace = _first_brace(text)
    if brace is None:
        return None
    start = 0
    while (comment := _OUTSIDE.match(text, start := _skip_space(text, start))) and comment.lastgroup == "comment":
        start = comment.end()
    keyword, name, behind = _keyword_and_name(text, start)
    return ScannedItem(keyword, name, start, len(text[:brace].rstrip()), _title(text, behind)[0])


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _first_brace(text: str) -> int | None:
    found = next((match for match in _OUTSIDE.finditer(text) if match.lastgroup == "brace"), None)
    return None if found is None or found.group() not in _OPENING else found.start()


@define
class _Statement:
    """The statement that is being read: *start* is None before its first character, *code* ends its last one."""

    start: int | None = None
    code: int = 0
    brackets: int = 0


def _cut(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Yield where the statements of the block stand that begins at *place*."""
    statement = _Statement()
    while True:
        seen = _OUTSIDE.search(text, place)
        stop = len(text) if seen is None else seen.start()
        yield from _code(text, place, stop, statement)
        if seen is None or (seen.lastgroup == "brace" and seen.group() not in _OPENING):
            break
        place = seen.end()
        match seen.lastgroup:
            case "quiet":
                yield from _code(text, stop, place, statement)
            case "bracket":
                yield from _code(text, stop, place, statement)
                statement.brackets = max(0, statement.brackets + (1 if seen.group() in _OPENING else -1))
            case "brace":
                place = _behind_block(text, place)
                statement.code = place
            case "end" if seen.group() != "\n" and statement.start is not None:
                yield statement.start, statement.code
                statement.start, statement.brackets = None, 0
    if statement.start is not None:
        yield statement.start, statement.code


def _code(text: str, start: int, stop: int, statement: _Statement) -> Iterator[tuple[int, int]]:
    """Add what stands from *start* to *stop* to the statement; yield the one before if another begins here."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start == stop:
        return
    if statement.start is None:
        statement.start = start
    elif "\n" in text[statement.code : start] and _begins(text, start, statement):
        yield statement.start, statement.code
        statement.start, statement.brackets = start, 0
    statement.code = stop


def _begins(text: str, start: int, statement: _Statement) -> bool:
    """Tell whether a line that begins at *start* begins a statement."""
    words = _words()
    if words.begins.match(text, start):
        return True
    last = text[max(0, statement.code - 40) : statement.code]
    return not (statement.brackets or words.goes_on.match(text, start) or words.unfinished.search(last))


def _behind_block(text: str, place: int) -> int:
    """Return the place behind the brace that closes the block that begins at *place*."""
    depth = 1
    for seen in _INSIDE.finditer(text, place):
        if seen.lastgroup == "brace":
            depth += 1 if seen.group() in _OPENING else -1
            if depth == 0:
                return seen.end()
    return len(text)


def _item(text: str, start: int, end: int) -> ScannedItem:
    keyword, name, behind = _keyword_and_name(text, start)
    if keyword != "DEFINE":
        return ScannedItem(keyword, name, start, end)
    parameters, behind = _in_brackets(text, behind)
    title, behind = _title(text, behind)
    seen = _words().tags.match(text, behind)
    tags = _in_brackets(text, seen.end())[0] if seen else ""
    return ScannedItem(keyword, name, start, end, title, parameters, tags)


def _keyword_and_name(text: str, start: int) -> tuple[str, str, int]:
    """Return the keyword at *start*, the name behind it, and the place behind that."""
    seen = _words().keyword.match(text, start)
    if seen is None:
        return "", "", start
    keyword = keywords().by_spelling[" ".join(normalise_name(seen.group()).split())]
    named = _PATH.match(text, seen.end())
    if named is None:
        return keyword, "", seen.end()
    parts = re.findall(_NAME, named.group(1))
    name = ".".join(normalise_name(part[1:-1].strip() if part[0] == "【" else part) for part in parts)
    return keyword, name, named.end()


def _title(text: str, place: int) -> tuple[str, int]:
    seen = _TEXT.match(text, place)
    if seen is None:
        return "", place
    closer = seen.group()[-1]
    return next(group for group in seen.groups() if group is not None).replace(closer * 2, closer), seen.end()


def _in_brackets(text: str, place: int) -> tuple[str, int]:
    """Return what stands between the bracket that opens at *place* and its closing one, and the place behind."""
    depth, begin = 0, place
    for seen in _OUTSIDE.finditer(text, place):
        if seen.lastgroup == "brace":
            break
        if seen.lastgroup == "bracket":
            depth += 1 if seen.group() in _OPENING else -1
            begin = seen.end() if begin == place else begin
            if depth == 0:
                return text[begin : seen.start()].strip(), seen.end()
    return "", place


class _Words(NamedTuple):
    """Patterns of words: any, one that only begins statements, what goes on a line above or is gone on below."""

    keyword: re.Pattern[str]
    begins: re.Pattern[str]
    goes_on: re.Pattern[str]
    unfinished: re.Pattern[str]
    tags: re.Pattern[str]


@cache
def _words() -> _Words:
    everything = _spellings(frozenset(keywords().by_terminal))
    return _Words(
        keyword=re.compile(everything),
        begins=re.compile(_spellings(ONLY_BEGINS)),
        goes_on=re.compile(f"{_signs(CONTINUE_BEFORE)}|{_spellings(CONTINUE_BEFORE)}"),
        unfinished=re.compile(rf"(?:{_signs(CONTINUE_AFTER)}|(?<!\w){_spellings(CONTINUE_AFTER)})\Z"),
        tags=re.compile(rf"\s*{_spellings(frozenset({'TAGS'}))}"),
    )


def _spellings(terminals: frozenset[str]) -> str:
    """Return a pattern for the words of *terminals*, longest first; a Chinese one may touch a digit."""
    listed = [word for kind, word in keywords().by_terminal.items() if kind in terminals]
    written = sorted({spelling for word in listed for spelling in word.spellings()}, key=len, reverse=True)
    gap = f"[{_SPACE}]+"
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", gap) + _edge(word) for word in written) + ")"


def _edge(word: str) -> str:
    return r"(?!\w)" if word.isascii() else r"(?![^\W\d])"


def _signs(terminals: frozenset[str]) -> str:
    return "(?:" + "|".join(_SIGNS[kind] for kind in sorted(terminals & _SIGNS.keys())) + ")"
