"""The distribution of totals as a drawing: classes of equal width, with the lines where grades begin.

A class holds its lower end and not its upper one, the highest both. Totals that are still open are in no class: their
number is told below the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.report.figures import coordinate, figure
from perfrules.report.grade_lines import GradeLine
from perfrules.report.text_width import width_of

WIDTH, HEIGHT = Exact(360), Exact(216)
_LEFT, _RIGHT, _TOP, _BOTTOM = Exact(20), Exact(340), Exact(50), Exact(192)
_SIZE: Final = Exact(11)
_FEWEST_CLASSES: Final = 8
_ROWS_OF_LABELS: Final = 2
_LINE: Final = Exact(13)


@frozen(kw_only=True)
class Class:
    """The totals from *low* up to *high*, and how many there are."""

    low: Exact
    high: Exact
    count: int
    is_last: bool = False

    @property
    def text(self) -> str:
        """The limits, with brackets that say which ends belong to it."""
        return f"[{figure(self.low)}, {figure(self.high)}{']' if self.is_last else ')'}"


@frozen(kw_only=True)
class Column:
    """One class, drawn: *count* above it, empty where there is none."""

    says: str
    x: str
    y: str
    width: str
    height: str
    middle: str
    count: str
    count_y: str


@frozen(kw_only=True)
class Mark:
    """A number at an axis, or the name of a grade at its line."""

    x: str
    y: str
    text: str
    anchor: str = "middle"
    line_x: str = ""


@frozen(kw_only=True)
class Histogram:
    """The drawing, and its classes for the table beside it."""

    classes: tuple[Class, ...]
    columns: tuple[Column, ...]
    ticks: tuple[Mark, ...]
    grades: tuple[Mark, ...]
    width: str = coordinate(WIDTH)
    height: str = coordinate(HEIGHT)
    left: str = coordinate(_LEFT)
    right: str = coordinate(_RIGHT)
    base: str = coordinate(_BOTTOM)


def histogram(totals: Sequence[Exact], lines: Sequence[GradeLine], full: Exact | None) -> Histogram | None:
    """Return the distribution; None where there are no totals."""
    if not totals:
        return None
    classes = _classes(totals, lines, full)
    first, last = classes[0].low, classes[-1].high
    scale = (_RIGHT - _LEFT) / (last - first)
    most = max(each.count for each in classes)

    def across(total: Exact) -> Exact:
        return _LEFT + (total - first) * scale

    return Histogram(
        classes=classes,
        columns=tuple(_column(each, across(each.low), across(each.high), most) for each in classes),
        ticks=_ticks(classes, across(classes[0].high) - _LEFT),
        grades=_grades([(line.grade, across(line.at)) for line in lines if first < line.at < last]),
    )


def _classes(totals: Sequence[Exact], lines: Sequence[GradeLine], full: Exact | None) -> tuple[Class, ...]:
    lowest, highest = min(totals), max(totals)
    near = [line.at for line in lines if lowest <= line.at <= highest]
    above = [line.at for line in lines if line.at > highest][-1:]
    below = [line.at for line in lines if line.at < lowest][:1]
    low, high = min([lowest, *near, *below]), max([highest, *near, *above])
    if full is not None and highest <= full and full - high <= (full - low) / 3:
        high = full
    step = _step(high - low if high > low else max(abs(high), Exact(1)) / 10)
    start = low // step * step
    count = max(-(-(high - start) // step), 1)
    edges = [start + step * number for number in range(int(count) + 1)]
    last = len(edges) - 2
    return tuple(
        Class(
            low=left,
            high=right,
            count=sum(left <= total < right or (number == last and total == right) for total in totals),
            is_last=number == last,
        )
        for number, (left, right) in enumerate(pairwise(edges))
    )


def _step(span: Exact) -> Exact:
    """Return a round width at which there are at least as many classes as are wanted: 1, 2 or 5 times a power of ten.

    >>> _step(Exact(40)), _step(Exact(3)), _step(Exact(1, 10))
    (Fraction(5, 1), Fraction(1, 5), Fraction(1, 100))
    """
    power = Exact(1)
    while power * _FEWEST_CLASSES > span:
        power /= 10
    while power * 10 * _FEWEST_CLASSES <= span:
        power *= 10
    return next(power * times for times in (5, 2, 1) if power * times * _FEWEST_CLASSES <= span)


def _column(each: Class, left: Exact, right: Exact, most: int) -> Column:
    height = (_BOTTOM - _TOP) * each.count / most
    return Column(
        says=f"{each.text}: {each.count}",
        x=coordinate(left + Exact(1, 2)),
        y=coordinate(_BOTTOM - height),
        width=coordinate(max(right - left - 1, Exact(1))),
        height=coordinate(height),
        middle=coordinate((left + right) / 2),
        count=str(each.count) if each.count else "",
        count_y=coordinate(_BOTTOM - height - 3),
    )


def _ticks(classes: Sequence[Class], width: Exact) -> tuple[Mark, ...]:
    """Return the numbers at the axis, as many as have room."""
    edges = [classes[0].low, *(each.high for each in classes)]
    widest = max(width_of(figure(edge), _SIZE) for edge in edges) + 8
    every = next(number for number in range(1, len(edges) + 1) if width * number >= widest or number == len(edges))
    return tuple(
        Mark(x=coordinate(_LEFT + width * place), y=coordinate(_BOTTOM + 15), text=figure(edge))
        for place, edge in enumerate(edges)
        if place % every == 0
    )


def _grades(lines: Sequence[tuple[str, Exact]]) -> tuple[Mark, ...]:
    """Return the lines of the grades, each name in the first row in which it has room; without room, no name."""
    ends = [_LEFT - 8] * _ROWS_OF_LABELS
    found = []
    for grade, x in sorted(lines, key=lambda line: line[1]):
        text = f"{grade} ▸"
        width = width_of(text, _SIZE)
        start = min(x, WIDTH - width - 4)
        row = next((row for row, end in enumerate(ends) if end + 6 <= start), None)
        if row is not None:
            ends[row] = start + width
        y = Exact(12) + _LINE * (row or 0)
        found.append(
            Mark(
                x=coordinate(start if row is not None else x),
                y=coordinate(y),
                text=text if row is not None else "",
                anchor="start",
                line_x=coordinate(x),
            )
        )
    return tuple(found)
