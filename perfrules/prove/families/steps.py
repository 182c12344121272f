"""Step tables: which steps can be reached, and what the reachable ones earn."""

from collections.abc import Sequence

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Among, Between, Expr
from perfrules.lang.coverage import complement
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, hull, intersect, make_interval
from perfrules.lang.states import State
from perfrules.prove import lattice
from perfrules.prove.assume import suppose
from perfrules.prove.enclosure import Enclosure, Texts, hull_of
from perfrules.prove.lattice import WHOLE, Lattice
from perfrules.prove.scene import Scene


@frozen
class Left:
    """The part of a subject that earlier steps did not take: pieces of numbers (or days), texts, truths."""

    pieces: tuple[Interval, ...]
    step: Lattice
    texts: Texts
    booleans: frozenset[bool]
    are_days: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is left."""
        return not self.pieces and not self.booleans and self.texts is not None and not self.texts

    def enclosure(self) -> Enclosure:
        """Enclose what is left."""
        whole: Interval | None = None
        for piece in self.pieces:
            whole = piece if whole is None else hull(whole, piece)
        numbers = None if self.are_days else whole
        return Enclosure(
            numbers=numbers,
            step=self.step if numbers else None,
            days=whole if self.are_days else None,
            texts=self.texts,
            booleans=self.booleans,
        )


def whole_of(subject: Enclosure) -> Left:
    """Return all that *subject* can be."""
    are_days = subject.days is not None
    found = subject.days if are_days else subject.numbers
    pieces = _present(found)
    if subject.nonzero and found is not None:
        pieces = _cut(pieces, (Interval(Exact(0), Exact(0)),), subject.step)
    return Left(pieces, WHOLE if are_days else subject.step, subject.texts, subject.booleans, are_days)


@frozen
class Taken:
    """What a step takes of a subject for certain, and what it may take; the states its ends can be in."""

    surely: tuple[Interval, ...] = ()
    maybe: tuple[Interval, ...] = ()
    texts: frozenset[str] = frozenset()
    any_text: bool = False
    booleans: frozenset[bool] = frozenset()
    states: frozenset[State] = frozenset()


def taken_by(takes: Between | Among, parts: Sequence[Enclosure]) -> Taken:
    """Return what a step takes, *parts* being its ends or options."""
    states = frozenset(state for part in parts for state in part.states)
    if isinstance(takes, Between):
        ends = list(parts)
        low = ends.pop(0) if takes.low is not None else None
        high = ends.pop(0) if takes.high is not None else None
        return Taken(
            _present(None if states else _surely(takes, low, high)), _present(_maybe(takes, low, high)), states=states
        )
    numbers = [part.numbers or part.days for part in parts]
    present = tuple(each for each in numbers if each is not None)
    texts = frozenset(text for part in parts for text in part.texts or ())
    booleans = frozenset(truth for part in parts for truth in part.booleans)
    points = () if states else tuple(each for each in present if each.is_point)
    return Taken(points, present, texts, any(part.texts is None for part in parts), booleans, states)


def meets(left: Left, taken: Taken) -> Left:
    """Return what of *left* the step may take."""
    pieces = tuple(
        common
        for piece in left.pieces
        for each in taken.maybe
        if (common := intersect(piece, each)) is not None and lattice.holds_any(common, left.step)
    )
    return evolve(left, pieces=pieces, texts=_common_texts(left, taken), booleans=left.booleans & taken.booleans)


def remains(left: Left, taken: Taken) -> Left:
    """Return what of *left* is left after the step took what it surely takes."""
    settled = not taken.states
    return evolve(
        left,
        pieces=_cut(left.pieces, taken.surely, left.step),
        texts=left.texts if left.texts is None or not settled or taken.any_text else left.texts - taken.texts,
        booleans=left.booleans - taken.booleans if settled else left.booleans,
    )


def step_table(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a step table; what it leaves uncovered has no value, and a check of its own."""
    assert isinstance(expr, core.Steps)
    subject = scene.enclose(expr.subject)
    left = whole_of(subject)
    found: list[Enclosure] = [Enclosure(states=subject.states)]
    reached: list[bool] = []
    for step in expr.steps:
        taken = taken_by(step.takes, [scene.enclose(part) for part in ends_of(step.takes)])
        inside = meets(left, taken)
        scene_there = None if inside.is_empty else suppose(scene, expr.subject, inside.enclosure())
        if not left.is_empty:
            found.append(Enclosure(states=taken.states))
        reached.append(scene_there is not None)
        if scene_there is not None:
            found.append(scene_there.enclose(step.value))
        left = remains(left, taken)
    reached.append(not left.is_empty)
    if expr.otherwise is not None and not left.is_empty:
        rest = suppose(scene, expr.subject, left.enclosure())
        if rest is not None:
            found.append(rest.enclose(expr.otherwise))
    scene.walk.reach(reached)
    return hull_of(found)


def ends_of(takes: Between | Among) -> tuple[Expr, ...]:
    """List the ends or options of a step, in evaluation order."""
    if isinstance(takes, Among):
        return takes.options
    return tuple(end for end in (takes.low, takes.high) if end is not None)


def _common_texts(left: Left, taken: Taken) -> Texts:
    if taken.any_text:
        return left.texts
    return taken.texts if left.texts is None else left.texts & taken.texts


def _surely(takes: Between, low: Enclosure | None, high: Enclosure | None) -> Interval | None:
    """Return the numbers inside for every end that is possible."""
    lows, highs = _numbers(low), _numbers(high)
    if (low is not None and (lows is None or lows.hi is None)) or (
        high is not None and (highs is None or highs.lo is None)
    ):
        return None
    return make_interval(
        None if lows is None else lows.hi,
        None if highs is None else highs.lo,
        takes.low_closed or (lows is not None and not lows.hi_closed),
        takes.high_closed or (highs is not None and not highs.lo_closed),
    )


def _maybe(takes: Between, low: Enclosure | None, high: Enclosure | None) -> Interval | None:
    """Return the numbers inside for some end that is possible."""
    lows, highs = _numbers(low), _numbers(high)
    if (low is not None and lows is None) or (high is not None and highs is None):
        return None
    return make_interval(
        None if lows is None else lows.lo,
        None if highs is None else highs.hi,
        takes.low_closed and (lows is None or lows.lo_closed),
        takes.high_closed and (highs is None or highs.hi_closed),
    )


def _numbers(end: Enclosure | None) -> Interval | None:
    return None if end is None else end.numbers or end.days


def _cut(pieces: tuple[Interval, ...], taken: tuple[Interval, ...], step: Lattice) -> tuple[Interval, ...]:
    for each in taken:
        rest = (intersect(piece, outside) for piece in pieces for outside in complement(each))
        pieces = tuple(piece for each in rest if each is not None and (piece := lattice.kept(each, step)) is not None)
    return pieces


def _present(found: Interval | None) -> tuple[Interval, ...]:
    return () if found is None else (found,)
