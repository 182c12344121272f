"""Files that build on one another: from the grammar's rules to `ast.composition`, and the headers of both kinds."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from perfrules.syntax.ast.clauses import Clause, Indicator
from perfrules.syntax.ast.composition import (
    Definition,
    DefinitionParameter,
    Extends,
    Fill,
    Remove,
    ReplaceIndicator,
    ReplaceItem,
    SetAmount,
    SetParameter,
    TableType,
    Tag,
    Use,
    Was,
)
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.fold.expressions import Part, parts_once
from perfrules.syntax.fold.pieces import Children, Refused, optional_text, span_of, syntax_error, text_of, whole_of
from perfrules.syntax.token import Token


@frozen
class Header:
    """What stands before the block of a file."""

    library: bool
    name: tuple[Name, ...]
    title: Text | None
    version: Text | None
    extends: Extends | None = None


def header(c: Children) -> Header:
    """`ruleset pinghu.department "Title" version "2021" extends …`."""
    return Header(False, c[1], optional_text(c[2]), optional_text(c[4]), c[5])


def library_header(c: Children) -> Header:
    """`library mof.common "Title" version "2020"`."""
    return Header(True, c[1], optional_text(c[2]), optional_text(c[4]))


def extends(c: Children) -> Extends:
    """`extends pinghu.department version "2021" unchanged "9f3ac0de"`."""
    span = span_of([c[0], *c[1], *c[2:]])
    return Extends(name=c[1], version=optional_text(c[3]), unchanged=optional_text(c[5]), span=span)


def use(c: Children) -> Use:
    """`use mof.common version "2020"`, `use plugin gini`."""
    span = span_of([c[0], *c[2], *c[3:]])
    return Use(name=c[2], version=optional_text(c[4]), plugin=c[1] is not None, span=span)


@frozen
class _Declared:
    """A parameter as written, perhaps without a type of its own."""

    name: Name
    own: dict[str, Any]
    default: Expression | None
    last: Any


def definition_parameter(c: Children) -> _Declared:
    """`spent`, which takes the type of the next parameter."""
    return _Declared(c[0], {}, c[2], c[2] or c[0])


def typed_parameter(c: Children) -> _Declared:
    """`budget : money in [1, 100] = 5`."""
    parts = c[3:-2]
    last = c[-1] or (parts[-1][0] if parts else c[2])
    return _Declared(c[0], {"type": c[2], **parts_once(parts)}, c[-1], last)


def table_type(c: Children) -> TableType:
    """`table`."""
    return TableType(span=c[0].span)


def parameter_decimals(c: Children) -> Part:
    """`decimals 6`."""
    return c[0], "decimals", whole_of(c[1])


def parameter_range(c: Children) -> Part:
    """`in [0, 100]`."""
    return c[0], "range", c[1]


def parameter_optional(c: Children) -> Part:
    """`optional`."""
    return c[0], "optional", True


def tag(c: Children) -> Tag:
    """`sector: "交通"`, `"时效"`."""
    return Tag(key=c[0], value=text_of(c[2]), span=span_of(c if c[0] else c[2:]))


def body_clauses(c: Children) -> tuple[tuple[Clause, ...], Token]:
    """`{ measure spent / budget }`."""
    return tuple(c[1] or ()), c[2]


def body_value(c: Children) -> tuple[Expression, Expression]:
    """`= part / whole`."""
    return c[1], c[1]


def definition(c: Children) -> Definition:
    """`define execution(spent, budget : money) "预算执行率" tags ("时效") { … }`."""
    body, last = c[10]
    return Definition(
        name=c[1],
        parameters=_parameters(c[3] or [], c[4]),
        title=optional_text(c[5]),
        tags=tuple(c[8] or ()),
        body=body,
        span=span_of([c[0], last]),
    )


def _parameters(written: list[_Declared], closer: Token) -> tuple[DefinitionParameter, ...]:
    """Return the parameters, each without a type with what the next one declares; the last one must have a type."""
    found: list[DefinitionParameter] = []
    declared: dict[str, Any] = {}
    for each in reversed(written):
        declared = each.own or declared
        if not declared:
            raise Refused(syntax_error(closer, (":",)))
        span = span_of([each.name, each.last])
        found.append(DefinitionParameter(name=each.name, default=each.default, **declared, span=span))
    return tuple(reversed(found))


def fill(c: Children) -> Fill:
    """`fill X { indicator X1 … }`."""
    return Fill(slot=c[1], clauses=tuple(c[3] or ()), span=span_of([c[0], c[4]]))


def was_title(c: Children) -> Was:
    """`was "Staffing" 5 points`."""
    return Was(title=text_of(c[1]), amount=c[2], span=span_of(c))


def was_amount(c: Children) -> Was:
    """`was 5 points`."""
    return Was(amount=c[1], span=span_of(c))


def replace_indicator(c: Children) -> ReplaceIndicator:
    """`replace A.A1 "Staffing" 6 points was "Staff" 5 points { … }`."""
    path: tuple[Name, ...] = c[1]
    before = () if c[4] is None else (c[4],)
    parts = [path[0], *(part for part in c[2:] if not isinstance(part, list))]
    indicator = Indicator(
        code=path[-1],
        title=optional_text(c[2]),
        amount=c[3],
        clauses=(*before, *(c[9] or ())),
        call=c[7],
        span=span_of(parts),
    )
    return ReplaceIndicator(path=path, indicator=indicator, was=c[5], span=span_of([c[0], indicator]))


def replace_item(c: Children) -> ReplaceItem:
    """`replace param pass_mark : % = 65%`."""
    return ReplaceItem(item=c[1], span=span_of(c))


def set_amount(c: Children) -> SetAmount:
    """`set A1 6 points was 5 points`."""
    return SetAmount(path=c[1], amount=c[2], was=c[4], span=span_of([c[0], c[4]]))


def set_parameter(c: Children) -> SetParameter:
    """`set pass_mark = 65% was 60%`."""
    return SetParameter(name=c[1], value=c[3], was=c[5], span=span_of([c[0], c[5]]))


def remove(c: Children) -> Remove:
    """`remove B3 was "Staff" 5 points`."""
    return Remove(path=c[1], was=c[2], span=span_of([c[0], *c[1], c[2]]))
