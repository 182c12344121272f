"""Expressions: from the grammar's rules to `ast.expressions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from perfrules.diagnostics.arguments import Word as WordOf
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep
from perfrules.syntax.ast.expressions import (
    Aggregate,
    AggregateFunction,
    Attribute,
    Binary,
    BinaryOperator,
    Call,
    CaseExpression,
    ColourWord,
    Conditional,
    DateLiteral,
    Expression,
    ExpressionCase,
    Inside,
    IsState,
    NamedArgument,
    Number,
    NumberForm,
    OneOf,
    Previous,
    Quantity,
    Range,
    Reference,
    Reserved,
    RoundTo,
    StateWord,
    Trim,
    Unary,
    UnaryOperator,
    Word,
    YesNo,
)
from perfrules.syntax.ast.tree import Name
from perfrules.syntax.fold.pieces import (
    Children,
    Refused,
    day_of,
    digits_of,
    exact_of,
    keyword_name,
    not_a_number,
    number,
    span_of,
    syntax_error,
    twice_stated,
    unexpected_expression,
    whole_of,
)
from perfrules.syntax.token import Token, kinds
from perfrules.text import Span

BINARY = {
    "OR": BinaryOperator.OR,
    "AND": BinaryOperator.AND,
    "EQUAL": BinaryOperator.EQUAL,
    "UNEQUAL": BinaryOperator.UNEQUAL,
    "LESS_SIGN": BinaryOperator.LESS,
    "AT_MOST_SIGN": BinaryOperator.AT_MOST,
    "GREATER_SIGN": BinaryOperator.GREATER,
    "AT_LEAST_SIGN": BinaryOperator.AT_LEAST,
    "PLUS_SIGN": BinaryOperator.PLUS,
    "MINUS_SIGN": BinaryOperator.MINUS,
    "TIMES": BinaryOperator.TIMES,
    "SLASH": BinaryOperator.DIVIDED_BY,
    "OF": BinaryOperator.OF,
    "CARET": BinaryOperator.POWER,
}
_UNARY = {"MINUS_SIGN": UnaryOperator.MINUS, "NOT": UnaryOperator.NOT}


def plain_number(c: Children) -> Number:
    """`12`."""
    return number(c[0], NumberForm.PLAIN, c[0].span)


def percentage(c: Children) -> Number:
    """`95%`."""
    return number(c[0], NumberForm.PERCENT, c[0].span)


def percentage_points(c: Children) -> Number:
    """`2pp`."""
    return number(c[0], NumberForm.PERCENTAGE_POINTS, span_of(c))


def points_number(c: Children) -> Number:
    """`5 points`."""
    return number(c[0], NumberForm.POINTS, span_of(c))


def quantity(c: Children) -> Quantity:
    """`5 workdays`."""
    return Quantity(value=exact_of(c[0]), digits=digits_of(c[0]), unit=c[1], span=span_of(c))


def date_literal(c: Children) -> DateLiteral:
    """`2024-01-31`."""
    return DateLiteral(value=day_of(c[0]), span=c[0].span)


def yes_no(c: Children) -> YesNo:
    """`yes`."""
    return YesNo(value=c[0].type == "YES", span=c[0].span)


def reserved(c: Children) -> Reserved:
    """`full`."""
    return Reserved(word=Word[c[0].type], span=c[0].span)


def colour_word(c: Children) -> ColourWord:
    """`red` where a light is compared."""
    return ColourWord(colour=keyword_name(c).text, span=c[0].span)


def previous(c: Children) -> Previous:
    """`previous(total)`, `previous(A1.measure)`."""
    value: Expression = c[2]
    named = value.word in _OF_RESULTS if isinstance(value, Reserved) else isinstance(value, Reference)
    if not named:
        raise Refused(unexpected_expression(value.span, (Word.TOTAL, Word.ROUNDED_TOTAL, Word.GRADE, WordOf("name"))))
    return Previous(value=value, span=span_of(c))


_OF_RESULTS = frozenset({Word.TOTAL, Word.ROUNDED_TOTAL, Word.GRADE})


def parenthesised(c: Children) -> Expression:
    """`(a + b)`: the tree needs no brackets, but its span has them."""
    inner: Expression = evolve(c[1], span=span_of(c))
    return inner


def path_start(c: Children) -> tuple[Name, ...]:
    """`A`."""
    return (c[0],)


def path_more(c: Children) -> tuple[Name, ...]:
    """`A.A1`."""
    return (*c[0], c[2])


def reference(c: Children) -> Reference:
    """`A.A1`."""
    path: tuple[Name, ...] = c[0]
    return Reference(path=path, span=path[0].span if len(path) == 1 else span_of(list(path)))


def reference_attribute(c: Children) -> Reference:
    """`A1.rate`."""
    span = Span(c[2].file, c[0][0].span.start, c[2].end)
    return Reference(path=c[0], attribute=Attribute[c[2].type], span=span)


def unary(c: Children) -> Unary:
    """`-x`, `not x`."""
    return Unary(operator=_UNARY[c[0].type], operand=c[1], span=span_of(c))


def binary(c: Children) -> Binary:
    """`a + b`."""
    return Binary(operator=BINARY[c[1].type], left=c[0], right=c[2], span=span_of(c))


def inside(c: Children) -> Inside:
    """`x in [0, 30)`."""
    return Inside(subject=c[0], choices=c[2], span=span_of(c))


def is_state(c: Children) -> IsState | Unary:
    """`quota is missing`; `quota is not missing` is the tree of `not quota is missing`."""
    asked = IsState(subject=c[0], state=StateWord[c[3].type], span=span_of(c))
    return asked if c[2] is None else Unary(operator=UnaryOperator.NOT, operand=asked, span=asked.span)


def conditional(c: Children) -> Conditional:
    """`if a then b else c`."""
    return Conditional(condition=c[1], then=c[3], otherwise=c[5], span=span_of(c))


def case_expression(c: Children) -> CaseExpression:
    """`cases { when a -> 1; otherwise -> 0 }` where a value is expected."""
    return CaseExpression(cases=tuple(c[2]), span=span_of(c))


def expression_case(c: Children) -> ExpressionCase:
    """`when a -> 1`."""
    return ExpressionCase(condition=c[1], value=c[3], span=span_of(c))


def expression_otherwise(c: Children) -> ExpressionCase:
    """`otherwise -> 0`."""
    return ExpressionCase(condition=None, value=c[2], span=span_of(c))


def range_(c: Children) -> Range:
    """`[80%, 90%)`."""
    return Range(
        low=c[1],
        high=c[3],
        low_closed=c[0].type == "LSQB",
        high_closed=c[4].type == "RSQB",
        span=span_of(c),
    )


def one_of(c: Children) -> OneOf:
    """`one of (a, b)`."""
    return OneOf(options=tuple(c[2:-1:2]), span=span_of(c))


def call(c: Children) -> Call:
    """`days(a, b)`, `mof.common.execution(spent, budget: revised)`."""
    *library, function = c[0]
    positional, named = _arguments(c[2] or ())
    span = span_of([*c[0], *c[1:]])
    return Call(function=function, arguments=positional, named=named, library=tuple(library), span=span)


def shared_call(c: Children) -> Call:
    """`max(a, b)`, which shares its word with an aggregate."""
    if c[0].type not in _ALSO_FUNCTIONS:
        raise Refused(syntax_error(c[-1], ("for", "across entities")))
    positional, named = _arguments(c[2])
    return Call(function=keyword_name(c), arguments=positional, named=named, span=span_of(c))


def named_argument(c: Children) -> NamedArgument:
    """`budget: revised`."""
    return NamedArgument(name=c[0], value=c[2], span=span_of(c))


def _arguments(written: Sequence[Any]) -> tuple[tuple[Expression, ...], tuple[NamedArgument, ...]]:
    """Return the arguments without a name and those with one, which stand behind."""
    named = tuple(each for each in written if isinstance(each, NamedArgument))
    behind = written[: len(written) - len(named)]
    late = next((each for each in written[len(behind) :] if not isinstance(each, NamedArgument)), None)
    if late is not None:
        raise Refused(unexpected_expression(late.span, (WordOf("name"),)))
    return tuple(behind), named


_ALSO_FUNCTIONS = kinds("SUM COUNT MEAN MIN MAX MEDIAN SHARE ANY ALL")


def round_to(c: Children) -> RoundTo:
    """`round(x to 2 decimals half up)`."""
    return RoundTo(operand=c[2], rounding=c[4][0], span=span_of(c))


RoundingAt = tuple[Rounding, Token]


def rounding_decimals(c: Children) -> RoundingAt:
    """`2 decimals half up`."""
    places = whole_of(c[1])
    return Rounding(Mode[c[3].type], Decimals(places if c[0] is None else -places)), c[3]


def rounding_significant(c: Children) -> RoundingAt:
    """`3 significant digits half even`."""
    digits = whole_of(c[0])
    if digits < 1:
        raise not_a_number(c[0])
    return Rounding(Mode[c[2].type], Significant(digits)), c[2]


def rounding_step(c: Children) -> RoundingAt:
    """`0.5 half up`."""
    step = exact_of(c[0])
    if step <= 0:
        raise not_a_number(c[0])
    return Rounding(Mode[c[1].type], ToStep(step / 100 if c[0].type == "PERCENTAGE" else step)), c[1]


def aggregate(c: Children) -> Aggregate:
    """`sum(p.amount for p in projects …)`."""
    return _aggregate(c, {"body": c[2], "variable": c[4], "table": c[6]}, c[7:-1])


def aggregate_count(c: Children) -> Aggregate:
    """`count(p in projects …)`."""
    if c[0].type != "COUNT":
        raise Refused(syntax_error(c[3], ("for",)))
    return _aggregate(c, {"variable": record_variable(c[2], c[3]), "table": c[4]}, c[5:-1])


def _aggregate(c: Children, bound: dict[str, Any], parts: Children) -> Aggregate:
    return Aggregate(function=AggregateFunction[c[0].type], **bound, **parts_once(parts), span=span_of(c))


def record_variable(subject: Expression, word: Token) -> Name:
    """Return the name before `in`, which binds a record."""
    if isinstance(subject, Reference) and len(subject.path) == 1 and subject.attribute is None:
        return subject.path[0]
    raise Refused(syntax_error(word, ("[", "one of")))


def parts_once(parts: Children) -> dict[str, Any]:
    """Return parts that may come in any order, each at most once; a part is (its first token, field, value)."""
    seen: dict[str, Any] = {}
    for token, key, value in parts:
        if key in seen:
            raise twice_stated(token)
        seen[key] = value
    return seen


Part = tuple[Token, str, Any]


def part_where(c: Children) -> Part:
    """`where p.done`."""
    return c[1], "where", c[2]


def part_skipping(c: Children) -> Part:
    """`skipping missing`."""
    return c[1], "skipping_missing", True


def part_trim(c: Children) -> Part:
    """`drop 1 high 1 low when at least 5`."""
    trim = Trim(high=whole_of(c[2]), low=whole_of(c[4]), at_least=whole_of(c[8]), span=span_of(c[1:]))
    return c[1], "trim", trim


def part_quorum(c: Children) -> Part:
    """`quorum 3`."""
    return c[1], "quorum", whole_of(c[2])


def part_empty(c: Children) -> Part:
    """`empty -> 0`."""
    return c[1], "empty", state_or_tree(c[3])


def state_or_tree(written: Any) -> Any:
    """Return the state a token writes, and a tree as it is."""
    return StateWord[written.type] if isinstance(written, Token) else written
