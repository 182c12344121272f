"""What a ruleset declares beside its indicators: from the grammar's rules to `ast.declarations`."""

from __future__ import annotations

from typing import Any

from perfrules.syntax.ast.declarations import (
    Alert,
    Ceiling,
    Check,
    ChoiceType,
    DatedValue,
    Deadline,
    Decision,
    Effective,
    Entity,
    GradeLine,
    Grades,
    GroupValue,
    Holidays,
    Input,
    OtherResults,
    Output,
    Parameter,
    PlainType,
    Schedule,
    Stage,
    Table,
    Total,
    TypeWord,
    UnitDeclaration,
    UnitType,
    WrittenAs,
)
from perfrules.syntax.ast.scoring import Between, CurvePoint, Records
from perfrules.syntax.fold.expressions import Part, parts_once, record_variable
from perfrules.syntax.fold.pieces import Children, day_of, optional_text, span_of, text_of, twice_stated, whole_of

_PLAIN_TYPES = {
    "NUMBER": PlainType.NUMBER,
    "PERCENT_SIGN": PlainType.PERCENT,
    "PP": PlainType.PERCENTAGE_POINTS,
    "POINTS": PlainType.POINTS,
    "TEXT": PlainType.TEXT,
    "DATE": PlainType.DATE,
}


def effective(c: Children) -> Effective:
    """`effective 2021-01-01 to 2021-12-31`."""
    return Effective(start=day_of(c[1]), end=day_of(c[3]), span=span_of(c))


def entity(c: Children) -> Entity:
    """`entity department "Department"`."""
    return Entity(name=c[1], title=optional_text(c[2]), span=span_of(c))


def total(c: Children) -> Total:
    """`total 100 points capped`, `base 100 points`."""
    last, limits = c[2] or (None, {})
    return Total(value=c[1], base=c[0].type == "BASE", **limits, span=span_of([c[0], c[1], last]))


Limited = tuple[Any, dict[str, Any]]


def ceiling(c: Children) -> Limited:
    """`unbounded`, `capped`."""
    return c[1], {"ceiling": Ceiling[c[1].type]}


def ceiling_at_most(c: Children) -> Limited:
    """`at most 110 points`."""
    return c[2], {"ceiling": Ceiling.AT_MOST, "at_most": c[2]}


def ceiling_between(c: Children) -> Limited:
    """`between 0 and 110`."""
    return c[4], {"between": Between(low=c[2], high=c[4], span=span_of(c[1:]))}


def type_word(c: Children) -> TypeWord:
    """`number`, `%`, `pp`, `points`, `text`, `date`."""
    return TypeWord(plain=_PLAIN_TYPES[c[0].type], span=c[0].span)


def type_yes_no(c: Children) -> TypeWord:
    """`yes/no`."""
    return TypeWord(plain=PlainType.YES_NO, span=span_of(c))


def type_unit(c: Children) -> UnitType:
    """`万元`, `万元/persons`."""
    return UnitType(unit=c[0], per=c[2], span=span_of(c))


def type_choice(c: Children) -> ChoiceType:
    """`one of (central, western)`."""
    return ChoiceType(options=tuple(c[2]), span=span_of(c))


def input_(c: Children) -> Input:
    """`input spent "Spent this year" : 万元 decimals 6 in [0, 10_000_000]`."""
    span = span_of([*c[:5], c[-1][0] if len(c) > 5 else None])
    return Input(name=c[1], title=optional_text(c[2]), type=c[4], **parts_once(c[5:]), span=span)


def part_decimals(c: Children) -> Part:
    """`decimals 6`."""
    return c[1], "decimals", whole_of(c[2])


def part_range(c: Children) -> Part:
    """`in [0, 100]`."""
    return c[1], "range", c[2]


def part_optional(c: Children) -> Part:
    """`optional`."""
    return c[1], "optional", True


def part_source(c: Children) -> Part:
    """`source "Ledger"`."""
    return c[1], "source", text_of(c[2])


def part_written_as(c: Children) -> Part:
    """`written as ratio`."""
    return c[1], "written_as", WrittenAs[c[1].type.removeprefix("WRITTEN_AS_")]


def table(c: Children) -> Table:
    """`table projects "Projects" { input amount : 万元 … }`."""
    title = optional_text(c[2])
    optional = c[3] is not None
    span = span_of([c[0], c[6]])
    return Table(name=c[1], title=title, fields=tuple(c[5]), optional=optional, span=span)


def parameter(c: Children) -> Parameter:
    """`param pass_mark "Pass mark" by (level, scope) : % = 60% "Notice"`."""
    last, value = c[7]
    by = tuple(c[4] or ())
    return Parameter(name=c[1], title=optional_text(c[2]), by=by, type=c[6], **value, span=span_of([c[0], last]))


ParameterValue = tuple[Any, dict[str, Any]]


def parameter_one(c: Children) -> ParameterValue:
    """`= 60% "Notice 2018/12"`."""
    return c[2] or c[1], {"value": c[1], "cite": optional_text(c[2])}


def parameter_block(c: Children) -> ParameterValue:
    """`{ from 2019-01-01 -> 60% … }`, `{ central -> 3; otherwise -> 2 }`."""
    return c[2], {"value": tuple(c[1])}


def parameter_file(c: Children) -> ParameterValue:
    """`from "privileges.csv"`."""
    return c[1], {"value": None, "file": text_of(c[1])}


def dated_value(c: Children) -> DatedValue:
    """`from 2019-01-01 -> 60% "Notice"`."""
    return DatedValue(start=day_of(c[1]), value=c[3], cite=optional_text(c[4]), span=span_of(c))


def dated_groups(c: Children) -> DatedValue:
    """`from 2019-01-01 { central -> 3; otherwise -> 2 }`."""
    span = span_of([c[0], c[4], c[5]])
    return DatedValue(start=day_of(c[1]), value=tuple(c[3]), cite=optional_text(c[5]), span=span)


def group_value(c: Children) -> GroupValue:
    """`(central, large) -> 3 "Notice"`."""
    first, keys = c[0]
    return GroupValue(keys=tuple(keys), value=c[2], cite=optional_text(c[3]), span=span_of([first, c[2], c[3]]))


def keys_one(c: Children) -> KeysAt:
    """`central`."""
    return c[0], c


def keys_several(c: Children) -> KeysAt:
    """`(central, large)`."""
    return c[0], c[1]


def keys_none(c: Children) -> KeysAt:
    """`otherwise`."""
    return c[0], []


KeysAt = tuple[Any, Children]
"""Where the keys of a value begin, and the keys."""


def unit_declaration(c: Children) -> UnitDeclaration:
    """`unit 户`."""
    return UnitDeclaration(name=c[1], span=span_of(c))


def unit_renamed(c: Children) -> UnitDeclaration:
    """`unit 户 : count`."""
    return UnitDeclaration(name=c[1], base=c[3], span=span_of(c))


def unit_multiple(c: Children) -> UnitDeclaration:
    """`unit 万亩 = 10000 亩`."""
    return UnitDeclaration(name=c[1], factor=c[3], span=span_of(c))


def schedule(c: Children) -> Schedule:
    """`schedule expected : % of month { 4 -> 25%; otherwise -> 0% }`."""
    steps = tuple(step for step in c[9] if isinstance(step, CurvePoint))
    others = [step for step in c[9] if not isinstance(step, CurvePoint)]
    if len(others) > 1:
        raise twice_stated(others[1][0])
    return Schedule(
        name=c[1],
        title=optional_text(c[2]),
        type=c[4],
        parameter=c[6],
        steps=steps,
        otherwise=others[0][1] if others else None,
        linear=c[7] is not None,
        span=span_of([c[0], c[10]]),
    )


def schedule_otherwise(c: Children) -> tuple[Any, Any]:
    """`otherwise -> 0%`."""
    return c[0], c[2]


def holidays(c: Children) -> Holidays:
    """`holidays from "cn-2024.csv"`."""
    return Holidays(file=text_of(c[2]), span=span_of(c))


def grades_of(c: Children) -> Grades:
    """`grades of rounded total { … }`."""
    return Grades(stage=Stage[c[1].type], lines=tuple(c[3]), span=span_of([c[0], c[4]]))


def grades(c: Children) -> Grades:
    """`grades { … }`: the stage is left out."""
    return Grades(stage=None, lines=tuple(c[2]), span=span_of([c[0], c[3]]))


def grade_line(c: Children) -> GradeLine:
    """`优 >= 90`."""
    return GradeLine(name=c[0], edge=c[1], span=span_of(c))


def decision(c: Children) -> Decision:
    """`decision tighten "…" when grade = 差 within 10 workdays after notice otherwise suspend`."""
    return Decision(name=c[1], title=optional_text(c[2]), condition=c[4], deadline=c[5], span=span_of(c))


def deadline(c: Children) -> Deadline:
    """`within 10 workdays after warned otherwise suspend`."""
    return Deadline(length=c[2], event=c[4], otherwise=c[6], span=span_of(c[1:]))


def alert(c: Children) -> Alert:
    """`alert progress "Progress" { red when rate < 60%; otherwise green }`."""
    return Alert(name=c[1], title=optional_text(c[2]), lights=tuple(c[4]), span=span_of([c[0], c[5]]))


def output(c: Children) -> Output:
    """`output take_back "Money to take back" : 万元 = allotted - spent`."""
    return Output(name=c[1], title=optional_text(c[2]), type=c[4], value=c[6], span=span_of(c))


def check(c: Children) -> Check:
    """`check warning d in districts: d.part <= d.whole "Parts"`."""
    title = optional_text(c[6])
    return Check(condition=c[4], title=title, records=c[2], warning=c[1] is not None, span=span_of(c))


def checked_records(c: Children) -> Records:
    """`d in districts where d.counted`."""
    return Records(variable=record_variable(c[0], c[1]), table=c[2], where=c[5], span=span_of(c))


def other_results(c: Children) -> OtherResults:
    """`results projects from pinghu.project version "2021" by department`."""
    span = span_of([*c[:3], *c[3], *c[4:]])
    return OtherResults(name=c[1], ruleset=c[3], version=optional_text(c[5]), by=c[7], span=span)
