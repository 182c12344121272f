"""Statistics across entities of random rulesets: of inputs and of marks, by groups and conditions, with the absent."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.strategies.ruleset_draw import Subject, literal

if TYPE_CHECKING:
    from tests.strategies.ruleset_expressions import Writing

LARGEST_COHORT = 8
_SAME_UNIT = ("mean", "min", "max", "median", "trimmed mean", "nearest rank", "interpolated")
_PLACES = ("rank", "percentile rank")
TIES = ("best", "worst", "mean", "dense")


def across(writing: Writing, *, can_leave: bool = False) -> Subject:
    """Return a statistic; *can_leave* if it may be excluded for who is not asked."""
    draw = writing.draw
    how = draw.pick(
        (*_SAME_UNIT, "sum", "count", "count distinct", "share", "deviation", *_PLACES, "rank", "apportionment")
    )
    draw.use(f"across {how}")
    of = _body(writing)
    group = _within(writing)
    where = "" if how in (*_PLACES, "apportionment") and not can_leave else _where(writing)
    leaves = bool(where) and how in (*_PLACES, "apportionment")
    cohort = f"across entities{group}{where}"
    if how in _SAME_UNIT:
        return _of_same_unit(writing, how, of, cohort, bool(where))
    match how:
        case "sum":
            return Subject(f"sum({of.text} {cohort})", of.family, of.low, of.high * 3)
        case "count":
            return Subject(f"count({cohort})", "count", Fraction(0), Fraction(LARGEST_COHORT), True)
        case "count distinct":
            return Subject(f"count distinct({of.text} {cohort})", "count", Fraction(0), Fraction(4), True)
        case "share":
            yes = writing.inputs.of("yes/no").name
            empty = " empty -> 0%" if where else ""
            return Subject(f"share({yes} {cohort}{empty})", "ratio", Fraction(0), Fraction(1))
        case "deviation":
            which = draw.pick(("population", "sample"))
            unit = "pp" if of.family == "percent" else of.family
            text = f"{which} standard deviation({of.text} {cohort} empty -> {literal(Fraction(0), unit)})"
            return Subject(text, unit, Fraction(0), (of.high - of.low) / 2)
        case "rank":
            ties, first = draw.pick(TIES), draw.pick(("highest", "lowest"))
            draw.use(f"across ties {ties}")
            text = f"rank({of.text} {cohort}, {first} first, ties share {ties})"
            return Subject(text, "count", Fraction(1), Fraction(4), ties != "mean", can_leave=leaves)
        case "percentile rank":
            method = draw.pick(("strictly below", "at or below", "midpoint"))
            text = f"percentile rank({of.text} {cohort}, {method})"
            return Subject(text, "ratio", Fraction(0), Fraction(1), can_leave=leaves)
        case _:
            step, weight = draw.pick(("0 decimals", "1 decimals", "0.5")), writing.inputs.of("count").name
            text = f"share(40 by {weight} {cohort} to {step} largest remainder, ties by entity, empty -> 0)"
            return Subject(text, "number", Fraction(0), Fraction(20), can_leave=leaves)


def across_with_absent(writing: Writing) -> Subject:
    """Return a statistic of those present, of data that may be missing."""
    draw = writing.draw
    draw.use("across present")
    column = writing.inputs.of(draw.pick(("percent", "money", "number")), optional=True)
    how = draw.pick(("mean", "min", "max"))
    empty = literal(column.low, column.family)
    text = f"{how}({column.name} across entities{_within(writing)}, among those present, empty -> {empty})"
    return Subject(text, column.family, column.low, column.high)


def _of_same_unit(writing: Writing, how: str, of: Subject, cohort: str, is_asked: bool) -> Subject:
    draw = writing.draw
    empty = f" empty -> {literal(of.low, of.family)}" if is_asked else ""
    if how in ("nearest rank", "interpolated"):
        at = draw.pick(("0%", "25%", "50%", "90%", "100%"))
        return Subject(f"percentile({of.text} {cohort} at {at}, {how}{empty})", of.family, of.low, of.high)
    drop = " drop 1 high 1 low when at least 4" if how == "trimmed mean" else ""
    return Subject(f"{how}({of.text} {cohort}{drop}{empty})", of.family, of.low, of.high)


def _body(writing: Writing) -> Subject:
    """Return an input, or the marks of an indicator that always has some."""
    draw = writing.draw
    scored = [each for each in writing.known if each.stays and each.full]
    if scored and draw.chance(0.35):
        draw.use("across marks")
        one = draw.pick(scored)
        return Subject(one.code, "points", Fraction(0), one.full or Fraction(1))
    return writing.inputs.of(draw.pick(("percent", "money", "number", "count", "persons"))).subject()


def _within(writing: Writing) -> str:
    draw = writing.draw
    choice = writing.inputs.of("choice").name if draw.chance(0.35) else ""
    if not choice:
        return ""
    draw.use("across within")
    return f" within ({choice}, {writing.inputs.of('yes/no').name})" if draw.chance(0.3) else f" within {choice}"


def _where(writing: Writing) -> str:
    draw = writing.draw
    if draw.chance(0.6):
        return ""
    draw.use("across where")
    return f" where {writing.inputs.of('yes/no').name}"
