"""The words of the language in both spellings, as `keywords.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import frozen

from perfrules.syntax.grammar_files import read_grammar_file

Language = Literal["en", "zh"]


class KeywordClass(StrEnum):
    """What a word is for; the names of the groups of `keywords.toml`."""

    STRUCTURE = "structure"
    CLAUSE = "clause"
    SCORING = "scoring"
    AMOUNT = "amount"
    ROUNDING = "rounding"
    COMBINING = "combining"
    AGGREGATE = "aggregate"
    TYPE = "type"
    VALUE = "value"
    STATE = "state"
    COLOUR = "colour"
    OPERATOR = "operator"
    LINK = "link"
    ATTRIBUTE = "attribute"
    COMPOSITION = "composition"
    COHORT = "cohort"


@frozen
class Keyword:
    """One word; *terminal* is its name in the grammar, *singular* what stands after the number 1 in English.

    With *after* it is a word only directly behind a token of one of these kinds, and a name elsewhere.
    """

    terminal: str
    en: str
    zh: str
    singular: str | None
    kind: KeywordClass
    gloss_en: str
    gloss_zh: str
    after: frozenset[str] = frozenset()

    def spelling(self, language: Language) -> str:
        """Return the word in *language*."""
        return self.en if language == "en" else self.zh

    def spellings(self) -> tuple[str, ...]:
        """Return every spelling that is read."""
        return (self.en, self.zh) if self.singular is None else (self.en, self.singular, self.zh)


@frozen
class Keywords:
    """All words: by the grammar's name, by spelling (one space between parts), and the parts that begin a phrase."""

    by_terminal: Mapping[str, Keyword]
    by_spelling: Mapping[str, str]
    attributes: Mapping[str, str]
    after: Mapping[str, frozenset[str]]
    phrases: Mapping[str, str]

    def phrase(self, head: str) -> re.Pattern[str] | None:
        """Return what follows *head* in the phrases that begin with it, longest first; None if there are none."""
        tails = self.phrases.get(head)
        return None if tails is None else _pattern(tails)

    @cached_property
    def before_digits(self) -> re.Pattern[str]:
        """The Chinese words that may touch a digit."""
        words = (word.zh for word in self.by_terminal.values() if word.zh in self.by_spelling and not word.after)
        return re.compile(f"({'|'.join(sorted(words, key=len, reverse=True))})(?=[0-9０-９])")

    @cached_property
    def phrase_parts(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The phrases that a part belongs to which is no word on its own, by that part."""
        return MappingProxyType(_phrase_parts(self.by_spelling))


_pattern = cache(re.compile)


@cache
def keywords() -> Keywords:
    """Return the table of `keywords.toml`."""
    listed = [_read(entry) for entry in tomllib.loads(read_grammar_file("keywords.toml"))["keyword"]]
    plain: dict[str, str] = {}
    attributes: dict[str, str] = {}
    for word in listed:
        target = attributes if word.kind is KeywordClass.ATTRIBUTE else plain
        target.update((spelling, word.terminal) for spelling in word.spellings())
    after = {spelling: word.after for word in listed if word.after for spelling in word.spellings()}
    return Keywords(
        by_terminal=MappingProxyType({word.terminal: word for word in listed}),
        by_spelling=MappingProxyType(plain),
        attributes=MappingProxyType(attributes),
        after=MappingProxyType(after),
        phrases=MappingProxyType(_phrases(plain)),
    )


def _read(entry: Mapping[str, Any]) -> Keyword:
    return Keyword(
        terminal=entry["id"].upper(),
        en=entry["en"],
        zh=entry["zh"],
        singular=entry.get("singular"),
        kind=KeywordClass(entry["class"]),
        gloss_en=entry["gloss_en"],
        gloss_zh=entry["gloss_zh"],
        after=frozenset(entry.get("after", ())),
    )


TRIMMED: Final = frozenset({"high", "low"})
"""Words only after `drop` and a number; elsewhere names, since grades and options are often called so."""

_GAP: Final = "[ \\t\u3000\u00a0]+"


def _phrases(spellings: Mapping[str, str]) -> dict[str, str]:
    """Return, by first part, the pattern of the phrases that begin with it, longest first."""
    by_head: dict[str, list[list[str]]] = {}
    for spelling in spellings:
        head, *rest = spelling.split(" ")
        if rest:
            by_head.setdefault(head, []).append(rest)
    return {
        head: "|".join(_tail(rest) for rest in sorted(rests, key=len, reverse=True)) for head, rests in by_head.items()
    }


def _phrase_parts(spellings: Mapping[str, str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return, by each part that is no word on its own, the phrases it belongs to."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for spelling in spellings:
        parts = tuple(spelling.split(" "))
        for part in set(parts) - set(spellings):
            found[part] = (*found.get(part, ()), parts)
    return found


def _tail(parts: list[str]) -> str:
    return "".join(_GAP + re.escape(part) for part in parts) + r"(?!\w)"
