"""The words of rubric documents: those of explanations for rules, our own for what stands around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from perfrules.diagnostics.catalogue import translator
from perfrules.explain.blank import blank_reading
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Listed, Part, Phrase, Statement
from perfrules.explain.words import say
from perfrules.ir.plan import OutlineItem, Plan

DOMAIN: Final = "rubrics"


@frozen(eq=False)
class Speaker:
    """A plan of which nothing is known but the rules, told in one language."""

    plan: Plan
    language: str
    reading: Reading

    def word(self, key: str, **args: str) -> str:
        """Return a word or sentence of our own."""
        return translator(self.language, DOMAIN).text(key, args)

    def tell(self, part: Part, owner: OutlineItem | None = None) -> str:
        """Write a part of an explanation; the full marks of *owner* are simply the full marks."""
        return say(part if owner is None else self._of_owner(part, owner), self.language)

    def node(self, id_: str) -> str:
        """Write what a node of the plan is made of."""
        return self.tell(in_words(self.reading, self.reading.root(id_)))

    def listed(self, parts: Iterable[str]) -> str:
        """Join texts as the language lists them."""
        return say(Listed(tuple(parts)), self.language)

    def name(self, item: OutlineItem) -> str:
        """Return code and title of an indicator."""
        return f"{item.short} {item.title}" if item.title else item.short

    def _of_owner(self, part: Part, owner: OutlineItem) -> Part:
        match part:
            case Statement("of-indicator.full", args) if dict(args)["indicator"] == (owner.title or owner.code):
                return self.word("full")
            case Statement(key, args):
                return Statement(key, tuple((name, self._of_owner(each, owner)) for name, each in args))
            case Phrase(parts):
                return Phrase(tuple(self._of_owner(each, owner) for each in parts))
            case Listed(parts):
                return Listed(tuple(self._of_owner(each, owner) for each in parts))
        return part


def speaker_of(plan: Plan, language: str) -> Speaker:
    """Prepare to tell *plan* in *language*."""
    return Speaker(plan, language, blank_reading(plan))
