"""Which columns a table of results has: their names, what stands in them, and how it is written.

They follow from the ruleset alone (and from whether the data can have overrides), so that any two tables of one ruleset
can be put under one another. Names and order are those of `perfrules.writers.csv_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final, TypeAlias

from attrs import evolve, frozen

from perfrules.batch.results import NumberForm
from perfrules.evaluate.places import places_of
from perfrules.evaluate.result import Status
from perfrules.evaluate.sections import IndicatorStatus
from perfrules.ir.plan import Node, Plan, Role
from perfrules.lang.exact import Exact
from perfrules.lang.kind_classes import is_numeric
from perfrules.lang.kinds import Choice, Date, Grade, Kind, Level, Lights, YesNo
from perfrules.model.options import LIGHTS
from perfrules.tables.results.written import Days, Texts, Words, Written, YesOrNo, numbers_written
from perfrules.writers.rubric_codes import codes_of, lit_codes_of

Forms: TypeAlias = Callable[[str], NumberForm]
"""How the numbers of a node can be written."""

NO_NUMBER: Final = NumberForm(scale=1, low=Exact(0), high=Exact(0))
"""Of a number that there never is."""


class What(Enum):
    """What stands in a column; where there are several such columns, their `key` tells whose."""

    STATUS = "status"
    TOTAL = "total"
    TOTAL_LO = "total.lo"
    TOTAL_HI = "total.hi"
    GRADE = "grade"
    SCORE = "indicator"
    SCORE_STATUS = "indicator status"
    LIGHT = "light"
    DECISION = "decision"
    ALERT = "alert"
    OUTPUT = "output"
    FLAG = "flag"
    VETOES = "vetoes"
    LEFT_OUT = "left_out"
    PROBLEMS = "problems"


@frozen(kw_only=True)
class ResultColumn:
    """One value of a result: *name* is its heading (of a number in two parts, without `.numerator`), *node* where it is
    read (None: it is not one node's value).
    """

    name: str
    what: What
    key: str = ""
    node: str | None = None
    written: Written


def result_columns(plan: Plan, forms: Forms, entity: str) -> tuple[ResultColumn, ...]:
    """Return the columns beside that of the entities, which is headed *entity*.

    A heading that an earlier column has gets in front what the column holds (`output.total`).
    """
    taken, found = {entity}, []
    for column in _columns(plan, forms):
        named = column if column.name not in taken else evolve(column, name=f"{_section(column)}.{column.name}")
        taken.add(named.name)
        found.append(named)
    return tuple(found)


def _columns(plan: Plan, forms: Forms) -> Iterator[ResultColumn]:
    nodes = {node.id: node for node in plan.nodes}
    yield _own(What.STATUS, Words(tuple(status.value for status in Status)))
    yield from _total(nodes.get("rounded total") or nodes.get("total"), forms)
    if plan.grades:
        yield evolve(_own(What.GRADE, Words(plan.grades)), node="grade")
    yield from _indicators(plan, forms)
    for outline in plan.decisions:
        yield _named(What.DECISION, outline.name, outline.node, YesOrNo())
    for outline in plan.alerts:
        yield _named(What.ALERT, outline.name, outline.node, Words(LIGHTS))
    for outline in plan.outputs:
        yield _named(What.OUTPUT, outline.name, outline.node, _of_kind(nodes[outline.node], forms))
    for name in plan.flags:
        yield _named(What.FLAG, name, f"flag.{name}", YesOrNo())
    for what in (What.VETOES, What.LEFT_OUT, What.PROBLEMS):
        yield _own(what, Texts())


def _total(node: Node | None, forms: Forms) -> Iterator[ResultColumn]:
    written = numbers_written(NO_NUMBER if node is None else forms(node.id))
    for what in (What.TOTAL, What.TOTAL_LO, What.TOTAL_HI):
        yield evolve(_own(what, written), node=None if node is None else node.id)


def _indicators(plan: Plan, forms: Forms) -> Iterator[ResultColumn]:
    items = places_of(plan).items
    for code in codes_of(plan):
        final = items[code].nodes[Role.FINAL]
        yield _named(What.SCORE, code, final, numbers_written(forms(final)))
        status = _named(What.SCORE_STATUS, code, final, Words(tuple(each.value for each in IndicatorStatus)))
        yield evolve(status, name=f"{code}.status")
    for code in lit_codes_of(plan):
        light = _named(What.LIGHT, code, items[code].nodes[Role.LIGHT], Words(LIGHTS))
        yield evolve(light, name=f"{code}.light")


def _own(what: What, written: Written) -> ResultColumn:
    return ResultColumn(name=what.value, what=what, written=written)


def _named(what: What, name: str, node: str, written: Written) -> ResultColumn:
    return ResultColumn(name=name, what=what, key=name, node=node, written=written)


def _section(column: ResultColumn) -> str:
    """Return what to put before a heading that is taken."""
    return column.what.value if column.key else "result"


def _of_kind(node: Node, forms: Forms) -> Written:
    kind: Kind = node.kind
    if is_numeric(kind):
        return numbers_written(forms(node.id))
    match kind:
        case YesNo():
            return YesOrNo()
        case Date():
            return Days()
        case Lights():
            return Words(LIGHTS)
        case Choice(options) | Grade(options) | Level(options):
            return Words(options) if options else Texts()
    return Texts()
