"""A formula in the making: its text, how tightly it binds, what is proved about its numbers, which states it can show.

A cell shows a value, or the words of a state; what a formula can show is known before it is written, so that only
those are asked about that can occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.workbook import literals
from perfrules.workbook.near import Near, absolute, either, extreme, of_constant, over, plus, times, turned

ATOM: Final = 9
POWER: Final = 8
SIGN: Final = 7
PRODUCT: Final = 6
SUM: Final = 5
COMPARISON: Final = 3
NO_STATES: Final[frozenset[State]] = frozenset()


@frozen(kw_only=True)
class Formula:
    """*text* without the leading equals sign.

    *constant*: the literal it is. *fails*: it can be an error where the ruleset would not evaluate it. *is_cell*: it
    is one cell, to be repeated without cost. *is_text*: its values are texts. *is_array*: it must be entered as an
    array formula. *is_loose*: states that cannot occur where the ruleset evaluates it were not asked about.
    """

    text: str
    level: int = ATOM
    near: Near | None = None
    states: frozenset[State] = NO_STATES
    constant: Exact | bool | str | date | None = None
    fails: bool = False
    is_cell: bool = False
    is_text: bool = False
    is_array: bool = False
    is_loose: bool = False
    depth: int = 0

    def at_level(self, level: int) -> str:
        """Return the text, in parentheses where it binds less tightly than *level*."""
        return self.text if self.level >= level else f"({self.text})"


def literal(value: Exact | bool | str | date) -> Formula:
    """Write a constant."""
    match value:
        case bool():
            return Formula(text="TRUE" if value else "FALSE", constant=value)
        case str():
            return Formula(text=literals.text(value), constant=value, is_text=True)
        case date():
            return Formula(text=literals.day(value), constant=value, near=of_constant(Exact(literals.serial(value))))
        case _:
            written = literals.number(value)
            level = PRODUCT if "/" in written else SIGN if value < 0 else ATOM
            return Formula(text=written, level=level, constant=value, near=of_constant(value))


def call(name: str, *parts: Formula | str) -> Formula:
    """Call a function."""
    texts = [part if isinstance(part, str) else part.text for part in parts]
    return made(f"{name}({','.join(texts)})", ATOM, [part for part in parts if isinstance(part, Formula)])


def made(text: str, level: int, parts: Sequence[Formula]) -> Formula:
    """Make a formula of *parts*, which tell whether it can fail and how deep it is."""
    return Formula(
        text=text,
        level=level,
        fails=any(part.fails for part in parts),
        is_array=any(part.is_array for part in parts),
        is_loose=any(part.is_loose for part in parts),
        depth=1 + max((part.depth for part in parts), default=0),
    )


def number_of(part: Formula) -> Near:
    """Return what is known of a number; nothing where nothing was said."""
    return part.near or Near()


def constant_number(part: Formula) -> Exact | None:
    """Return the number a literal is."""
    found = part.constant
    return found if isinstance(found, Exact) else None


def add(parts: Sequence[Formula]) -> Formula:
    """Add numbers; zeros are left out."""
    left = [part for part in parts if constant_number(part) != 0]
    if not left:
        return literal(Exact(0))
    result = left[0]
    for part in left[1:]:
        result = _two(result, part, 1)
    return result


def subtract(first: Formula, second: Formula) -> Formula:
    """Subtract; zero is left out."""
    if constant_number(second) == 0:
        return first
    if constant_number(first) == 0:
        return negate(second)
    below = constant_number(second)
    return _two(first, second, -1) if below is None or below > 0 else _two(first, literal(-below), 1)


def _two(first: Formula, second: Formula, sign: int) -> Formula:
    x, y = constant_number(first), constant_number(second)
    if x is not None and y is not None:
        return literal(x + sign * y)
    text = f"{first.at_level(SUM)}{'+' if sign > 0 else '-'}{second.at_level(SUM + 1)}"
    return evolve(made(text, SUM, [first, second]), near=plus(number_of(first), number_of(second), sign))


def negate(part: Formula) -> Formula:
    """Return the opposite number."""
    known = constant_number(part)
    if known is not None:
        return literal(-known)
    return evolve(made(f"-{part.at_level(POWER)}", SIGN, [part]), near=turned(number_of(part)))


def multiply(parts: Sequence[Formula]) -> Formula:
    """Multiply; ones are left out."""
    left = [part for part in parts if constant_number(part) != 1] or [literal(Exact(1))]
    result = left[0]
    for part in left[1:]:
        x, y = constant_number(result), constant_number(part)
        if x is not None and y is not None:
            result = literal(x * y)
        elif x == 0 or y == 0:
            result = literal(Exact(0))
        else:
            text = f"{result.at_level(PRODUCT)}*{part.at_level(PRODUCT + 1)}"
            near = times(number_of(result), number_of(part))
            result = evolve(made(text, PRODUCT, [result, part]), near=near)
    return result


def divide(first: Formula, second: Formula, fails: bool = False) -> Formula:
    """Divide; *fails*: the divisor can be zero where nobody asks for the quotient."""
    x, y = constant_number(first), constant_number(second)
    if y == 1:
        return first
    if x is not None and y is not None and y != 0:
        return literal(x / y)
    result = made(f"{first.at_level(PRODUCT)}/{second.at_level(PRODUCT + 1)}", PRODUCT, [first, second])
    near = over(number_of(first), number_of(second))
    return evolve(result, near=near, fails=fails or result.fails)


def magnitude(part: Formula) -> Formula:
    """Return the distance from zero."""
    return evolve(call("ABS", part), near=absolute(number_of(part)))


def least(parts: Sequence[Formula]) -> Formula:
    """Return the least number."""
    return _extreme("MIN", parts)


def greatest(parts: Sequence[Formula]) -> Formula:
    """Return the greatest number."""
    return _extreme("MAX", parts)


def _extreme(name: str, parts: Sequence[Formula]) -> Formula:
    if len(parts) == 1:
        return parts[0]
    near = extreme([number_of(part) for part in parts], name == "MIN")
    return evolve(call(name, *parts), near=near)


def held(part: Formula, floor: Formula | None, ceiling: Formula | None) -> Formula:
    """Raise to *floor*, then cap at *ceiling*."""
    raised = part if floor is None else greatest([floor, part])
    return raised if ceiling is None else least([ceiling, raised])


def choose(condition: Formula, yes: Formula, no: Formula) -> Formula:
    """Return *yes* where the condition holds, else *no*; only the one chosen is evaluated."""
    if condition.constant is True:
        return yes
    if condition.constant is False:
        return no
    return evolve(call("IF", condition, yes, no), is_text=yes.is_text or no.is_text, states=yes.states | no.states)


def all_of(parts: Sequence[Formula]) -> Formula:
    """Tell whether all hold; a part that can fail is only looked at after those before it."""
    left = [part for part in parts if part.constant is not True]
    if not left:
        return literal(True)
    if any(part.fails for part in left[1:]):
        return choose(left[0], all_of(left[1:]), literal(False))
    return left[0] if len(left) == 1 else call("AND", *left)


def any_of(parts: Sequence[Formula]) -> Formula:
    """Tell whether any holds; a part that can fail is only looked at after those before it."""
    left = [part for part in parts if part.constant is not False]
    if not left:
        return literal(False)
    if any(part.fails for part in left[1:]):
        return choose(left[0], literal(True), any_of(left[1:]))
    return left[0] if len(left) == 1 else call("OR", *left)


def equals(part: Formula, other: Formula) -> Formula:
    """Tell whether two cells show the same."""
    return made(f"{part.at_level(SUM)}={other.at_level(SUM)}", COMPARISON, [part, other])


def either_near(parts: Sequence[Formula]) -> Near:
    """Return what is known of a number that is one of these."""
    return either([number_of(part) for part in parts])
