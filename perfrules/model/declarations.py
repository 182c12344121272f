"""The declarations of a ruleset: units, names, inputs, calendar, period. The way into the stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.result_shape import ResultShape
from perfrules.lang.units import UnitTable
from perfrules.model.calendar_file import read_calendar
from perfrules.model.checks.duplicate_names import duplicate_names
from perfrules.model.checks.look_alike_names import look_alike_names
from perfrules.model.collector import Problems
from perfrules.model.declared import Declared
from perfrules.model.duplicates import Firsts
from perfrules.model.indicator_names import collect_indicators, collect_lets
from perfrules.model.inputs import input_declaration, table_declaration
from perfrules.model.names import Names
from perfrules.model.other_results import results_symbol
from perfrules.model.resources import ReadResource, no_resources
from perfrules.model.symbols import (
    AlertSymbol,
    InputSymbol,
    OutputSymbol,
    ParameterSymbol,
    PlainSymbol,
    ScheduleSymbol,
    TableSymbol,
)
from perfrules.model.units import declared_units, kind_of_type
from perfrules.syntax.ast.clauses import Indicator, Let, Round, RoundSubject
from perfrules.syntax.ast.declarations import (
    Alert,
    Decision,
    Effective,
    Grades,
    Holidays,
    Input,
    OtherResults,
    Output,
    Parameter,
    Schedule,
    Table,
    UnitDeclaration,
)
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.text import Span

_Item = TypeVar("_Item", bound=Item)
_NO_OTHERS: Final[Mapping[str, ResultShape]] = MappingProxyType({})


def declare(
    tree: Ruleset,
    problems: Problems,
    read_resource: ReadResource = no_resources,
    others: Mapping[str, ResultShape] = _NO_OTHERS,
) -> Declared:
    """Collect everything that *tree* declares; what is declared twice or cannot be is reported.

    *others* has what can be read of other rulesets' results, by the name that *tree* gives them.
    """
    units = declared_units(list(_of(tree, UnitDeclaration)), problems)
    names = _names(tree, units, problems, others)
    for diagnostic in (*duplicate_names(names), *look_alike_names(names)):
        problems.report(diagnostic)
    return Declared(
        units=units,
        names=names,
        inputs=_inputs(names),
        calendar=read_calendar(list(_of(tree, Holidays)), read_resource, problems),
        period=_period(tree),
        read_resource=read_resource,
    )


def _of(tree: Ruleset, wanted: type[_Item]) -> Iterator[_Item]:
    return (item for item in tree.items if isinstance(item, wanted))


def _inputs(names: Names) -> tuple[InputDeclaration, ...]:
    return tuple(
        each.declaration
        for each in names.plain.values()
        if isinstance(each, InputSymbol | TableSymbol) and each.declaration.external is None
    )


def _period(tree: Ruleset) -> tuple[date, date] | None:
    return next(((item.start, item.end) for item in _of(tree, Effective)), None)


def _names(tree: Ruleset, units: UnitTable, problems: Problems, others: Mapping[str, ResultShape]) -> Names:
    found, top = collect_indicators(list(_of(tree, Indicator)), problems)
    collect_lets(_of(tree, Let), "", found, problems)
    plain = _plain(tree, units, problems, others)
    grades = next(_of(tree, Grades), None)
    firsts = Firsts("grade", problems)
    return Names(
        plain=plain,
        lets=found.lets,
        indicators=found.indicators,
        by_suffix=found.by_suffix,
        top=top,
        outputs=_outputs(tree, units, problems),
        grades=tuple(line.name.text for line in grades.lines if firsts.is_first(line.name)) if grades else (),
        rounds_total=any(item.subject is RoundSubject.TOTAL for item in _of(tree, Round)),
        has_calendar=any(True for _ in _of(tree, Holidays)),
        decisions=_decisions(tree, problems),
        alerts=_alerts(tree, problems),
    )


def _plain(
    tree: Ruleset, units: UnitTable, problems: Problems, others: Mapping[str, ResultShape]
) -> dict[str, PlainSymbol]:
    firsts = Firsts("input", problems)
    plain: dict[str, PlainSymbol] = {}
    for item in tree.items:
        if isinstance(item, Input | Table | Parameter | Schedule) and firsts.is_first(item.name, _word(item)):
            plain[item.name.text] = _symbol(item, units, problems)
        elif isinstance(item, OtherResults) and firsts.is_first(item.name, "results"):
            plain[item.name.text] = results_symbol(item, others, problems)
    return plain


def _word(item: Input | Table | Parameter | Schedule) -> str:
    return type(item).__name__.lower()


def _symbol(item: Input | Table | Parameter | Schedule, units: UnitTable, problems: Problems) -> PlainSymbol:
    name, span = item.name.text, item.name.span
    match item:
        case Input():
            return InputSymbol(name=name, span=span, declaration=input_declaration(item, units, problems))
        case Table():
            firsts = Firsts("column", problems)
            for field in item.fields:
                firsts.is_first(field.name)
            return TableSymbol(name=name, span=span, declaration=table_declaration(item, units, problems))
    kind = kind_of_type(item.type, units, problems)
    if isinstance(item, Parameter):
        return ParameterSymbol(name=name, span=span, kind=kind, tree=item)
    return ScheduleSymbol(name=name, span=span, kind=kind, tree=item)


def _alerts(tree: Ruleset, problems: Problems) -> dict[str, AlertSymbol]:
    firsts = Firsts("alert", problems)
    return {
        item.name.text: AlertSymbol(
            name=item.name.text,
            span=item.name.span,
            title=item.title.value if item.title else None,
            colours=tuple(light.colour.value for light in item.lights),
        )
        for item in _of(tree, Alert)
        if firsts.is_first(item.name)
    }


def _outputs(tree: Ruleset, units: UnitTable, problems: Problems) -> dict[str, OutputSymbol]:
    firsts = Firsts("output", problems)
    return {
        item.name.text: OutputSymbol(
            name=item.name.text,
            span=item.name.span,
            kind=kind_of_type(item.type, units, problems),
            tree=item,
        )
        for item in _of(tree, Output)
        if firsts.is_first(item.name)
    }


def _decisions(tree: Ruleset, problems: Problems) -> Mapping[str, Span]:
    firsts = Firsts("decision", problems)
    return {item.name.text: item.name.span for item in _of(tree, Decision) if firsts.is_first(item.name)}
