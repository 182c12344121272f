"""The movement drawn: for each entity the old total and the new one, joined, in the order of movement; grade lines.

Old totals are hollow, new ones filled, so that it reads without colour. Coordinates are written from exact numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from attrs import frozen

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.naming import moved_of
from perfrules.compare.said import words_of
from perfrules.compare.sentences import signed
from perfrules.compare.sides import Side
from perfrules.explain.lines import columns
from perfrules.ir import expressions as core
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.rounding import Decimals, Mode, Rounding, round_exact

ROWS: Final = 30
"""So many rows go into one drawing, so that one fits on a printed page."""
_ROW: Final = 20
_TOP: Final = 44
_WIDTH: Final = 900
_CELL: Final = Exact(13, 2)
_LONGEST: Final = 28
_RIGHT: Final = 210
_STEPS: Final = (Exact(1, 2), Exact(1), Exact(2), Exact(5), Exact(10), Exact(20), Exact(50), Exact(100), Exact(200))
_TWO: Final = Rounding(Mode.HALF_EVEN, Decimals(2))


@frozen(eq=False)
class _Scale:
    """From totals to places: *left* and *right* are the places of *low* and *high*."""

    low: Exact
    high: Exact
    left: Exact
    right: Exact

    def at(self, value: Exact) -> str:
        """Return the place of a total."""
        return _place(self.left + (value - self.low) * (self.right - self.left) / (self.high - self.low))


@frozen
class GradeLine:
    """A total at which a grade begins."""

    grade: str
    at: Exact


def plots(comparison: Comparison, language: str) -> Iterator[str]:
    """Draw all entities whose total moved, in as many drawings as there are pages of them."""
    movers = [each for each in comparison.movers if each.movement is not None and each.movement.moved is not None]
    if not movers:
        return
    lines = grade_lines(comparison.new)
    former = tuple(line for line in grade_lines(comparison.old) if line.at not in {each.at for each in lines})
    names = min(max(columns(each.entity) for each in movers), _LONGEST) * _CELL + 16
    scale = _scale(movers, lines, names)
    for start in range(0, len(movers), ROWS):
        grades = (*_grades(scale, lines, "grade"), *_grades(scale, former, "was"))
        yield _drawn(movers[start : start + ROWS], scale, grades, language, start)


def grade_lines(side: Side) -> tuple[GradeLine, ...]:
    """Return the totals at which the grades of a ruleset begin, where these are constants."""
    nodes = side.nodes
    node = nodes.get("grade/reached") or nodes.get("grade")
    tables = () if node is None else (part for part in everything(node.expr) if isinstance(part, core.Steps))
    table = next(iter(tables), None)
    return () if table is None else tuple(_edges(table))


def _edges(table: core.Steps) -> Iterator[GradeLine]:
    for each in table.steps:
        low = each.takes.low if isinstance(each.takes, core.Between) else None
        if isinstance(low, core.Const) and isinstance(low.value, Exact) and isinstance(each.value, core.Const):
            yield GradeLine(str(each.value.value), low.value)


def _scale(movers: Sequence[EntityCompared], lines: Sequence[GradeLine], names: Exact) -> _Scale:
    totals = [total for each in movers for total in _totals(each)]
    low, high = min(totals), max(totals)
    near = [line.at for line in lines if low - 5 <= line.at <= high + 5]
    low, high = min(low, *near, low), max(high, *near, high)
    room = max((high - low) / 20, Exact(1, 2))
    return _Scale(low - room, high + room, names, Exact(_WIDTH - _RIGHT))


def _drawn(movers: Sequence[EntityCompared], scale: _Scale, grades: Sequence[str], language: str, start: int) -> str:
    words = words_of(language)
    height = _TOP + len(movers) * _ROW + 12
    moved = [moved_of(each) for each in movers]
    described = words.text(
        "page.plot-described",
        {"count": str(len(movers)), "down": signed(min(moved), language), "up": signed(max(moved), language)},
    )
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="plot-{start}-t plot-{start}-d">',
        f'<title id="plot-{start}-t">{escape(words.text("page.plot"))}</title>',
        f'<desc id="plot-{start}-d">{escape(described)}</desc>',
        *_axis(scale, height),
        *(each.replace("{bottom}", str(height - 8)) for each in grades),
        *(piece for place, each in enumerate(movers) for piece in _row(each, scale, place, language)),
        "</svg>",
    ]
    return "\n".join(parts)


def _axis(scale: _Scale, height: int) -> Iterator[str]:
    step = next((each for each in _STEPS if (scale.high - scale.low) / each <= 10), _STEPS[-1])
    first = -(-scale.low // step) * step
    value = first
    while value <= scale.high:
        x = scale.at(value)
        yield f'<line class="grid" x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{height - 8}"/>'
        yield f'<text class="tick" x="{x}" y="{_TOP - 12}">{as_text(value)}</text>'
        value += step


def _grades(scale: _Scale, lines: Sequence[GradeLine], sort: str) -> Iterator[str]:
    """Draw where grades begin; those of the new ruleset are named."""
    for line in lines:
        if scale.low <= line.at <= scale.high:
            x = scale.at(line.at)
            yield f'<line class="{sort}" x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{{bottom}}"/>'
            if sort == "grade":
                yield f'<text class="grade-name" x="{x}" y="14">{escape(f"{line.grade} {as_text(line.at)}")}</text>'


def _row(entity: EntityCompared, scale: _Scale, place: int, language: str) -> Iterator[str]:
    old, new = _totals(entity)
    y = _TOP + place * _ROW + 8
    sort = "up" if new > old else "down" if new < old else "level"
    mover = " mover" if entity.grade_moved else ""
    yield f'<g class="{sort}{mover}"><title>{escape(entity.entity)}</title>'
    yield f'<text class="name" x="{_place(scale.left - 10)}" y="{y + 4}">{escape(_shortened(entity.entity))}</text>'
    yield f'<line class="move" x1="{scale.at(old)}" y1="{y}" x2="{scale.at(new)}" y2="{y}"/>'
    yield f'<circle class="old" cx="{scale.at(old)}" cy="{y}" r="4.5"/>'
    yield f'<circle class="new" cx="{scale.at(new)}" cy="{y}" r="4.5"/>'
    assert entity.movement is not None
    before, after = entity.movement.old.grade or "", entity.movement.new.grade or ""
    grade = before if before == after else f"{before} → {after}"
    yield f'<text class="moved" x="{_WIDTH - _RIGHT + 92}" y="{y + 4}">{signed(new - old, language)}</text>'
    yield f'<text class="became" x="{_WIDTH - _RIGHT + 106}" y="{y + 4}">{escape(grade)}</text>'
    yield "</g>"


def _totals(entity: EntityCompared) -> tuple[Exact, Exact]:
    assert entity.movement is not None
    old, new = entity.movement.old.total, entity.movement.new.total
    assert old is not None
    assert new is not None
    return old, new


def _shortened(name: str) -> str:
    """Cut a name that has no room."""
    if columns(name) <= _LONGEST:
        return name
    while columns(name) > _LONGEST - 1:
        name = name[:-1]
    return f"{name}…"


def _place(value: Exact) -> str:
    return as_text(round_exact(value, _TWO))
