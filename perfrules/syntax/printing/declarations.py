"""What a ruleset declares beside its indicators as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from perfrules.syntax.ast.declarations import (
    Alert,
    Check,
    ChoiceType,
    DatedValue,
    Decision,
    Effective,
    Entity,
    Grades,
    GroupValue,
    Holidays,
    Input,
    InputType,
    OtherResults,
    Output,
    Parameter,
    PlainType,
    Schedule,
    Table,
    Total,
    TypeWord,
    UnitDeclaration,
    UnitType,
)
from perfrules.syntax.ast.expressions import ColourWord
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.printing.clauses import lights
from perfrules.syntax.printing.expressions import SUM, colour_word, expression, range_, unit
from perfrules.syntax.printing.scoring import between, curve_point, edge, records
from perfrules.syntax.printing.voice import Voice, block, grouped, name, path, text, title, version

Declaration = (
    Effective
    | Entity
    | Total
    | Input
    | Table
    | Parameter
    | UnitDeclaration
    | Schedule
    | Holidays
    | Grades
    | Decision
    | Alert
    | Output
    | Check
    | OtherResults
)


def declaration(tree: Declaration, voice: Voice) -> str:
    """Return one declaration."""
    match tree:
        case Input():
            return input_(tree, voice)
        case Table() | Parameter() | Schedule():
            return _with_block(tree, voice)
        case Grades() | Decision() | Alert() | Output():
            return _result(tree, voice)
        case Effective(start=start, end=end):
            return f"{voice.word('EFFECTIVE')} {start.isoformat()} {voice.word('TO')} {end.isoformat()}"
        case Entity():
            return f"{voice.word('ENTITY')} {name(tree.name)}{title(tree.title)}"
        case Total():
            return _total(tree, voice)
        case UnitDeclaration():
            return _unit_declaration(tree, voice)
        case Holidays(file=file):
            return f"{voice.word('HOLIDAYS')} {voice.word('FROM')} {text(file)}"
        case Check():
            return _check(tree, voice)
        case OtherResults():
            return _other_results(tree, voice)
        case _:
            assert_never(tree)


def input_(tree: Input, voice: Voice) -> str:
    """Return `input spent "Spent this year" : 万元 decimals 6 in [0, 100]`."""
    parts = [voice.word("INPUT"), name(tree.name) + title(tree.title), ":", type_(tree.type, voice)]
    if tree.decimals is not None:
        parts.append(f"{voice.word('DECIMALS')} {tree.decimals}")
    if tree.range is not None:
        parts.append(f"{voice.word('IN')} {range_(tree.range, voice)}")
    if tree.written_as is not None:
        parts.append(voice.word(f"WRITTEN_AS_{tree.written_as.name}"))
    if tree.optional:
        parts.append(voice.word("OPTIONAL"))
    if tree.source is not None:
        parts.append(f"{voice.word('SOURCE')} {text(tree.source)}")
    return " ".join(parts)


def type_(tree: InputType, voice: Voice) -> str:
    """Return `%`, `万元/persons`, `one of (a, b)`."""
    match tree:
        case TypeWord(plain=PlainType.PERCENT):
            return "%"
        case TypeWord(plain=PlainType.PERCENTAGE_POINTS):
            return voice.word("PP")
        case TypeWord(plain=PlainType.YES_NO):
            return f"{voice.word('YES')}/{voice.word('NO')}"
        case TypeWord(plain=plain):
            return voice.member(plain)
        case UnitType(unit=above, per=below):
            return unit(above, voice) + ("" if below is None else f"/{unit(below, voice)}")
        case ChoiceType(options=options):
            return f"{voice.word('ONE_OF')} ({_keys(options, voice)})"
        case _:
            assert_never(tree)


def _keys(keys: Sequence[Name | Text | ColourWord], voice: Voice) -> str:
    return ", ".join(_key(key, voice) for key in keys)


def _key(key: Name | Text | ColourWord, voice: Voice) -> str:
    match key:
        case Name():
            return name(key)
        case Text():
            return text(key)
        case ColourWord():
            return colour_word(key, voice)
        case _:
            assert_never(key)


def _total(tree: Total, voice: Voice) -> str:
    parts = [voice.word("BASE" if tree.base else "TOTAL"), expression(tree.value, voice, SUM)]
    if tree.ceiling is not None:
        parts.append(voice.member(tree.ceiling))
    if tree.at_most is not None:
        parts.append(expression(tree.at_most, voice, SUM))
    if tree.between is not None:
        parts.append(between(tree.between, voice))
    return " ".join(parts)


def _unit_declaration(tree: UnitDeclaration, voice: Voice) -> str:
    head = f"{voice.word('UNIT')} {name(tree.name)}"
    if tree.base is not None:
        return f"{head} : {unit(tree.base, voice)}"
    return head if tree.factor is None else f"{head} = {expression(tree.factor, voice, SUM)}"


def _with_block(tree: Table | Parameter | Schedule, voice: Voice) -> str:
    match tree:
        case Table(fields=fields):
            head = f"{voice.word('TABLE')} {name(tree.name)}{title(tree.title)}"
            head += f" {voice.word('OPTIONAL')}" if tree.optional else ""
            return block(head, [input_(field, voice) for field in fields])
        case Parameter():
            return _parameter(tree, voice)
        case Schedule():
            head = f"{voice.word('SCHEDULE')} {name(tree.name)}{title(tree.title)} : {type_(tree.type, voice)}"
            lines = [curve_point(step, voice) for step in tree.steps]
            if tree.otherwise is not None:
                lines.append(f"{voice.word('OTHERWISE')} -> {expression(tree.otherwise, voice)}")
            linear = f" {voice.word('LINEAR')}" if tree.linear else ""
            return block(f"{head} {voice.word('OF')} {name(tree.parameter)}{linear}", lines)
        case _:
            assert_never(tree)


def _parameter(tree: Parameter, voice: Voice) -> str:
    groups = f" {voice.word('BY')} {grouped(tree.by)}" if tree.by else ""
    head = f"{voice.word('PARAM')} {name(tree.name)}{title(tree.title)}{groups} : {type_(tree.type, voice)}"
    if tree.file is not None:
        return f"{head} {voice.word('FROM')} {text(tree.file)}"
    if isinstance(tree.value, tuple):
        return block(head, [_value(value, voice) for value in tree.value])
    return head if tree.value is None else f"{head} = {expression(tree.value, voice)}{title(tree.cite)}"


def _value(tree: DatedValue | GroupValue, voice: Voice) -> str:
    match tree:
        case GroupValue(keys=keys):
            listed = f"({_keys(keys, voice)})" if len(keys) > 1 else _keys(keys, voice) or voice.word("OTHERWISE")
            return f"{listed} -> {expression(tree.value, voice)}{title(tree.cite)}"
        case DatedValue(start=start, value=value):
            head = f"{voice.word('FROM')} {start.isoformat()}"
            if isinstance(value, tuple):
                return block(head, [_value(group, voice) for group in value]) + title(tree.cite)
            return f"{head} -> {expression(value, voice)}{title(tree.cite)}"
        case _:
            assert_never(tree)


def _result(tree: Grades | Decision | Alert | Output, voice: Voice) -> str:
    match tree:
        case Grades(stage=stage, lines=lines):
            of = voice.word("GRADES") if stage is None else f"{voice.word('GRADES_OF')} {voice.member(stage)}"
            return block(of, [f"{name(line.name)} {edge(line.edge, voice)}" for line in lines])
        case Decision():
            return _decision(tree, voice)
        case Alert():
            return block(f"{voice.word('ALERT')} {name(tree.name)}{title(tree.title)}", lights(tree.lights, voice))
        case Output():
            head = f"{voice.word('OUTPUT')} {name(tree.name)}{title(tree.title)} : {type_(tree.type, voice)}"
            return f"{head} = {expression(tree.value, voice)}"
        case _:
            assert_never(tree)


def _decision(tree: Decision, voice: Voice) -> str:
    head = f"{voice.word('DECISION')} {name(tree.name)}{title(tree.title)} {voice.word('WHEN')}"
    written = f"{head} {expression(tree.condition, voice)}"
    if tree.deadline is None:
        return written
    length = f"{voice.word('WITHIN')} {expression(tree.deadline.length, voice, SUM)}"
    event = f"{voice.word('AFTER')} {name(tree.deadline.event)}"
    return f"{written} {length} {event} {voice.word('OTHERWISE')} {name(tree.deadline.otherwise)}"


def _check(tree: Check, voice: Voice) -> str:
    warning = f" {voice.word('WARNING')}" if tree.warning else ""
    of = "" if tree.records is None else f" {records(tree.records, voice)}:"
    return f"{voice.word('CHECK')}{warning}{of} {expression(tree.condition, voice)}{title(tree.title)}"


def _other_results(tree: OtherResults, voice: Voice) -> str:
    written = f"{voice.word('RESULTS')} {name(tree.name)} {voice.word('FROM')} {path(tree.ruleset)}"
    by = "" if tree.by is None else f" {voice.word('BY')} {name(tree.by)}"
    return written + version(tree.version, voice) + by
