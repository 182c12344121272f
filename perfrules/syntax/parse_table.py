"""The parse table as plain values: what to do in each state with each kind of token, and what each rule makes.

Made of lark's analysis once per grammar; from then on lark is not needed. A number from 0 is a state to go to, -1 - n
stands for rule n that is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from attrs import define, field

Build = Callable[[list[Any]], Any]
"""Makes a tree of what a rule matched."""

END: Final = "$END"
"""The kind of token that stands behind the last one."""


class Rule(NamedTuple):
    """A rule of the grammar: how many parts it has, and which function makes a tree of them.

    *build* is None where the tree is that of the only part. *absent* are the places at which None is put for an
    optional part, in order; *spliced* are the parts that are lists and give each of their members.
    """

    origin: str
    size: int
    build: Build | None
    absent: tuple[int, ...]
    spliced: frozenset[int]


@define
class ParseTable:
    """The states by number, the rules by number, and where each kind of piece begins and ends.

    *risen* remembers, by the state below, what a state becomes before a kind of token, when all rules complete there
    that make nothing; it grows while parsing, and holds only what follows from the rest.
    """

    states: list[dict[str, int]]
    rules: list[Rule]
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    risen: dict[tuple[int, int, str], int] = field(factory=dict)


def listed(children: list[Any]) -> list[Any]:
    """Return the members of a list that a rule with a star or a plus collects."""
    return children


def table_of(plain: Mapping[str, Any], builds: Mapping[str, Build]) -> ParseTable:
    """Return the table that `plain_table` wrote; *builds* are the functions by name."""
    rows = plain["rows"]
    return ParseTable(
        [rows[row] for row in plain["states"]],
        [
            Rule(origin, size, _build(name, builds), tuple(absent), frozenset(spliced))
            for origin, size, name, absent, spliced in plain["rules"]
        ],
        plain["starts"],
        plain["ends"],
    )


def _build(name: str | None, builds: Mapping[str, Build]) -> Build | None:
    if name is None:
        return None
    return listed if name == "" else builds[name]
