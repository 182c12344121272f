"""What `scan` looks for: texts, brackets and words, as regular expressions that take time in proportion."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

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


class Words(NamedTuple):
    """Patterns of words: any, one that only begins statements, what goes on a line above or is gone on below."""

    keyword: re.Pattern[str]
    begins: re.Pattern[str]
    goes_on: re.Pattern[str]
    unfinished: re.Pattern[str]
    tags: re.Pattern[str]
    definition: re.Pattern[str]


@cache
def words() -> Words:
    """Return the patterns of the words of the language."""
    everything = _spellings(frozenset(keywords().by_terminal))
    define_, tags = _spellings(frozenset({"DEFINE"})), _spellings(frozenset({"TAGS"}))
    head = rf"\s*({define_})\s*({NAME})\s*{BRACKETED}"
    return Words(
        keyword=re.compile(everything),
        begins=re.compile(_spellings(ONLY_BEGINS)),
        goes_on=re.compile(f"{_signs(CONTINUE_BEFORE)}|{_spellings(CONTINUE_BEFORE)}"),
        unfinished=re.compile(rf"(?:{_signs(CONTINUE_AFTER)}|(?<!\w){_spellings(CONTINUE_AFTER)})\Z"),
        tags=re.compile(rf"\s*{tags}"),
        definition=re.compile(rf"{head}(?:\s*({QUOTED}))?(?:\s*{tags}\s*{BRACKETED})?\s*[{{｛]"),
    )


def _spellings(terminals: frozenset[str]) -> str:
    """Return a pattern for the words of *terminals*, longest first; a Chinese one may touch a digit."""
    listed = [word for kind, word in keywords().by_terminal.items() if kind in terminals]
    written = sorted({spelling for word in listed for spelling in word.spellings()}, key=len, reverse=True)
    gap = f"[{SPACE}]+"
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", gap) + _edge(word) for word in written) + ")"


def _edge(word: str) -> str:
    return r"(?!\w)" if word.isascii() else r"(?![^\W\d])"


def _signs(terminals: frozenset[str]) -> str:
    return "(?:" + "|".join(SIGNS[kind] for kind in sorted(terminals & SIGNS.keys())) + ")"
