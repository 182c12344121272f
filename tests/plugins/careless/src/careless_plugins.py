"""Plug-ins that do not do their part, each in one way, which its name says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from perfrules.ir import expressions as core
from perfrules.plugins import Interval, Parameter, Shown, Signature, Term
from perfrules.plugins.build import add, constant, multiply
from perfrules.plugins.term import term_of

ONE_NUMBER = Signature((Parameter("x", "number"),), "number")


class Method:
    """What they have in common."""

    version = "0.3"
    signature = ONE_NUMBER

    def __init__(self, name: str) -> None:
        self.name = name

    def narrate(self, language: str, values: tuple[Shown, ...], result: Shown) -> str:
        return f"{self.name}: {result}"


class Expands(Method):
    """A method that expands as it is told."""

    def __init__(self, name: str, make: Callable[[Term], Any], signature: Signature = ONE_NUMBER) -> None:
        super().__init__(name)
        self.make, self.signature = make, signature

    def expand(self, arguments: tuple[Term, ...]) -> Any:
        return self.make(*arguments)


class Computes(Method):
    """A method that computes as it is told."""

    def __init__(self, name: str, make: Callable[[Fraction], Any], held: Callable[[Interval], Any]) -> None:
        super().__init__(name)
        self.make, self.held = make, held

    def compute(self, values: tuple[Fraction, ...]) -> Any:
        return self.make(values[0])

    def range(self, ranges: tuple[Interval, ...]) -> Any:
        return self.held(ranges[0])


class SaysNothing:
    """A method without a sentence."""

    name, version, signature = "has_no_narration", "0.3", ONE_NUMBER

    def expand(self, arguments: tuple[Term, ...]) -> Term:
        return arguments[0]


class CannotSay(Expands):
    """A method whose sentence fails."""

    def narrate(self, language: str, values: tuple[Shown, ...], result: Shown) -> str:
        raise KeyError(language)


def same(x: Any) -> Any:
    return x


def fail(x: object) -> Any:
    raise ZeroDivisionError("of all things")


def nested(x: Term) -> Term:
    for _ in range(60):
        x = multiply(constant(2), add(x, constant(1)))
    return x


def in_two_ways(x: Fraction) -> Fraction:
    if x == 3:
        raise ArithmeticError("not three")
    return x


def anywhere(x: Interval) -> Interval:
    return Interval(None, None)


def with_version(method: Expands, version: str) -> Expands:
    method.version = version
    return method


HAS_NO_NARRATION = SaysNothing()
HAS_ANOTHER_NAME = Expands("somebody_else", same)
HAS_ANOTHER_VERSION = with_version(Expands("has_another_version", same), "0.4")
HAS_NO_SUCH_KIND = Expands("has_no_such_kind", same, Signature((Parameter("x", "furlongs"),), "number"))
MAX = Expands("max", same)
FAILS_TO_EXPAND = Expands("fails_to_expand", fail)
ADDS_A_FLOAT = Expands("adds_a_float", lambda x: add(x, constant(0.1)))  # type: ignore[arg-type]  # the mistake
ADDS_POINTS_TO_MONEY = Expands("adds_points_to_money", lambda _: add(constant(1, "points"), constant(1, "万元")))
READS_ANOTHER_INPUT = Expands("reads_another_input", lambda _: term_of(core.Input("secret")))
FORGES_A_FLOAT = Expands("forges_a_float", lambda _: term_of(core.Const(0.5)))  # type: ignore[arg-type]  # the mistake
RETURNS_POINTS = Expands("returns_points", lambda _: constant(1, "万元"))
NESTS_WITHOUT_END = Expands("nests_without_end", nested)
FAILS_AT_THREE = Computes("fails_at_three", in_two_ways, anywhere)
RETURNS_A_FLOAT = Computes("returns_a_float", float, anywhere)
LEAVES_ITS_RANGE = Computes("leaves_its_range", lambda x: x + 1, same)
FORGETS_ITS_RANGE = Computes("forgets_its_range", same, lambda _: (0, 1))
SHRINKS_ITS_RANGE = Computes(
    "shrinks_its_range", same, lambda x: x if x.is_point else Interval(Fraction(0), Fraction(1))
)
FAILS_TO_NARRATE = CannotSay("fails_to_narrate", lambda x: add(x, constant(1)))


class Reader:
    """A reader that yields what it is told, and then fails."""

    version = "0.3"

    def __init__(self, name: str, rows: list[Any], endings: Any) -> None:
        self.name, self.rows, self.endings = name, rows, endings

    def read(self, path: Path) -> Iterator[Any]:
        yield from self.rows
        raise OSError("the disk is gone")


FAILS_TO_READ = Reader("fails_to_read", [{"entity": "a", "x": 1}], (".gone",))
YIELDS_LISTS = Reader("yields_lists", [["a", 1]], (".lists",))
HAS_NO_ENDINGS = Reader("has_no_endings", [], ())
