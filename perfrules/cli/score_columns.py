"""What a table of scores shows of each entity, column by column: all that its ruleset answers, from left to right.

The marks of the indicators at the top (of one without marks its light, or what it measures), the total, the grade, then
alerts, the decisions that hold, flags and outputs. What is still open is shown as what it can be, `82 … 90`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from perfrules.diagnostics.catalogue import translator
from perfrules.evaluate.result import Result
from perfrules.ir.plan import Node, OutlineItem, Plan, ResultOutline, Role
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import (
    Grade,
    Kind,
    Lights,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    is_numeric,
)
from perfrules.lang.rounding import Decimals, Mode, Rounding, round_exact
from perfrules.lang.states import State

NOTHING: Final = "—"
_UNITS: Final[dict[type[Kind], str]] = {Percent: "%", Ratio: "%", PercentagePoints: "unit.pp"}
_NEAR: Final = Rounding(Mode.HALF_UP, Decimals(4))
_NEAR_HUNDREDTHS: Final = Rounding(Mode.HALF_UP, Decimals(2))


@frozen
class Column:
    """One column: numbers stand at its right; *lights* are the words that are lights, with their colours."""

    heading: str
    cells: tuple[str, ...]
    is_number: bool = False
    lights: tuple[tuple[str, str], ...] = ()


@frozen(eq=False)
class _Reader:
    """The results to be shown, and the language to show them in."""

    plan: Plan
    results: Sequence[Result]
    lang: str

    def word(self, key: str, **args: str) -> str:
        """Write what stands around results."""
        return translator(self.lang, "cli").text(f"score.{key}", args)

    def term(self, key: str) -> str:
        """Write a light, a state, yes or no."""
        return translator(self.lang, "explain").text(f"word.{key}")

    def column(self, heading: str, read: Callable[[Result], str], *, is_number: bool = False) -> Column:
        """Read one cell of each result; there is nothing to read of a refused one."""
        cells = tuple(NOTHING if result.trace is None else read(result) for result in self.results)
        return Column(heading, cells, is_number)

    def values(self, heading: str, node: Node) -> Column:
        """Show the values of a node."""
        unit = _unit(node.kind, self.lang) if isinstance(node.kind, Quantity) else ""
        titled = self.word("with-unit", heading=heading, unit=unit) if unit else heading
        column = self.column(titled, lambda result: self._value(result, node), is_number=is_numeric(node.kind))
        if not isinstance(node.kind, Lights):
            return column
        lights = tuple((self.term(light), light) for light in ("red", "yellow", "green", "blue"))
        return Column(column.heading, column.cells, lights=lights)

    def _value(self, result: Result, node: Node) -> str:
        assert result.trace is not None
        value: object = result.trace[node.id]
        if value is State.PENDING:
            return self._open(result, node)
        match value:
            case State():
                absent = value is State.EXCLUDED or isinstance(node.kind, Points | Grade)
                return NOTHING if absent else self.term(f"state-{value.value}")
            case bool():
                return self.term("yes" if value else "no")
            case Exact():
                return shown(value, node.kind, self.lang)
            case date():
                return value.isoformat()
        return self.term(str(value)) if isinstance(node.kind, Lights) else str(value)

    def _open(self, result: Result, node: Node) -> str:
        """Show all that an open value can still be."""
        found = result.enclosures.get(node.id)
        if found is not None and found.numbers is not None:
            return _range(found.numbers, node.kind, self.lang)
        if found is not None and found.texts:
            order = {text: place for place, text in enumerate(self.plan.grades)}
            texts = sorted(found.texts, key=lambda text: (order.get(text, len(order)), text))
            return " / ".join(self.term(text) if isinstance(node.kind, Lights) else text for text in texts)
        return self.term("state-pending")


def columns_of(plan: Plan, results: Sequence[Result], lang: str) -> tuple[Column, ...]:
    """Return the columns between the entity and its status."""
    reader = _Reader(plan, results, lang)
    return tuple(_all(reader))


def _all(reader: _Reader) -> Iterator[Column]:
    plan = reader.plan
    nodes = {node.id: node for node in plan.nodes}
    for item in plan.outline:
        yield from _indicator(reader, item)
    total = nodes.get("rounded total") or nodes.get("total")
    if plan.total_full is not None and total is not None:
        yield reader.values(reader.word("total"), total)
    if plan.grades:
        yield reader.values(reader.word("grade"), nodes["grade"])
    for alert in plan.alerts:
        yield reader.values(_title(alert), nodes[alert.node])
    if plan.decisions:
        names = tuple(each.name for each in plan.decisions)
        yield reader.column(reader.word("decisions"), lambda result: _held(reader, names, result.decisions))
    if plan.flags:
        yield reader.column(reader.word("flags"), lambda result: _held(reader, plan.flags, result.flags))
    for output in plan.outputs:
        yield reader.values(_title(output), nodes[output.node])


def _indicator(reader: _Reader, item: OutlineItem) -> Iterator[Column]:
    """Show an indicator's marks and light, or what it measures; nothing of one that only groups others."""
    own = {node.role: node for node in reader.plan.nodes if node.indicator == item.code and node.id[-1] != "~"}
    marks, light = own.get(Role.FINAL), own.get(Role.LIGHT)
    heading = item.title or item.short
    if marks is not None:
        yield reader.values(heading, marks)
    if light is not None:
        yield reader.values(heading if marks is None else reader.word("light", heading=heading), light)
    elif marks is None and Role.MEASURE in own:
        yield reader.values(heading, own[Role.MEASURE])


def _title(outline: ResultOutline) -> str:
    return outline.title or outline.name


def _held(reader: _Reader, names: Sequence[str], held: Mapping[str, bool | None]) -> str:
    """List what holds, and what may still."""
    known = [(name, held.get(name)) for name in names]
    told = [name if value else reader.word("open", name=name) for name, value in known if value is not False]
    return ", ".join(told)


def _unit(kind: Quantity, lang: str) -> str:
    template = translator(lang, "explain").template(f"unit-name.{kind.unit.name}")
    return kind.unit.name if template is None else template.removesuffix("-")


def _range(interval: Interval, kind: Kind, lang: str) -> str:
    low = "…" if interval.lo is None else shown(interval.lo, kind, lang)
    high = "…" if interval.hi is None else shown(interval.hi, kind, lang)
    return low if low == high else f"{low} … {high}"


def shown(value: Exact, kind: Kind | None = None, lang: str = "en") -> str:
    """Write a number for a table: exactly where it terminates within four decimals, else near, with `≈`.

    >>> shown(Exact(15, 2)), shown(Exact(2, 3)), shown(Exact(2, 3), Percent())
    ('7.5', '≈0.6667', '≈66.67%')
    """
    unit = _UNITS.get(type(kind or Number()), "")
    if not unit:
        return _near(value, _NEAR)
    sign = unit if unit == "%" else translator(lang, "explain").text(unit)
    return _near(value * 100, _NEAR_HUNDREDTHS) + sign


def _near(value: Exact, rounding: Rounding) -> str:
    text = as_text(value)
    if "/" not in text and len(text.partition(".")[2]) <= 4:
        return text
    return "≈" + as_text(round_exact(value, rounding))
