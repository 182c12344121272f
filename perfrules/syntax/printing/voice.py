"""A language to print in: keywords, names, texts, blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from perfrules.lang.names import is_name
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.keywords import TRIMMED, Language, keywords


@frozen
class Voice:
    """English or Chinese."""

    language: Language

    def word(self, terminal: str) -> str:
        """Return the keyword that the grammar calls *terminal*."""
        return keywords().by_terminal[terminal].spelling(self.language)

    def member(self, member: StrEnum) -> str:
        """Return the keyword of a member that is called as the grammar calls it."""
        return self.word(member.name)

    def counted(self, digits: str, terminal: str) -> str:
        """Return a number and what is counted: `1 point`, `2 points`, `2分`."""
        keyword = keywords().by_terminal[terminal]
        if self.language == "zh":
            return f"{digits}{keyword.zh}"
        return f"{digits} {keyword.singular if digits == '1' and keyword.singular else keyword.en}"


def name(name_: Name) -> str:
    """Return a name, in brackets where it could not stand without."""
    return bracketed_if_needed(name_.text)


def bracketed_if_needed(text: str, behind_dot: bool = False) -> str:
    """Return a name as it has to be written, *behind_dot* or not."""
    words = keywords()
    reserved = text in words.by_spelling and text not in TRIMMED
    taken = reserved or text in words.phrase_parts or (behind_dot and text in words.attributes)
    plain = is_name(text) and not taken and words.before_digits.match(text) is None
    return text if plain else f"【{text}】"


def path(names: Iterable[Name]) -> str:
    """Return names joined by dots."""
    return ".".join(bracketed_if_needed(part.text, behind_dot=place > 0) for place, part in enumerate(names))


def text(text_: Text) -> str:
    """Return a text in quotes; a quote inside is doubled."""
    return '"' + text_.value.replace('"', '""') + '"'


def grouped(names: Sequence[Name]) -> str:
    """Return a name, or several in brackets."""
    listed = ", ".join(name(each) for each in names)
    return listed if len(names) == 1 else f"({listed})"


def when(condition: str | None, voice: Voice) -> str:
    """Return `when COND`, or `otherwise` where there is no condition."""
    return voice.word("OTHERWISE") if condition is None else f"{voice.word('WHEN')} {condition}"


def title(text_: Text | None) -> str:
    """Return a space and the text, or nothing."""
    return "" if text_ is None else f" {text(text_)}"


def version(text_: Text | None, voice: Voice) -> str:
    """Return a space and `version "2021"`, or nothing."""
    return "" if text_ is None else f" {voice.word('VERSION')} {text(text_)}"


def block(head: str, lines: Iterable[str]) -> str:
    """Return *head* and its block, a statement a line."""
    lines = list(lines)
    if not lines:
        return head + " {\n}"
    inner = "\n".join(lines)
    return head + " {\n" + "".join(f"  {line}\n" for line in inner.split("\n")) + "}"
