"""A plan and data → the columns of a workbook, each with its formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules.diagnostics.catalogue import Translator
from perfrules.ir import expressions as core
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Node, Plan
from perfrules.lang.exact import Exact
from perfrules.prove.survey import Given, Survey, survey
from perfrules.workbook.at import At
from perfrules.workbook.columns import Column, Columns, DataColumn
from perfrules.workbook.forms import FORMS
from perfrules.workbook.formula import Formula
from perfrules.workbook.measured import Measured, Reliance, measured, step_of_numbers
from perfrules.workbook.own_decimals import onto_lattice
from perfrules.workbook.values import Entity
from perfrules.workbook.wording import Wording

_FEWEST = Exact(100)


@frozen(kw_only=True)
class Compiled:
    """All columns, what stands for which node, and what the proofs rely on beside the declarations."""

    columns: Columns
    stands_for: Mapping[str, tuple[str, ...]]
    reliances: tuple[Reliance, ...]


def compile_columns(
    plan: Plan, entities: Sequence[Entity], words: Translator, *, as_of: date | None, one: bool
) -> Compiled:
    """Write the formulas of all nodes of *plan*; *one*: for a workbook of one entity."""
    data = [entity.facts for entity in entities]
    known = measured(plan, data)
    found = survey(plan, known.inputs, Given(as_of=as_of))
    columns = Columns(
        plan=plan,
        words=Wording(plan, words),
        inputs=known.inputs,
        values=found.values,
        one=one,
        as_of=as_of,
        entities=entities,
        most_entities=_most([len(data)]),
        records=_records(plan, data),
    )
    _add_data(columns, data, known)
    stands_for = _write_nodes(columns, found)
    return Compiled(columns=columns, stands_for=stands_for, reliances=known.reliances)


def _most(counts: Sequence[int]) -> Exact:
    power = _FEWEST
    while power < max(counts, default=0):
        power *= 10
    return power


def _records(plan: Plan, data: Sequence[Facts]) -> dict[str, Exact]:
    found: dict[str, Exact] = {}
    for each in plan.inputs:
        if each.fields:
            tables = [facts.values.get(each.name) for facts in data]
            found[each.name] = _most([len(table) for table in tables if isinstance(table, tuple)])
    return found


def _add_data(columns: Columns, data: Sequence[Facts], known: Measured) -> None:
    plan, names, words = columns.plan, columns.names, columns.words
    columns.number = names.free(words.say("name.number"))
    for each in plan.inputs:
        if each.fields:
            columns.key_names[each.name] = names.free(f"{each.name}_{words.say('name.number')}")
            columns.misfits[each.name] = names.free(f"{each.name}_{words.say('name.misfits')}")
            for one in each.fields:
                name = names.free(f"{each.name}_{one.name}")
                columns.data[each.name, one.name, ""] = DataColumn(
                    name=name, source=one.name, declared=one, table=each.name
                )
            continue
        columns.data[None, each.name, ""] = DataColumn(name=names.free(each.name), source=each.name, declared=each)
    for column in _given_by_people(columns, data):
        columns.data[None, column.source, column.part] = column


def _given_by_people(columns: Columns, data: Sequence[Facts]) -> Iterator[DataColumn]:
    words = columns.words
    for judged in columns.plan.judged:
        short = words.short(judged.code)
        marks = [facts.judged[judged.code].mark for facts in data if judged.code in facts.judged]
        step = step_of_numbers([mark for mark in marks if mark is not None])
        level, mark = (columns.names.free(f"{short}_{words.say(f'name.{part}')}") for part in ("level", "mark"))
        yield DataColumn(name=level, source=judged.code, part="level", levels=judged.levels)
        yield DataColumn(name=mark, source=judged.code, part="mark", step=step if any(marks) else Exact(1, 100))
    overridden = {code: None for facts in data for code in facts.overrides}
    for code in overridden:
        values = [facts.overrides[code].value for facts in data if code in facts.overrides]
        name = columns.names.free(f"{words.short(code)}_{words.say('name.override')}")
        yield DataColumn(name=name, source=code, part="override", step=step_of_numbers(values))


def _write_nodes(columns: Columns, found: Survey) -> dict[str, tuple[str, ...]]:
    plan = columns.plan
    named_after = _aliases(columns)
    stands_for: dict[str, list[str]] = {}
    for node in plan.nodes:
        at = At(forms=FORMS, columns=columns, node=node, visit=found.visits.get(node.id))
        written = onto_lattice(at.write(node.expr))
        if written.constant is not None or _is_repeated(node, written, columns):
            columns.nodes[node.id] = written
        else:
            told_as = named_after.get(node.id, node)
            name = columns.names.free(columns.words.node_name(told_as))
            shown = evolve(written, fails=False)
            column = Column(name=name, node=node, formula=shown, expr=node.expr, told_as=told_as)
            columns.nodes[node.id] = columns.add(column)
        stands_for.setdefault(columns.nodes[node.id].text, []).append(node.id)
    return {name: tuple(ids) for name, ids in stands_for.items()}


def _is_repeated(node: Node, written: Formula, columns: Columns) -> bool:
    """Tell whether a node only repeats a cell that is there already; what came from data is shown where it is used."""
    if not written.is_cell:
        return False
    return any(written.text == column.name for column in columns.columns) and not isinstance(node.expr, core.Input)


def _aliases(columns: Columns) -> dict[str, Node]:
    """Return after which node the cell of another is named: the last that only repeats it."""
    nodes = {node.id: node for node in columns.plan.nodes}
    target: dict[str, str] = {}
    for node in columns.plan.nodes:
        expr = node.expr
        if isinstance(expr, core.Overridable) and not columns.has(expr.code, "override"):
            expr = expr.operand
        if isinstance(expr, core.NodeRef) and nodes[expr.id].indicator == node.indicator:
            target[node.id] = target.get(expr.id, expr.id)
    return {first: nodes[last] for last, first in target.items()}
