"""Candidates in a step table: the nearest step above and below that gives more."""

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import number_of
from perfrules.explain.changes.target import Target, subject_of, toward
from perfrules.explain.narrate.bands import Band, bands_of
from perfrules.explain.reading import Reading
from perfrules.ir import expressions as core
from perfrules.lang.exact import Exact


def targets(reading: Reading, placed: Placed) -> Iterator[Target]:
    """Yield the nearest step that gives more on either side, the nearer one first."""
    found, given = subject_of(reading, placed.parts[0]), reading.exact(placed)
    if found is None or given is None:
        return
    better = [
        target
        for band in bands_of(reading, placed)
        if (value := number_of(reading, band.value)) is not None and value > given
        for target in entries(reading, band, placed.parts[0], found[0], "band")
    ]
    yield from nearest(better)


def entries(reading: Reading, band: Band, subject: Placed, now: Exact, construct: str) -> Iterator[Target]:
    """Yield where the values begin that a step takes, seen from *now*; none for the rest."""
    if band.step is None:
        return
    match band.step.takes:
        case core.Between(low=low, high=high) as between:
            bottom = None if low is None else number_of(reading, low)
            top = None if high is None else number_of(reading, high)
            if bottom is not None and (now < bottom or (now == bottom and not between.low_closed)):
                yield Target(construct, subject, now, bottom, upward=True, beyond=not between.low_closed)
            elif top is not None and (now > top or (now == top and not between.high_closed)):
                yield Target(construct, subject, now, top, upward=False, beyond=not between.high_closed)
        case core.Among(options=options):
            for option in options:
                value = number_of(reading, option)
                if value is not None and value != now:
                    yield toward(construct, subject, now, value)


def nearest(found: list[Target]) -> Iterator[Target]:
    """Yield the nearest target above and the nearest below, the nearer one first."""
    ordered = sorted(found, key=lambda target: (abs(target.to - target.now), target.beyond))
    firsts = [next((each for each in ordered if each.upward is upward), None) for upward in (True, False)]
    yield from sorted((each for each in firsts if each is not None), key=ordered.index)
