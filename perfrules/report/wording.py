"""The words a report is made of: its own, and those of explanations."""

from __future__ import annotations

from attrs import frozen

from perfrules.diagnostics.catalogue import translator
from perfrules.explain.page import Page
from perfrules.explain.statement import Part
from perfrules.lang.exact import Exact

_NOTHING = "-"
"""What a catalogue holds for nothing at all: an empty message would be its key."""
_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")
_UNBROKEN = 10**6
"""The width that explanations are written to: their lines are not broken, the page does that."""


@frozen
class Wording:
    """The words of a report in one language (`en` or `zh`)."""

    language: str

    def __call__(self, key: str, **args: str) -> str:
        """Write a message of the report; a key without one is a mistake of ours."""
        words = translator(self.language, "report")
        if not words.has(key):
            raise KeyError(f"no message {key}")
        text = words.text(key, args)
        return "" if text == _NOTHING else text

    def status(self, status: str) -> str:
        """Write the status of a result or of an indicator."""
        return self(f"status.{status}")

    def numbered(self, number: int) -> str:
        """Write the number before the title of a part.

        >>> Wording("en").numbered(3), Wording("zh").numbered(12)
        ('3. ', '十二、')
        """
        return f"{number}. " if self.language == "en" else f"{_numeral(number)}、"

    @property
    def page(self) -> Page:
        """The page that explanations are written on."""
        return Page(self.language, _UNBROKEN)

    def say(self, part: Part) -> str:
        """Write a part of an explanation."""
        return self.page.say(part)

    def number(self, number: Exact | None) -> str:
        """Write a number as explanations do, exactly; one that does not end as a fraction, with what it is near."""
        return self.page.number(number)

    def named(self, code: str, title: str | None) -> str:
        """Write an indicator's short code and its title."""
        short = code.rpartition(".")[2]
        return f"{short} {title}" if title else short


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    before: str = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + _DIGITS[ones]
