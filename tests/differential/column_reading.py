"""What columns say of some rows, compared with the evaluator of single entities: every value and state of every node.

A row that columns leave to that evaluator is not compared, but every row that is refused, provisional or told something
about has to be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from perfrules.batch.lowered import Shape
from perfrules.batch.tape import STATES
from perfrules.evaluate import generated
from perfrules.evaluate.against_data import against_data
from perfrules.evaluate.data_checks import check_data
from perfrules.evaluate.numbering import layout_of
from perfrules.evaluate.sections import is_provisional
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from tests.differential.comparing import difference, outcome

SLOWLY = 97
"""One row in so many is evaluated by the reference too."""
_SHAPES = {Fraction: Shape.NUMBER, bool: Shape.TRUTH, str: Shape.TEXT, date: Shape.DATE}


@frozen
class ColumnDifference:
    """What differs: of which ruleset, node and row."""

    what: str
    text: str
    row: object
    detail: object

    def shown(self) -> str:
        """Return all of it, for whoever wants to make it again."""
        return f"{self.what}\n{self.text}\n{self.row}\n{self.detail}"


@frozen(eq=False)
class Reading:
    """What columns say of some rows: by node its values and the codes of its states; the rows they leave to others.

    Numbers and dates are pairs of a numerator and a denominator. *shapes* are said of nodes by a tape only.
    """

    nodes: Mapping[str, tuple[Sequence[Any] | None, Sequence[int] | None]]
    aside: Sequence[bool]
    texts: Mapping[int, str]
    shapes: Mapping[str, Shape] | None = None


@frozen(eq=False)
class Run:
    """One ruleset with rows for it, and where what is exercised is counted."""

    plan: Plan
    text: str
    facts: Sequence[Facts] = field(repr=False)
    counts: Counter[str] = field(repr=False)

    def difference(self, what: str, row: int, detail: object) -> ColumnDifference:
        """Return a difference in a row."""
        return ColumnDifference(what, self.text, self.facts[row], detail)


def compare_reading(run: Run, readings: Mapping[str, Reading]) -> ColumnDifference | None:
    """Compare what columns say, by who reads them, with the evaluator, row by row."""
    ids = {node.id for node in run.plan.nodes}
    for what, reading in readings.items():
        if set(reading.nodes) != ids:
            return run.difference(f"{what}: nodes without columns", 0, ids ^ set(reading.nodes))
    for row, facts in enumerate(run.facts):
        run.counts["pairs"] += 1
        wanted = {what: reading for what, reading in readings.items() if not reading.aside[row]}
        if not wanted:
            run.counts["rows aside"] += 1
            continue
        found = _compare_row(run, wanted, row, facts)
        if found is not None:
            return found
    return None


def _compare_row(run: Run, readings: Mapping[str, Reading], row: int, facts: Facts) -> ColumnDifference | None:
    trace = outcome(generated.evaluate_nodes, run.plan, facts)
    if isinstance(trace, type):
        return run.difference(f"{list(readings)}: a row that is not put aside raises", row, trace)
    told = _told(run.plan, facts, trace)
    if told is not None:
        return run.difference(f"{list(readings)}: a row that is not put aside is told something", row, told)
    for id_, placed in layout_of(run.plan).roots.items():
        state = trace.state(placed.slot)
        value = trace.value(placed.slot) if state is None else None
        for what, reading in readings.items():
            wrong = _wrong(reading, id_, row, state, value)
            if wrong is not None:
                return run.difference(f"{what}: {id_}", row, wrong)
            run.counts["cells"] += 1
    if run.counts["pairs"] % SLOWLY == 0:
        slow = difference(run.plan, facts)
        if slow is not None:
            return run.difference("the evaluators of single entities", row, slow)
    return None


def _told(plan: Plan, facts: Facts, trace: Trace) -> object:
    """Return why a row is not simply final."""
    problems = (*against_data(plan, facts, trace), *check_data(plan, facts))
    return problems or ("provisional" if is_provisional(plan, trace) else None)


def _wrong(reading: Reading, id_: str, row: int, state: State | None, value: object) -> object:
    """Return what is expected and what is found, where they differ."""
    values, states = reading.nodes[id_]
    found_state = STATES[states[row]] if states is not None else None
    if state is not found_state:
        return state, found_state
    if state is not None:
        return None
    if values is None or not _same(value, values[row], reading.texts):
        return value, None if values is None else values[row]
    if reading.shapes is not None and reading.shapes[id_] is not _SHAPES[type(value)]:
        return value, reading.shapes[id_]
    return None


def _same(expected: object, found: Any, texts: Mapping[int, str]) -> bool:
    match expected:
        case Fraction():
            return bool(expected.numerator * found[1] == found[0] * expected.denominator)
        case bool():
            return expected is found
        case date():
            return bool(expected.toordinal() * found[1] == found[0])
    return texts.get(found) == expected
