"""What an import has to tell, each with its cells: what was read and drafted, what does not hold, what is to decide."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from perfrules.diagnostics.catalogue import translator
from perfrules.explain.statement import Figure
from perfrules.explain.words import say
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import PercentagePoints
from perfrules.rubrics.skeleton.grid import Place

_POINTS: Final = re.compile(r"(\d+(?:\.\d+)?)pp")


class Part(StrEnum):
    """Which part of the report a finding belongs to."""

    READ = "read"
    DRAFTED = "drafted"
    WRONG = "wrong"
    PERSON = "person"


@frozen
class Finding:
    """One thing to tell: a key of the catalogue, its arguments, the cells it is about."""

    part: Part
    key: str
    places: tuple[Place, ...] = ()
    args: tuple[tuple[str, str], ...] = field(factory=tuple)

    def text(self, language: str) -> str:
        """Tell it in one line: the cells, then the sentence."""
        words = translator(language, "rubrics")
        args = {name: worded(value, language) for name, value in self.args}
        said = words.text(f"import.{self.key}", args)
        if not self.places:
            return said
        between = words.text("import.between-cells")
        return words.text("import.at", {"cells": between.join(str(place) for place in self.places), "said": said})


def worded(value: str, language: str) -> str:
    """Write an argument as people read it: a word of the catalogue, percentage points with their unit.

    >>> worded("1pp", "zh"), worded("5%", "zh")
    ('1个百分点', '5%')
    """
    words = translator(language, "rubrics")
    points = _POINTS.fullmatch(value)
    if points is not None:
        return say(Figure(Exact(points[1]) / 100, PercentagePoints()), language)
    return words.text(value) if words.has(value) else value


def read(key: str, *places: Place, **args: str) -> Finding:
    """Tell what was read."""
    return Finding(Part.READ, key, places, tuple(sorted(args.items())))


def drafted(key: str, *places: Place, **args: str) -> Finding:
    """Tell what was drafted."""
    return Finding(Part.DRAFTED, key, places, tuple(sorted(args.items())))


def wrong(key: str, *places: Place, **args: str) -> Finding:
    """Tell what does not hold in the file itself, which the ruleset repeats as it is."""
    return Finding(Part.WRONG, key, places, tuple(sorted(args.items())))


def person(key: str, *places: Place, **args: str) -> Finding:
    """Tell what a person must decide or mend."""
    return Finding(Part.PERSON, key, places, tuple(sorted(args.items())))
