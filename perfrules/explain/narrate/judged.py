"""A judged mark in words: what each level allows, and what the person gave."""

from perfrules.evaluate.numbering import Placed, place
from perfrules.explain.again import number_of
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Phrase, Range, Statement, Term, marks, statement
from perfrules.ir import expressions as core
from perfrules.lang.interval import Interval, make_interval


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what the levels allow, and what was given, by whom, when and why."""
    assert isinstance(placed.expr, core.Judged)
    levels = tuple(
        statement("judged.line", level=level.name, marks=limits_of(reading, level)) for level in placed.expr.levels
    )
    rule = (statement("judged.rule"), *levels)
    return Narration(rule=rule, steps=(Step(construct="judged", says=_given(reading, placed)),))


def limits_of(reading: Reading, level: core.JudgedLevel) -> Part:
    """Write the marks a level allows."""
    interval = interval_of(reading, level)
    if interval is None:
        return _limits_in_words(reading, level) if reading.blank else Term("undecided")
    return marks(interval.lo) if interval.is_point and interval.lo is not None else Range(interval)


def _limits_in_words(reading: Reading, level: core.JudgedLevel) -> Part:
    low, high = in_words(reading, place(level.low)), in_words(reading, place(level.high))
    opening, closing = "[" if level.low_closed else "(", "]" if level.high_closed else ")"
    return low if low == high else Phrase((opening, low, ", ", high, closing))


def interval_of(reading: Reading, level: core.JudgedLevel) -> Interval | None:
    """Return the marks a level allows; None where its limits have no value."""
    low, high = number_of(reading, level.low), number_of(reading, level.high)
    return None if low is None or high is None else make_interval(low, high, level.low_closed, level.high_closed)


def _given(reading: Reading, placed: Placed) -> Statement:
    assert isinstance(placed.expr, core.Judged)
    given = reading.facts.judged.get(placed.expr.code)
    mark = reading.exact(placed)
    if mark is None:
        level = None if given is None else given.level
        return statement("judged.open") if level is None else statement("judged.open-in-level", level=level)
    said = statement("judged.mark", mark=marks(mark))
    if given is not None and given.level is not None:
        said = statement("judged.mark-in-level", level=given.level, mark=marks(mark))
    if given is not None and given.by is not None:
        said = statement("judged.given-by", by=given.by, given=said)
    if given is not None and given.on is not None:
        said = statement("judged.given-on", given=said, on=given.on.isoformat())
    if given is not None and given.reason is not None:
        said = statement("judged.because", given=said, reason=given.reason)
    return said
