"""What a pattern makes of a sentence: statements of an indicator, the data they need, what is still to be decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import field, frozen

from perfrules.lang.exact import Exact

PERCENT = "%"
COUNT = "count"
YES_NO = "yes/no"
DAYS = "days"
NUMBER = "number"


@frozen
class Asked:
    """A sentence to draft a rule from: its text folded for matching, the title and the marks of its indicator."""

    text: str
    title: str
    full: Exact | None


@frozen
class Need:
    """Data that a draft reads: a title for it and its unit; in statements `{0}`, `{1}` … stand for its name."""

    title: str
    unit: str


@frozen
class Question:
    """Something the sentence does not say: a key of the catalogue (`import.ask-KEY`) and its arguments."""

    key: str
    args: Mapping[str, str] = field(factory=lambda: MappingProxyType({}))


@frozen(kw_only=True)
class Draft:
    """A rule drafted from a sentence, under the name of its pattern. *lines* are statements of the indicator."""

    pattern: str
    lines: tuple[str, ...]
    needs: tuple[Need, ...]
    questions: tuple[Question, ...] = ()


@frozen
class Pattern:
    """A kind of sentence: its name, and what makes a draft of one (None where the sentence is not of this kind)."""

    name: str
    match: Callable[[Asked], Draft | None]


def question(key: str, **args: str) -> Question:
    """Make a question."""
    return Question(key, MappingProxyType(args))
