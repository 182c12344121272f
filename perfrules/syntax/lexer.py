"""Text to tokens: words, numbers, texts, signs, comments and line ends, each where it stands.

Keywords are recognised here, in both languages, without looking at what stands around them. Nothing is rewritten:
offsets are those of the text. What cannot be read is left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen
from lark.lexer import TerminalDef

from perfrules.diagnostics import Diagnostic
from perfrules.lang.names import is_name, normalise_name
from perfrules.syntax import lexical_mistakes as mistakes
from perfrules.syntax.keywords import Keywords
from perfrules.syntax.token import Token
from perfrules.text import SourceText, Span, source_from_text

_OPENERS = frozenset({"LPAR", "LSQB"})


@frozen
class Lexed:
    """The tokens of a text, comments and line ends included but not spaces, and what could not be read."""

    tokens: tuple[Token, ...]
    diagnostics: tuple[Diagnostic, ...]


class Lexer:
    """A reader for the shapes and words of the language; holds no state of any text."""

    def __init__(self, shapes: Iterable[TerminalDef], words: Keywords) -> None:
        named = (f"(?P<{shape.name}>{shape.pattern.to_regexp()})" for shape in shapes if shape.pattern is not None)
        self._pattern = re.compile("|".join(named))
        self._words = words
        self._known: dict[str, str] = dict(words.by_spelling)

    def lex(self, source: SourceText) -> Lexed:
        """Read the whole of *source*."""
        tokens: list[Token] = []
        found = mistakes.unseen_characters(source_from_text(source.text, source.name)[1], source.name)
        unseen = {diagnostic.at.start for diagnostic in found if diagnostic.at}
        text, name, position, match = source.text, source.name, 0, self._pattern.match
        while position < len(text):
            seen = match(text, position)
            if seen is None:
                if position not in unseen:
                    found.append(mistakes.unexpected_character(source, position))
                position += 1
                continue
            shape = seen.lastgroup or ""
            end = seen.end()
            if shape == "SPACE":
                position = end
                continue
            written = text[position:end]
            if shape == "NAME":
                shape, written = self._word(text, position, written, tokens)
                if shape == "":
                    shape = "NAME"
                    found.append(mistakes.name_needs_brackets(written, Span(name, position, end)))
            elif shape == "BRACKETED":
                shape = "NAME"
            elif shape == "THOUSANDS":
                shape, written, problem = self._number_with_comma(source, position, written, tokens)
                if problem is not None:
                    found.append(problem)
            tokens.append(Token(shape, written, name, position))
            position += len(written)
        return Lexed(tuple(tokens), tuple(found))

    def _word(self, text: str, position: int, written: str, tokens: list[Token]) -> tuple[str, str]:
        """Return the kind of a word and how much of *written*, or more for a phrase, belongs to it; "" if it is no name."""
        if tokens and tokens[-1].type == "DOT" and written in self._words.attributes:
            return self._words.attributes[written], written
        phrase = self._words.phrases.get(written)
        if phrase is not None:
            rest = phrase.match(text, position + len(written))
            if rest is not None:
                whole = written + rest.group()
                return self._words.by_spelling[" ".join(whole.split())], whole
        known = self._known.get(written)
        if known is not None:
            return known, written
        return self._unknown_word(written)

    def _unknown_word(self, written: str) -> tuple[str, str]:
        before = self._words.before_digits.match(written)
        if before is not None:
            return self._words.by_spelling[before.group()], before.group()
        folded = normalise_name(written)
        kind = self._words.by_spelling.get(folded) or ("NAME" if is_name(folded) else "")
        self._known[written] = kind
        return kind, written

    @staticmethod
    def _number_with_comma(
        source: SourceText, position: int, written: str, tokens: list[Token]
    ) -> tuple[str, str, Diagnostic | None]:
        """Tell `[10,100]`, two numbers, from `1,000`, which is refused."""
        first, *others = re.split("[,，]", written)
        after = source.text[position + len(written) : position + len(written) + 1]
        opened = bool(tokens) and tokens[-1].type in _OPENERS
        call = opened and len(tokens) > 1 and _touches_word(tokens[-2], tokens[-1])
        pair = len(others) == 1 and others[0][0] not in "0０" and after in tuple(")]）］") and not call
        if first in ("0", "０") or (opened and pair):
            return "DIGITS", first, None
        return "DIGITS", written, mistakes.number_with_comma(source, position, written)


def _touches_word(word: Token, bracket: Token) -> bool:
    return word.end == bracket.start and word.type != "ONE_OF" and word.text[-1].isalnum()
