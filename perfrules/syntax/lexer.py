"""Text to tokens: words, numbers, texts, signs, comments and line ends, each where it stands.

Keywords are recognised here, in both languages, without looking at what stands around them. Nothing is rewritten:
offsets are those of the text. What cannot be read is left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from attrs import evolve, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.unreadable_text import unreadable_text
from perfrules.lang.names import is_name, normalise_name
from perfrules.syntax.keywords import TRIMMED, Keywords
from perfrules.syntax.mistakes import characters as mistakes
from perfrules.syntax.record_fields import fields_are_names
from perfrules.syntax.token import Token
from perfrules.text import SourceText, Span, unreadable_in

_SETTLED: Final = frozenset({"NAME", "BRACKETED", "THOUSANDS"})
"""The shapes that alone do not tell which kind of token they are."""
_OFTEN: Final = ("NAME", "NEWLINE", "COMMA", "COLON", "LBRACE", "RBRACE", "LSQB", "RSQB", "QUOTED")
"""Shapes that begin as no other does and stand everywhere: they are tried first."""
_WRITTEN_ONCE: Final = frozenset({"QUOTED", "COMMENT"})
"""Shapes that hardly ever say the same twice: what they say is not remembered."""
_NO_TOKEN: Final = "NO_TOKEN"
"""The shape of a character that no token begins with."""
_OPENERS: Final = frozenset({"LPAR", "LSQB"})
_NAMES_BEHIND_A_DOT: Final = frozenset({"by", "entity"})
"""Who judged or overrode (`A1.by`, `A1.override.by`), and which entity a result is of (`p.entity`)."""


@frozen
class Lexed:
    """The tokens of a text, comments and line ends included but not spaces, and what could not be read."""

    tokens: tuple[Token, ...]
    diagnostics: tuple[Diagnostic, ...]


class Lexer:
    """A reader for the shapes and words of the language; holds no state of any text."""

    def __init__(self, shapes: Iterable[tuple[str, str]], words: Keywords) -> None:
        patterns = dict(shapes)
        space = patterns.pop("SPACE")
        is_word = re.compile(patterns["NAME"]).fullmatch
        ordered = {shape: patterns.pop(shape) for shape in _OFTEN} | patterns | {_NO_TOKEN: f"(?!{space})."}
        self._shapes = re.compile("|".join(f"(?P<{shape}>{pattern})" for shape, pattern in ordered.items()))
        self._pattern = re.compile(f"(?:{space})?({'|'.join(ordered.values())})|{space}")
        self._words = words
        self._known: dict[str, str] = dict(words.by_spelling)
        told_by_neighbours = {*words.attributes, *words.after, *words.phrases, *_NAMES_BEHIND_A_DOT, *TRIMMED}
        self._told_by_neighbours = frozenset(told_by_neighbours)
        known = words.by_spelling.items()
        self._plain = {word: kind for word, kind in known if word not in told_by_neighbours and is_word(word)}

    def lex(self, source: SourceText, start: int = 0, end: int | None = None) -> Lexed:
        """Read *source* from *start* to *end*, by default to the end of the text."""
        tokens: list[Token] = []
        end = len(source.text) if end is None else end
        found = list(_unreadable_characters(source, start, end))
        unseen = {diagnostic.at.start for diagnostic in found if diagnostic.at}
        text, name, position, all_from, known = source.text, source.name, start, self._pattern.finditer, self._plain.get
        while position < end:
            for seen in all_from(text, position, end):
                written = seen[1]
                kind = known(written)
                if kind is not None:
                    tokens.append(Token(kind, written, name, seen.start(1)))
                    continue
                position = end if written is None else self._other(source, seen, tokens, (found, unseen))
                if position != seen.end():
                    break
            else:
                position = end
        return Lexed(fields_are_names(tokens), tuple(found))

    def _other(
        self,
        source: SourceText,
        seen: re.Match[str],
        tokens: list[Token],
        problems: tuple[list[Diagnostic], AbstractSet[int]],
    ) -> int:
        """Add a token that is not told by its text alone, or is seen for the first time; return where to go on."""
        found, unseen = problems
        written, start = seen[1], seen.start(1)
        if self._is_plain_name(written):
            self._plain[written] = "NAME"
            tokens.append(Token("NAME", written, source.name, start))
            return start + len(written)
        shape = self._shape_of(seen)
        if shape == _NO_TOKEN:
            return self._unreadable(source, start, tokens, None if start in unseen else found)
        if shape in _SETTLED:
            shape, written = self._settle(source, seen, tokens, found)
        elif shape not in _WRITTEN_ONCE:
            self._plain[written] = shape
        tokens.append(Token(shape, written, source.name, start))
        return start + len(written)

    def _is_plain_name(self, written: str) -> bool:
        """Tell whether what is seen for the first time is a name in ASCII, and no word of the language."""
        plain = written.isascii() and is_name(written)
        return plain and written not in self._known and written not in self._told_by_neighbours

    def _shape_of(self, seen: re.Match[str]) -> str:
        if seen[1][0] == '"' and len(seen[1]) > 1:
            return "QUOTED"
        found = self._shapes.match(seen.string, seen.start(1), seen.endpos)
        return (found and found.lastgroup) or _NO_TOKEN

    @staticmethod
    def _unreadable(source: SourceText, position: int, tokens: list[Token], found: list[Diagnostic] | None) -> int:
        """Report what no token begins with; a text that is never closed goes to the end of its line."""
        if found is not None:
            found.append(mistakes.unexpected_character(source, position))
        if source.text[position] not in mistakes.QUOTES:
            return position + 1
        end = source.text.find("\n", position)
        line = source.text[position : end if end >= 0 else None]
        tokens.append(Token("QUOTED", line, source.name, position))
        return position + len(line)

    def _settle(
        self, source: SourceText, seen: re.Match[str], tokens: list[Token], found: list[Diagnostic]
    ) -> tuple[str, str]:
        """Return the kind of token that a shape is, and how much of the text belongs to it."""
        shape, written, start = self._shape_of(seen), seen[1], seen.start(1)
        if shape == "NAME":
            shape, written = self._word(source.text, start, written, tokens)
            if shape == "":
                shape = "NAME"
                found.append(mistakes.name_needs_brackets(written, Span(source.name, start, seen.end())))
        elif shape == "BRACKETED":
            shape = "NAME"
            if not written[1:-1].strip():
                found.append(mistakes.unexpected_character(source, start))
        elif shape == "THOUSANDS":
            shape = "DIGITS"
            if self._are_two_numbers(source, seen, tokens):
                written = re.split("[,，]", written)[0]
            else:
                found.append(mistakes.number_with_comma(source, start, written))
        return shape, written

    def _word(self, text: str, position: int, written: str, tokens: list[Token]) -> tuple[str, str]:
        """Return the kind of a word ("" if it is no name) and what of the text belongs to it."""
        if written not in self._told_by_neighbours and written not in self._known:
            return self._unknown_word(written)
        if tokens and tokens[-1].type == "DOT" and written in self._words.attributes:
            return self._words.attributes[written], written
        if written in _NAMES_BEHIND_A_DOT and tokens and tokens[-1].type == "DOT":
            return "NAME", written
        if written in TRIMMED and not _after_drop(tokens):
            return "NAME", written  # a grade or an option may be called `high`
        phrase = self._words.phrase(written)
        rest = phrase.match(text, position + len(written)) if phrase is not None else None
        if rest is not None:
            whole = written + rest.group()
            return self._words.by_spelling[" ".join(whole.split())], whole
        after = self._words.after.get(written)
        if after is not None and not (tokens and tokens[-1].type in after):
            return "NAME", written  # an option may be called `unchanged` or `警告`
        known = self._known.get(written)
        return self._unknown_word(written) if known is None else (known, written)

    def _unknown_word(self, written: str) -> tuple[str, str]:
        before = None if written.isascii() else self._words.before_digits.match(written)
        if before is not None:
            return self._words.by_spelling[before.group()], before.group()
        folded = normalise_name(written)
        kind = self._words.by_spelling.get(folded) or ("NAME" if is_name(folded) else "")
        self._known[written] = kind
        if kind and written not in self._told_by_neighbours:
            self._plain[written] = kind
        return kind, written

    @staticmethod
    def _are_two_numbers(source: SourceText, seen: re.Match[str], tokens: list[Token]) -> bool:
        """Tell `[10,100]`, two numbers, from `1,000`, which is refused."""
        first, *others = re.split("[,，]", seen[1])
        if first in ("0", "０"):
            return True
        opened = bool(tokens) and tokens[-1].type in _OPENERS
        call = opened and len(tokens) > 1 and _touches_word(tokens[-2], tokens[-1])
        closes = source.text[seen.end() : seen.end() + 1] in tuple(")]）］")
        return opened and closes and not call and len(others) == 1 and others[0][0] not in "0０"


def _unreadable_characters(source: SourceText, start: int, end: int) -> tuple[Diagnostic, ...]:
    problems = unreadable_in(source.text[start:end])
    return unreadable_text(source, (evolve(problem, offset=start + problem.offset) for problem in problems))


def _touches_word(word: Token, bracket: Token) -> bool:
    return word.end == bracket.start and word.type != "ONE_OF" and word.text[-1].isalnum()


def _after_drop(tokens: list[Token]) -> bool:
    """Tell whether the next word stands in `drop 1 high 1 low`, after a number."""
    return bool(tokens) and tokens[-1].type == "DIGITS" and any(token.type == "DROP" for token in tokens[-4:-1])
