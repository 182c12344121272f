"""Sentences about changes: a key of the catalogue `compare` and its arguments, which may be parts of explanations."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.explain.statement import Part, canonical
from perfrules.explain.words import say

Argument: TypeAlias = "Part | Said"


@frozen
class Said:
    """A sentence, or a part of one."""

    key: str
    args: tuple[tuple[str, Argument], ...] = ()


def said(key: str, **args: Argument) -> Said:
    """Make a sentence.

    >>> said("title", old="甲", new="乙").args
    (('new', '乙'), ('old', '甲'))
    """
    return Said(key, tuple(sorted(args.items())))


def words_of(language: str) -> Translator:
    """Return the words that comparisons are made of."""
    return translator(language, "compare")


def tell(sentence: Argument, language: str) -> str:
    """Write a sentence in *language*.

    >>> tell(said("title", old="甲", new="乙"), "en")
    'title: 甲 → 乙'
    """
    if not isinstance(sentence, Said):
        return say(sentence, language)
    return words_of(language).text(sentence.key, {name: tell(each, language) for name, each in sentence.args})


def said_tree(sentence: Argument) -> object:
    """Return a sentence as values of JSON: keys and exact numbers, no translated words."""
    if not isinstance(sentence, Said):
        return canonical(sentence)
    return {"says": sentence.key, **{name: said_tree(each) for name, each in sentence.args}}
