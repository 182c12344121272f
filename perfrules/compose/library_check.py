"""A library as a ruleset that uses each of its definitions once, with inputs of the types of its parameters.

So a library is checked as strictly as a ruleset. What a parameter has by default is checked as a definition of its
own. Of a definition that takes a table only the names are checked: what columns the table has is known where it is
used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve

from perfrules.compose.load import dotted
from perfrules.compose.misplaced import belongs
from perfrules.compose.rewrite import everything
from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.diagnostics.arguments import Arguments, Word
from perfrules.lang.exact import Exact
from perfrules.lang.units import UnitTable
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.clauses import (
    Amount,
    AmountStyle,
    Clause,
    ExcludedShare,
    Indicator,
    Let,
    ScoreClause,
    SharePolicy,
)
from perfrules.syntax.ast.composition import Definition, DefinitionParameter, TableType
from perfrules.syntax.ast.declarations import Input, InputType, PlainType, TypeWord, UnitType
from perfrules.syntax.ast.ruleset import Item, Library, Ruleset
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span

_WRITTEN: Final = re.compile(r"【[^】]*】|[\w·]+(?:\.[\w·]+)+")
_LARGE: Final = 10**12
_ALL_SIGNS: Final = frozenset({PlainType.NUMBER, PlainType.PERCENTAGE_POINTS, PlainType.POINTS})
_OF_RULESETS_ALONE: Final = frozenset(
    {
        Code.NEVER_CHANGES_TOTAL,
        Code.INPUT_WITHOUT_RANGE,
        Code.CALENDAR_NEEDED,
        Code.CEILING_UNSTATED,
        Code.AS_OF_NEEDED,
    }
)


def with_defaults(tree: Library) -> Library:
    """Return a library that defines each default of a parameter too, as a value of the parameters before it."""
    defaults = (each for definition in _first_of_each(tree) for each in _defaults(definition, tree))
    return evolve(tree, items=(*tree.items, *defaults))


def as_ruleset(tree: Library) -> Ruleset:
    """Return a ruleset in which each definition is used."""
    definitions = _first_of_each(tree)
    checked = [definition for definition in definitions if not _takes_table(definition)]
    used = [item for definition in definitions for item in _used(definition)]
    if any(_has_marks(definition.body) for definition in checked if isinstance(definition.body, tuple)):
        used.append(ExcludedShare(policy=SharePolicy.RESCALE, span=tree.span))
    items: tuple[Item, ...] = tuple(item for item in tree.items if belongs(item, tree))
    return Ruleset(name=tree.name, title=tree.title, version=tree.version, items=(*items, *used), span=tree.span)


def names_only(tree: Library) -> frozenset[str]:
    """Return the definitions of which no more than the names can be checked."""
    definitions = (item for item in tree.items if isinstance(item, Definition))
    return frozenset(each.name.text for each in definitions if _takes_table(each))


def without_those_of_rulesets(found: Iterable[Diagnostic], tree: Library) -> tuple[Diagnostic, ...]:
    """Leave out what is no mistake of a library: that something is not used yet, what only its user can say.

    What is left speaks of parameters by the names that their author gave them.
    """
    declared = {each.span for item in tree.items if isinstance(each := getattr(item, "name", None), Name)}
    names = {
        _full_name(_default_of(each, item), tree): _full_name(item.name, tree)
        for item in tree.items
        if isinstance(item, Definition)
        for each in item.parameters
    }
    tree = with_defaults(tree)
    names |= {
        f"{item.name.text}.{each.name.text}": each.name.text
        for item in tree.items
        if isinstance(item, Definition)
        for each in item.parameters
    }
    return tuple(
        _by_own_names(each, names)
        for each in found
        if each.code not in _OF_RULESETS_ALONE and not (each.code is Code.UNUSED_NAME and each.at in declared)
    )


def _by_own_names(problem: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """Say `budget` for the input that stands for the parameter `budget` of a definition."""

    def own(text: str) -> str:
        return _WRITTEN.sub(lambda seen: names.get(seen.group().strip("【】"), seen.group()), text)

    def owned(args: Arguments) -> dict[str, Argument]:
        return {name: each_own(value) for name, value in args.items()}

    def each_own(value: Argument) -> Argument:
        if isinstance(value, tuple):
            return tuple(own(each) if isinstance(each, str) and not isinstance(each, Word) else each for each in value)
        return own(value) if isinstance(value, str) and not isinstance(value, Word) else value

    fix = problem.fix
    if fix is not None:
        edits = (evolve(edit, new_text=own(edit.new_text)) for edit in fix.edits)
        fix = evolve(fix, edits=tuple(edits), args=owned(fix.args))
    others = tuple(evolve(other, args=owned(other.args)) for other in problem.others)
    return evolve(problem, args=owned(problem.args), others=others, fix=fix)


def _first_of_each(tree: Library) -> tuple[Definition, ...]:
    found: dict[str, Definition] = {}
    for item in tree.items:
        if isinstance(item, Definition):
            found.setdefault(item.name.text, item)
    return tuple(found.values())


def _defaults(definition: Definition, tree: Library) -> Iterator[Definition]:
    for place, parameter in enumerate(definition.parameters):
        if parameter.default is None:
            continue
        named = {piece.text for piece in everything(parameter.default) if isinstance(piece, Name)}
        yield Definition(
            name=_default_of(parameter, definition),
            parameters=tuple(
                evolve(each, default=None) for each in definition.parameters[:place] if each.name.text in named
            ),
            title=None,
            tags=(),
            body=ast.Argument(
                value=parameter.default,
                parameter=parameter.name.text,
                definition=_full_name(definition.name, tree),
                type=parameter.type,
                range=parameter.range,
                span=parameter.default.span,
            ),
            span=definition.span,
        )


def _default_of(parameter: DefinitionParameter, definition: Definition) -> Name:
    return evolve(definition.name, text=f"{definition.name.text}.{parameter.name.text}.default")


def _full_name(name: Name, tree: Library) -> str:
    return f"{dotted(tree.name)}.{name.text}"


def _takes_table(definition: Definition) -> bool:
    return any(isinstance(parameter.type, TableType) for parameter in definition.parameters)


def _used(definition: Definition) -> Iterator[Item]:
    span = definition.name.span
    for parameter in definition.parameters:
        if not isinstance(parameter.type, TableType):
            yield _input(definition, parameter, parameter.type)
    arguments = tuple(
        ast.Reference(path=(_name_of_input(definition, parameter),), span=parameter.name.span)
        for parameter in definition.parameters
    )
    call = ast.Call(function=definition.name, arguments=arguments, span=span)
    if not isinstance(definition.body, tuple):
        yield Let(name=definition.name, value=call, span=span)
        return
    amount = _points(span) if _needs_amount(definition.body) else None
    yield Indicator(code=definition.name, title=definition.title, amount=amount, clauses=(), call=call, span=span)


def _input(definition: Definition, parameter: DefinitionParameter, type_: InputType) -> Input:
    return Input(
        name=_name_of_input(definition, parameter),
        title=None,
        type=_with_unit(type_),
        decimals=parameter.decimals,
        range=parameter.range or _broad(type_, parameter.type.span),
        optional=parameter.optional,
        span=parameter.span,
    )


def _name_of_input(definition: Definition, parameter: DefinitionParameter) -> Name:
    return evolve(parameter.name, text=f"{definition.name.text}.{parameter.name.text}")


def _with_unit(type_: InputType) -> InputType:
    """Return a type that an input can have: of a dimension, its first unit."""
    if not isinstance(type_, UnitType) or type_.per is not None or UnitTable().find(type_.unit.text) is not None:
        return type_
    base = UnitTable().base_of(type_.unit.text)
    return type_ if base is None else evolve(type_, unit=evolve(type_.unit, text=base.name))


def _broad(type_: InputType, span: Span) -> ast.Range | None:
    """Return the range that a parameter is checked in where the author states none."""
    match type_:
        case UnitType():
            low, high = 0, _LARGE
        case TypeWord(plain=PlainType.PERCENT):
            low, high = 0, 10
        case TypeWord(plain=plain) if plain in _ALL_SIGNS:
            low, high = -_LARGE, _LARGE
        case _:
            return None
    percent = isinstance(type_, TypeWord) and type_.plain is PlainType.PERCENT
    form = ast.NumberForm.PERCENT if percent else ast.NumberForm.PLAIN
    if isinstance(type_, TypeWord) and type_.plain is PlainType.PERCENTAGE_POINTS:
        form = ast.NumberForm.PERCENTAGE_POINTS
    return ast.Range(
        low=_number(low, form, span), high=_number(high, form, span), low_closed=True, high_closed=True, span=span
    )


def _number(value: int, form: ast.NumberForm, span: Span) -> ast.Expression:
    number = ast.Number(value=Exact(abs(value)), form=form, digits=str(abs(value)), span=span)
    return ast.Unary(operator=ast.UnaryOperator.MINUS, operand=number, span=span) if value < 0 else number


def _points(span: Span) -> Amount:
    value = ast.Number(value=Exact(10), form=ast.NumberForm.PLAIN, digits="10", span=span)
    return Amount(style=AmountStyle.POINTS, value=value, span=span)


def _has_marks(clauses: tuple[Clause, ...]) -> bool:
    parts = [clause for clause in clauses if isinstance(clause, Indicator)]
    scored = any(isinstance(clause, ScoreClause) for clause in clauses)
    return scored or any(part.amount is not None or _has_marks(part.clauses) for part in parts)


def _needs_amount(clauses: tuple[Clause, ...]) -> bool:
    """Tell whether the user of a definition has to say its full marks: where parts state theirs, those tell."""
    parts = [clause for clause in clauses if isinstance(clause, Indicator)]
    if any(part.amount is not None for part in parts):
        return False
    return any(isinstance(clause, ScoreClause) for clause in clauses)
