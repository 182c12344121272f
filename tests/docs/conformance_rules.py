"""The rules of dsl_grammar/conformance as the pages about them need them: trees, constructs, lines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from perfrules.syntax.ast.clauses import Indicator, Remark, Scale
from perfrules.syntax.ast.declarations import Effective, Entity, Holidays, Input, Table, Test, Total, UnitDeclaration
from perfrules.syntax.ast.ruleset import Library, Ruleset
from perfrules.syntax.ast.scoring import Judged
from perfrules.syntax.ast.tree import Tree
from perfrules.syntax.parse import parse
from perfrules.text import source_from_text

FOLDER = Path(__file__).parents[2] / "dsl_grammar" / "conformance" / "rubric-rules"
_FRAME = (Input, Table, Total, Entity, Effective, Remark, Holidays, UnitDeclaration, Scale, Test)


@frozen(kw_only=True)
class Reading:
    """One interpretation of a rule, as a tree with its text."""

    states: str
    tree: Ruleset
    text: str
    library: Library | None
    library_text: str

    @property
    def rule_items(self) -> list[Tree]:
        """What stands in the ruleset beside its frame: indicators, parameters, results, checks and what binds them."""
        return [item for item in self.tree.items if not isinstance(item, _FRAME)]

    @property
    def library_items(self) -> list[Tree]:
        """What the library beside the ruleset, if there is one, declares."""
        return [*self.library.items] if self.library else []

    @property
    def all_lines(self) -> int:
        """Lines of the rule without the frame; a line that only closes braces does not count."""
        of_library = sum(len(lines_of(self.library_text, item)) for item in self.library_items)
        return sum(len(lines_of(self.text, item)) for item in self.rule_items) + of_library

    @property
    def body_lines(self) -> int | None:
        """Lines inside the braces of the outermost indicators; None where there is no indicator."""
        bodies = [item for item in self.rule_items if isinstance(item, Indicator)]
        return sum(max(1, len(lines_of(self.text, body)) - 1) for body in bodies) if bodies else None


@frozen(kw_only=True)
class Rule:
    """One published rule with its readings."""

    id: int
    gloss: str
    method: str
    ambiguity: str
    cases: int
    readings: tuple[Reading, ...]

    @property
    def trees(self) -> Iterator[object]:
        """Everything in the trees of all its readings."""
        for reading in self.readings:
            for item in (*reading.rule_items, *reading.library_items):
                yield from parts_of(item)

    @cached_property
    def kinds(self) -> frozenset[type]:
        """The classes of what its readings are made of."""
        return frozenset(type(part) for part in self.trees)

    @property
    def has_stated_reading(self) -> bool:
        """Whether a reading states something that the words leave open."""
        return any(reading.states for reading in self.readings)

    @property
    def is_judged(self) -> bool:
        """Whether a person decides: by its published method, or in a reading."""
        return self.method == "JUDGE" or Judged in self.kinds

    @property
    def lines(self) -> Fraction:
        """Lines of the rule, the mean over its readings."""
        return Fraction(sum(reading.all_lines for reading in self.readings), len(self.readings))

    @property
    def body_lines(self) -> Fraction | None:
        """Lines of the indicators' bodies, the mean over the readings that have an indicator."""
        found = [reading.body_lines for reading in self.readings if reading.body_lines is not None]
        return Fraction(sum(found), len(found)) if found else None


def parts_of(tree: object) -> Iterator[object]:
    """Go through a tree and all that stands in it."""
    if isinstance(tree, tuple):
        for each in tree:
            yield from parts_of(each)
    elif isinstance(tree, Tree):
        yield tree
        for field in attrs.fields(type(tree)):
            yield from parts_of(getattr(tree, field.name))


def lines_of(text: str, tree: Tree) -> list[str]:
    """List the lines of a tree's text that say something."""
    lines = [line.split("#")[0].strip() for line in text[tree.span.start : tree.span.end].split("\n")]
    return [line for line in lines if line.strip("{} ")]


def all_rules() -> list[Rule]:
    """Read every rule, in the order of their numbers."""
    return [_rule(tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(FOLDER.glob("*.toml"))]


def _rule(data: dict[str, Any]) -> Rule:
    return Rule(
        id=data["id"],
        gloss=data["rule"],
        method=data["method"],
        ambiguity=data["ambiguity"],
        cases=sum(len(reading["case"]) for reading in data["reading"]),
        readings=tuple(_reading(reading) for reading in data["reading"]),
    )


def _reading(data: dict[str, Any]) -> Reading:
    tree = parse(source_from_text(data["source"], data["name"])[0]).tree
    assert isinstance(tree, Ruleset), data["name"]
    library, library_text = None, ""
    for name, text in data.get("files", {}).items():
        beside = parse(source_from_text(text, name)[0]).tree
        if isinstance(beside, Library):
            library, library_text = beside, text
    return Reading(states=data["states"], tree=tree, text=data["source"], library=library, library_text=library_text)
