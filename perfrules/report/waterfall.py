"""The waterfall of losses: from the full marks, indicator by indicator, down to the total.

One row for each indicator that lost marks or added some, its losses together, the largest first; what remains is told
after each. Of a provisional result the rows are what is lost for sure, and the last step is what is still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final

from attrs import evolve, frozen

from perfrules.explain.contribution import spread
from perfrules.explain.explanation import Contribution, EntityExplanation, Loss
from perfrules.lang.exact import Exact
from perfrules.report.figures import coordinate, figure, signed_figure
from perfrules.report.marks import Marks, marks_of
from perfrules.report.wording import Wording

MOST_ROWS: Final = 24
"""With more indicators than this, those that lost least are told in one row."""
WIDTH: Final = Exact(200)


@frozen(kw_only=True)
class Bar:
    """A bar of a row: where it begins and how wide it is, of WIDTH."""

    x: str
    width: str
    sort: str


@frozen(kw_only=True)
class Row:
    """One step: *sort* is `full`, `loss`, `gain`, `rest`, `open` or `total`."""

    sort: str
    name: str
    why: tuple[str, ...]
    change: str
    left: str
    bars: tuple[Bar, ...]


@frozen(kw_only=True)
class Waterfall:
    """The rows; *begins* is where the bars begin, empty where that is zero."""

    rows: tuple[Row, ...]
    begins: str
    width: str = coordinate(WIDTH)


@frozen(kw_only=True)
class _Step:
    """What one indicator took (negative) or added."""

    sort: str
    name: str
    why: tuple[str, ...]
    change: Exact


@frozen
class _Limits:
    """The full marks, and the least and the most that is reached of them; *text* says both."""

    full: Exact
    low: Exact
    high: Exact
    text: str


def waterfall(entity: EntityExplanation, titles: Mapping[str, str | None], say: Wording) -> Waterfall | None:
    """Return the waterfall; None where there are no marks to lose, or none were lost."""
    marks = marks_of(entity.total, entity.full, entity.possible)
    if entity.contribution is None or marks.full is None or marks.high is None or marks.low is None:
        return None
    limits = _Limits(marks.full, marks.low, marks.high, marks.text)
    steps = _together(_sure_losses(entity, marks), titles, say)
    steps = _shortened([*steps, *_unexplained(steps, limits, say)], say)
    return _laid(steps, limits, say) if steps or marks.is_open else None


def losses_by_code(entity: EntityExplanation) -> dict[str, Exact]:
    """Return how many marks of the total each indicator lost, where that is settled; in no particular order."""
    found: dict[str, Exact] = {}
    marks = marks_of(entity.total, entity.full, entity.possible)
    for loss in _sure_losses(entity, marks):
        code = loss.code or "total"
        found[code] = found.get(code, Exact(0)) + loss.amount
    return found


def _sure_losses(entity: EntityExplanation, marks: Marks) -> Sequence[Loss]:
    if not marks.is_open or entity.contribution is None:
        return entity.losses
    return tuple(_settled_below(entity.contribution, Exact(1)))


def _settled_below(tree: Contribution, share: Exact) -> Iterator[Loss]:
    """Yield the losses of what is settled below an indicator that is not, in marks of the total."""
    for child in tree.children:
        if child.share is None:
            continue
        if child.score is None:
            yield from _settled_below(child, child.share * share)
        else:
            yield from (evolve(loss, amount=loss.amount * child.share * share) for loss in spread(child))


def _together(losses: Iterable[Loss], titles: Mapping[str, str | None], say: Wording) -> list[_Step]:
    """Put the losses of an indicator into one step, the largest step first, and what was added last."""
    groups: dict[str, list[Loss]] = {}
    for loss in losses:
        groups.setdefault(loss.code or "total", []).append(loss)
    steps = [_step(code, found, titles, say) for code, found in groups.items()]
    return sorted((step for step in steps if step.change), key=lambda step: (step.change > 0, -abs(step.change)))


def _step(code: str, losses: list[Loss], titles: Mapping[str, str | None], say: Wording) -> _Step:
    change = -sum((loss.amount for loss in losses), Exact(0))
    name = say.named(code, titles[code]) if code in titles else say("waterfall.total")
    if len(losses) == 1:
        why = _plain(losses[0], name, say)
    else:
        why = tuple(say("waterfall.part", why=say.say(loss.says), marks=figure(loss.amount)) for loss in losses)
    return _Step(sort="loss" if change < 0 else "gain", name=name, why=why, change=change)


def _plain(loss: Loss, name: str, say: Wording) -> tuple[str, ...]:
    """Return the reason, unless it only repeats the name."""
    told = say.say(loss.says)
    return () if told == name else (told,)


def _unexplained(steps: list[_Step], marks: _Limits, say: Wording) -> Iterator[_Step]:
    """Yield what the steps do not tell: under parents that are open, what can no longer be reached."""
    rest = marks.high - marks.full - sum((step.change for step in steps), Exact(0))
    if rest:
        yield _Step(sort="loss" if rest < 0 else "gain", name=say("waterfall.other"), why=(), change=rest)


def _shortened(steps: list[_Step], say: Wording) -> list[_Step]:
    if len(steps) <= MOST_ROWS:
        return steps
    by_size = sorted(range(len(steps)), key=lambda place: (-abs(steps[place].change), place))
    kept = set(by_size[: MOST_ROWS - 1])
    others = [steps[place].change for place in range(len(steps)) if place not in kept]
    name = say("waterfall.others", count=str(len(others)))
    rest = _Step(sort="rest", name=name, why=(say("waterfall.others-where"),), change=sum(others, Exact(0)))
    return [*(step for place, step in enumerate(steps) if place in kept), rest]


@frozen
class _Scale:
    """Where bars begin, and how wide a mark is."""

    begin: Exact
    width: Exact

    def bar(self, start: Exact, end: Exact, sort: str) -> Bar:
        """Return the bar between two numbers of marks, wide enough to be seen."""
        low, high = min(start, end), max(start, end)
        wide = max((high - low) * self.width, Exact(1))
        left = min((low - self.begin) * self.width, WIDTH - wide)
        return Bar(x=coordinate(left), width=coordinate(wide), sort=sort)


def _laid(steps: list[_Step], marks: _Limits, say: Wording) -> Waterfall:
    runs = list(accumulate((step.change for step in steps), initial=marks.full))
    begin = _beginning(min(*runs, marks.low))
    scale = _Scale(begin, WIDTH / max(max(runs) - begin, Exact(1, 10**6)))
    first = Row(
        sort="full",
        name=say("waterfall.full"),
        why=(),
        change="",
        left=figure(marks.full),
        bars=(scale.bar(begin, marks.full, "reached"),),
    )
    rows = (_row(step, before, after, scale) for step, (before, after) in zip(steps, pairwise(runs), strict=True))
    return Waterfall(rows=(first, *rows, *_last_rows(marks, scale, say)), begins=figure(begin) if begin else "")


def _row(step: _Step, before: Exact, after: Exact, scale: _Scale) -> Row:
    return Row(
        sort=step.sort,
        name=step.name,
        why=step.why,
        change=signed_figure(step.change),
        left=figure(after),
        bars=(scale.bar(before, after, "lost" if step.change < 0 else "gained"),),
    )


def _last_rows(marks: _Limits, scale: _Scale, say: Wording) -> Iterator[Row]:
    if marks.high > marks.low:
        yield Row(
            sort="open",
            name=say("waterfall.open"),
            why=(say("waterfall.open-why"),),
            change=say("up-to", marks=f"−{figure(marks.high - marks.low)}"),
            left=marks.text,
            bars=(scale.bar(marks.low, marks.high, "open"),),
        )
    name = say("waterfall.provisional") if marks.high > marks.low else say("total")
    reached = (scale.bar(scale.begin, marks.low, "reached"),) if marks.low > scale.begin else ()
    yield Row(sort="total", name=name, why=(), change="", left=marks.text, bars=reached)


def _beginning(lowest: Exact) -> Exact:
    """Return where the bars begin: at zero, unless that would make the losses too small to see."""
    if lowest <= 0:
        return min(lowest, Exact(0))
    step = Exact(1)
    while step * 10 <= lowest:
        step *= 10
    while step > lowest:
        step /= 10
    whole = step / 2
    return max((lowest // whole - 1) * whole, Exact(0))
