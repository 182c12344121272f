"""What `scan` looks for: texts, brackets and words, as regular expressions that take time in proportion."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from perfrules.syntax.keywords import keywords
from perfrules.syntax.statements import CONTINUE_AFTER, CONTINUE_BEFORE, ONLY_BEGINS

QUOTED: Final = r'"(?:[^"\n]|"")*+"|“(?:[^”\n]|””)*+”|＂(?:[^＂\n]|＂＂)*+＂'
QUIET: Final = rf"{QUOTED}|【[^】\n]*】"
OUTSIDE: Final = re.compile(
    rf"(?P<quiet>{QUIET})|(?P<comment>[#＃][^\n]*)|(?P<brace>[{{}}｛｝])|(?P<bracket>[\[\]()［］（）])|(?P<end>[\n;；])"
)
INSIDE: Final = re.compile(rf"{QUIET}|[#＃][^\n]*|(?P<brace>[{{}}｛｝])")
OPENING: Final = frozenset("{｛[(［（")
SPACE: Final = " \t\u3000\u00a0"
NAME: Final = r"(?:[^\W\d][\w\u0300-\u036f\u00b7]*|【[^】\n]*】)"
PATH: Final = re.compile(rf"[{SPACE}]*({NAME}(?:[{SPACE}]*[.．][{SPACE}]*{NAME})*)")
TEXT: Final = re.compile(rf"\s*({QUOTED})")
FLAT: Final = r"[^\[\]()［］（）{}｛｝\"“＂#＃【]"
_LOOSE: Final = rf"[^{{}}｛｝\"“＂#＃【]++|{QUIET}|[#＃][^\n]*"
_INNER: Final = rf"(?:{_LOOSE}|[{{｛](?:{_LOOSE}|[{{｛](?:{_LOOSE})*+[}}｝])*+[}}｝])*+"
BLOCK: Final = re.compile(rf"{_INNER}[}}｝]")
"""The rest of a block that holds blocks in blocks at most, from behind its brace; what is not so is counted out."""
BRACKETED: Final = rf"[(（]((?:{FLAT}++|{QUIET}|[\[(［（](?:{FLAT}++|{QUIET})*+[\])］）])*+)[)）]"
"""What stands in brackets that hold brackets once at most, and no comment or block."""
SIGNS: Final = {
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


@cache
def definition() -> re.Pattern[str]:
    """Return the pattern of the header of a plain definition, from its word to the brace."""
    define_, tags_ = _spellings(frozenset({"DEFINE"})), _spellings(frozenset({"TAGS"}))
    head = rf"\s*({define_})\s*({NAME})\s*{BRACKETED}"
    return re.compile(rf"{head}(?:\s*({QUOTED}))?(?:\s*{tags_}\s*{BRACKETED})?\s*[{{｛]")


@cache
def define() -> re.Pattern[str]:
    """Return the pattern of the word that begins a definition."""
    return re.compile(_spellings(frozenset({"DEFINE"})))


@cache
def tags() -> re.Pattern[str]:
    """Return the pattern of the word before tags."""
    return re.compile(r"\s*" + _spellings(frozenset({"TAGS"})))


@cache
def keyword_from(first: str) -> re.Pattern[str] | None:
    """Return the pattern of the words that begin with the character *first*; None if there are none."""
    words = keywords().by_terminal
    some = any(spelling.startswith(first) for word in words.values() for spelling in word.spellings())
    return re.compile(_spellings(frozenset(words), first)) if some else None


@cache
def begins() -> re.Pattern[str]:
    """Return the pattern of the words that only begin statements."""
    return re.compile(_spellings(ONLY_BEGINS))


@cache
def goes_on() -> re.Pattern[str]:
    """Return the pattern of what begins a line that goes on with the one above."""
    return re.compile(f"{_signs(CONTINUE_BEFORE)}|{_spellings(CONTINUE_BEFORE)}")


@cache
def unfinished() -> re.Pattern[str]:
    """Return the pattern of what ends a line that goes on below."""
    return re.compile(rf"(?:{_signs(CONTINUE_AFTER)}|(?<!\w){_spellings(CONTINUE_AFTER)})\Z")


def _spellings(terminals: frozenset[str], first: str = "") -> str:
    """Return a pattern for the words of *terminals* that begin with *first*, longest first.

    A Chinese word may touch a digit.
    """
    listed = [word for kind, word in keywords().by_terminal.items() if kind in terminals]
    spellings = {spelling for word in listed for spelling in word.spellings() if spelling.startswith(first)}
    written = sorted(spellings, key=len, reverse=True)
    gap = f"[{SPACE}]+"
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", gap) + _edge(word) for word in written) + ")"


def _edge(word: str) -> str:
    return r"(?!\w)" if word.isascii() else r"(?![^\W\d])"


def _signs(terminals: frozenset[str]) -> str:
    return "(?:" + "|".join(SIGNS[kind] for kind in sorted(terminals & SIGNS.keys())) + ")"
