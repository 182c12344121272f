"""Exact numbers and sentences for people, in one language.

A number that its decimals write in a reasonable length is written so, without thousands separators; any other is shown
as the fraction it is, with a decimal beside it that is marked as near (`2/3 (≈0.6667)`).
"""

from __future__ import annotations

from typing import Final, assert_never

from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.explain.statement import Figure, Listed, Part, Phrase, Range, Statement, Term, Told
from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Kind, Number, Percent, PercentagePoints, Points, Quantity, Ratio
from perfrules.lang.rounding import Decimals, Mode, Rounding, round_exact
from perfrules.lang.units import BUILT_IN

MOST_DECIMALS: Final = 8
"""With more decimals than this a number is only shown near."""
NEAR_DECIMALS: Final = 4
_LONGEST_FRACTION: Final = 12
_MINUS: Final = "−"


def say(part: Part, language: str) -> str:
    """Write *part* in *language*.

    >>> say(Figure(Exact(443, 500), Percent()), "en"), say(Figure(Exact(2, 3)), "en")
    ('88.6%', '2/3 (≈0.6667) points')
    """
    match part:
        case str():
            return part
        case Figure(value, kind):
            return number_with_unit(value, kind, language)
        case Range(interval, kind):
            return _range(interval, kind, language)
        case Term(key):
            return words_of(language).text(f"word.{key}")
        case Told(texts):
            return dict(texts)[language]
        case Phrase(parts):
            return "".join(say(each, language) for each in parts)
        case Listed(parts):
            return _listed(tuple(say(each, language) for each in parts), language)
        case Statement(key, args):
            return words_of(language).text(key, {name: say(each, language) for name, each in args})
        case _:
            assert_never(part)


def words_of(language: str) -> Translator:
    """Return the words that explanations are made of."""
    return translator(language, "explain")


def number_with_unit(value: Exact, kind: Kind, language: str) -> str:
    """Write a number with its unit after it.

    >>> number_with_unit(Exact(7, 500), PercentagePoints(), "zh"), number_with_unit(Exact(1), Points(), "en")
    ('1.4个百分点', '1 point')
    """
    match kind:
        case Percent() | Ratio():
            return _proportion(value, "%", language)
        case PercentagePoints():
            return _proportion(value, words_of(language).text("unit.pp"), language)
        case Points():
            key = "unit.point" if abs(value) == 1 else "unit.points"
            return words_of(language).text(key, {"number": number(value, language)})
        case Quantity():
            return _beside(number(value, language), _unit_in(language, _unit_name(kind, value)), language)
    return number(value, language)


def number(value: Exact, language: str = "en") -> str:
    """Write a number without unit.

    >>> number(Exact(-5, 4)), number(Exact(2, 3), "zh"), number(Exact(1200))
    ('−1.25', '2/3（≈0.6667）', '1200')
    """
    places = decimal_places(value)
    if places is not None and places <= MOST_DECIMALS:
        return _signed(as_text(value))
    near = f"≈{_signed(_near(value))}"
    fraction = f"{value.numerator}/{value.denominator}" if _is_short(value) else ""
    return _noted(_signed(fraction), near, language) if fraction else near


def _proportion(value: Exact, sign: str, language: str) -> str:
    """Write a proportion in hundredths; one that does not end is the fraction it is, its hundredths beside it."""
    hundredths = value * 100
    places = decimal_places(hundredths)
    if places is not None and places <= MOST_DECIMALS:
        return f"{_signed(as_text(hundredths))}{sign}"
    near = f"≈{_signed(_near(hundredths, 2))}{sign}"
    return _noted(_signed(f"{value.numerator}/{value.denominator}"), near, language) if _is_short(value) else near


def _near(value: Exact, decimals: int = NEAR_DECIMALS) -> str:
    """Write *value* near, with as many decimals as it takes not to look like a number it is not."""
    while decimals < _LONGEST_FRACTION:
        rounded = round_exact(value, Rounding(Mode.HALF_EVEN, Decimals(decimals)))
        if decimal_places(rounded * 10) != 0 or rounded == value:
            break
        decimals += 2
    rounded = round_exact(value, Rounding(Mode.HALF_EVEN, Decimals(decimals)))
    whole, _, digits = as_text(rounded).partition(".")
    return f"{whole}.{digits.ljust(decimals, '0')}"


def _is_short(value: Exact) -> bool:
    return decimal_places(value) is None and len(f"{value.numerator}{value.denominator}") <= _LONGEST_FRACTION


def _noted(text: str, note: str, language: str) -> str:
    return f"{text}（{note}）" if language == "zh" else f"{text} ({note})"


def _signed(text: str) -> str:
    return text.replace("-", _MINUS, 1)


def _beside(number: str, unit: str, language: str) -> str:
    if not unit:
        return number
    return f"{number}{unit}" if language == "zh" and not unit[0].isascii() else f"{number} {unit}"


def _unit_name(kind: Quantity, value: Exact) -> str:
    """Return a unit's name: after 1 the singular, where there is one (`1 person`)."""
    name = kind.unit.name
    single = BUILT_IN.get(name.removesuffix("s"))
    same = single is not None and (single.dimensions, single.factor) == (kind.unit.dimensions, kind.unit.factor)
    return single.name if abs(value) == 1 and single is not None and same else name


def _unit_in(language: str, name: str) -> str:
    """Return a built-in unit in the words of a language; any other as its author wrote it."""
    known = words_of(language).template(f"unit-name.{name}")
    return name if known is None else known.removesuffix("-")


def _range(interval: Interval, kind: Kind, language: str) -> str:
    """Write an interval; marks stand in it as bare numbers."""
    plain = Number() if isinstance(kind, Points) else kind
    low = f"{_MINUS}∞" if interval.lo is None else number_with_unit(interval.lo, plain, language)
    high = "∞" if interval.hi is None else number_with_unit(interval.hi, plain, language)
    return f"{'[' if interval.lo_closed else '('}{low}, {high}{']' if interval.hi_closed else ')'}"


def _listed(shown: tuple[str, ...], language: str) -> str:
    if len(shown) < 2:
        return "".join(shown)
    words = words_of(language)
    return words.text("list.between").join(shown[:-1]) + words.text("list.last") + shown[-1]
