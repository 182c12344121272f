"""Expressions as text, with no brackets but those the tree needs."""

from __future__ import annotations

from typing import Final, assert_never

from perfrules.lang.exact import as_text
from perfrules.lang.rounding import Decimals, Rounding, Significant, ToStep
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.expressions import (
    Aggregate,
    Argument,
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
    Unary,
    UnaryOperator,
    YesNo,
)
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.printing.across import across, trim
from perfrules.syntax.printing.voice import Voice, block, name, path, text, when
from perfrules.syntax.token import kinds

ANY: Final = 0
"""Where a whole expression may stand."""
SUM: Final = 5
"""Where a sum may stand, but no comparison, `and`, `or`, `not` or `if`."""
_COMPARISON: Final = 4
_PREFIX_MINUS: Final = 7
_ATOM: Final = 9
_TIGHTNESS: Final = {
    BinaryOperator.OR: 1,
    BinaryOperator.AND: 2,
    BinaryOperator.PLUS: SUM,
    BinaryOperator.MINUS: SUM,
    BinaryOperator.TIMES: 6,
    BinaryOperator.DIVIDED_BY: 6,
    BinaryOperator.OF: 6,
    BinaryOperator.POWER: 8,
}
_WORDS: Final = frozenset({BinaryOperator.OR, BinaryOperator.AND, BinaryOperator.OF})
_SHARED: Final = kinds("SUM COUNT MEAN MIN MAX MEDIAN SHARE ANY ALL")


def expression(tree: Expression, voice: Voice, at_least: int = ANY) -> str:
    """Return *tree* as text, in brackets if it binds less tightly than *at_least*."""
    written = _bare(tree, voice)
    return written if tightness(tree) >= at_least else f"({written})"


def tightness(tree: Expression) -> int:
    """Return how tightly the outermost operator of *tree* binds."""
    match tree:
        case Binary(operator=operator):
            return _TIGHTNESS.get(operator, _COMPARISON)
        case Unary(operator=operator):
            return 3 if operator is UnaryOperator.NOT else _PREFIX_MINUS
        case Inside() | IsState():
            return _COMPARISON
        case Conditional() | CaseExpression():
            return ANY
        case Argument(value=value):
            return tightness(value)
        case _:
            return _ATOM


def _bare(tree: Expression, voice: Voice) -> str:
    match tree:
        case Number():
            return number(tree, voice)
        case Quantity(digits=digits, unit=unit_):
            return f"{digits} {unit(unit_, voice)}"
        case Text():
            return text(tree)
        case DateLiteral(value=value):
            return value.isoformat()
        case YesNo(value=value):
            return voice.word("YES" if value else "NO")
        case Reserved(word=word):
            return voice.member(word)
        case ColourWord():
            return colour_word(tree, voice)
        case Reference():
            return reference(tree, voice)
        case Argument(value=value):
            return _bare(value, voice)
        case Unary() | Binary() | Inside() | IsState() | Conditional() | CaseExpression():
            return _operation(tree, voice)
        case Call() | RoundTo() | Aggregate() | Across() | Previous():
            return _call(tree, voice)
        case _:
            assert_never(tree)


def colour_word(tree: ColourWord, voice: Voice) -> str:
    """Return `red`."""
    return voice.word(tree.colour.upper())


def number(tree: Number, voice: Voice) -> str:
    """Return `12`, `95%`, `2pp`, `5 points`."""
    match tree.form:
        case NumberForm.PLAIN:
            return tree.digits
        case NumberForm.PERCENT:
            return f"{tree.digits}%"
        case NumberForm.PERCENTAGE_POINTS:
            return tree.digits + voice.word("PP")
        case NumberForm.POINTS:
            return voice.counted(tree.digits, "POINTS")
        case _:
            assert_never(tree.form)


def unit(tree: Name, voice: Voice) -> str:
    """Return the name of a unit; `count` shares its word with an aggregate."""
    return voice.word("COUNT") if tree.text == "count" else name(tree)


def reference(tree: Reference, voice: Voice) -> str:
    """Return `A1.rate`."""
    attribute = "" if tree.attribute is None else f".{voice.member(tree.attribute)}"
    return path(tree.path) + attribute


def _operation(tree: Unary | Binary | Inside | IsState | Conditional | CaseExpression, voice: Voice) -> str:
    match tree:
        case Unary(operator=UnaryOperator.NOT, operand=IsState(subject=subject, state=state)):
            return f"{expression(subject, voice, SUM)} {voice.word('IS')} {voice.word('NOT')} {voice.member(state)}"
        case Unary(operator=UnaryOperator.NOT, operand=operand):
            return f"{voice.word('NOT')} {expression(operand, voice, 3)}"
        case Unary(operand=operand):
            return f"-{expression(operand, voice, _PREFIX_MINUS)}"
        case Binary():
            return _binary(tree, voice)
        case Inside(subject=subject, choices=choices):
            listed = range_(choices, voice) if isinstance(choices, Range) else one_of(choices, voice)
            return f"{expression(subject, voice, SUM)} {voice.word('IN')} {listed}"
        case IsState(subject=subject, state=state):
            return f"{expression(subject, voice, SUM)} {voice.word('IS')} {voice.member(state)}"
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            words = (("IF", condition), ("THEN", then), ("ELSE", otherwise))
            return " ".join(f"{voice.word(word)} {expression(part, voice)}" for word, part in words)
        case CaseExpression(cases=cases):
            return block(voice.word("CASES"), [_case(case, voice) for case in cases])
        case _:
            assert_never(tree)


def _case(tree: ExpressionCase, voice: Voice) -> str:
    condition = None if tree.condition is None else expression(tree.condition, voice)
    return f"{when(condition, voice)} -> {expression(tree.value, voice)}"


def _binary(tree: Binary, voice: Voice) -> str:
    own = tightness(tree)
    if tree.operator is BinaryOperator.POWER:
        left, right = _ATOM, _PREFIX_MINUS
    elif own == _COMPARISON:
        left = right = SUM
    else:
        left, right = own, own + 1
    sign = voice.member(tree.operator) if tree.operator in _WORDS else tree.operator.value
    return f"{expression(tree.left, voice, left)} {sign} {expression(tree.right, voice, right)}"


def range_(tree: Range, voice: Voice) -> str:
    """Return `[80%, 90%)`."""
    opener, closer = "[" if tree.low_closed else "(", "]" if tree.high_closed else ")"
    return f"{opener}{expression(tree.low, voice)}, {expression(tree.high, voice)}{closer}"


def one_of(tree: OneOf, voice: Voice) -> str:
    """Return `one of (中, 差)`."""
    return f"{voice.word('ONE_OF')} ({', '.join(expression(option, voice) for option in tree.options)})"


def call(tree: Call, voice: Voice) -> str:
    """Return `execution(spent, budget: revised)`, as an indicator is made of it."""
    arguments = [expression(argument, voice) for argument in tree.arguments]
    arguments += [f"{name(each.name)}: {expression(each.value, voice)}" for each in tree.named]
    return f"{path((*tree.library, tree.function))}({', '.join(arguments)})"


def _value_call(tree: Call, voice: Voice) -> str:
    """Return a call where a value is expected: there `max(a, b)` is a function's name and an aggregate's word."""
    function = tree.function.text
    shared = function.isascii() and function.islower() and function.upper() in _SHARED
    if not shared or tree.library or not (tree.arguments or tree.named):
        return call(tree, voice)
    return f"{voice.word(function.upper())}{call(tree, voice).removeprefix(path((tree.function,)))}"


def _call(tree: Call | RoundTo | Aggregate | Across | Previous, voice: Voice) -> str:
    match tree:
        case Call():
            return _value_call(tree, voice)
        case Previous(value=value):
            return f"{voice.word('PREVIOUS')}({expression(value, voice)})"
        case Across():
            return across(tree, voice, lambda part: state_or_expression(part, voice))
        case RoundTo(operand=operand, rounding=rounded):
            words = (expression(operand, voice), voice.word("TO"), rounding(rounded, voice))
            return f"{voice.word('ROUND')}({' '.join(words)})"
        case Aggregate():
            return f"{voice.member(tree.function)}({_aggregated(tree, voice)})"
        case _:
            assert_never(tree)


def _aggregated(tree: Aggregate, voice: Voice) -> str:
    bound = f"{name(tree.variable)} {voice.word('IN')} {name(tree.table)}"
    parts = [bound if tree.body is None else f"{expression(tree.body, voice)} {voice.word('FOR')} {bound}"]
    if tree.where is not None:
        parts.append(f"{voice.word('WHERE')} {expression(tree.where, voice)}")
    if tree.skipping_missing:
        parts.append(voice.word("SKIPPING_MISSING"))
    if tree.trim is not None:
        parts.append(trim(tree.trim, voice))
    if tree.quorum is not None:
        parts.append(f"{voice.word('QUORUM')} {tree.quorum}")
    if tree.empty is not None:
        parts.append(f"{voice.word('EMPTY')} -> {state_or_expression(tree.empty, voice)}")
    return " ".join(parts)


def state_or_expression(tree: Expression | StateWord, voice: Voice, at_least: int = ANY) -> str:
    """Return a state's word, or an expression."""
    return voice.member(tree) if isinstance(tree, StateWord) else expression(tree, voice, at_least)


def rounding(tree: Rounding, voice: Voice) -> str:
    """Return `2 decimals half up`."""
    mode = voice.member(tree.mode)
    match tree.target:
        case Decimals(count):
            return f"{voice.counted(str(count), 'DECIMALS')} {mode}"
        case Significant(digits):
            return f"{voice.counted(str(digits), 'SIGNIFICANT_DIGITS')} {mode}"
        case ToStep(step):
            return f"{as_text(step)} {mode}"
