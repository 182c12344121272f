"""What the next marks would take: the changes of each indicator, each told once and where it acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.explain.explanation import Change, IndicatorExplanation
from perfrules.explain.indicator_text import change_lines
from perfrules.report.figures import signed_figure
from perfrules.report.wording import Wording


@frozen(kw_only=True)
class NextMarks:
    """One change that raises a mark: what it takes, and by which single inputs."""

    says: str
    by: tuple[str, ...]


@frozen(kw_only=True)
class NextStep:
    """The nearest change of an indicator that raises its mark, by *gain*."""

    anchor: str
    name: str
    change: NextMarks
    gain: str


def changes_by_code(explained: Mapping[str, IndicatorExplanation]) -> dict[str, tuple[Change, ...]]:
    """Return the changes of each indicator; of a parent without those that an indicator below it has too."""
    return {code: tuple(_own(code, each, explained)) for code, each in explained.items()}


def next_marks(change: Change, say: Wording) -> NextMarks:
    """Say what a change takes and gives."""
    first, *others = change_lines(change, say.page)
    return NextMarks(says=first, by=tuple(line.strip() for line in others))


def next_steps(
    explained: Mapping[str, IndicatorExplanation], anchors: Mapping[str, str], say: Wording
) -> Iterator[NextStep]:
    """Yield the nearest change of each indicator, what gives most first."""
    found = [(code, changes[0]) for code, changes in changes_by_code(explained).items() if changes]
    for code, change in sorted(found, key=lambda item: -item[1].gain):
        yield NextStep(
            anchor=anchors[code],
            name=say.named(code, explained[code].title),
            change=next_marks(change, say),
            gain=signed_figure(change.gain),
        )


def _own(code: str, each: IndicatorExplanation, explained: Mapping[str, IndicatorExplanation]) -> Iterator[Change]:
    below = {
        (change.on, change.to)
        for other, found in explained.items()
        if other.startswith(f"{code}.")
        for change in found.changes
    }
    yield from (change for change in each.changes if (change.on, change.to) not in below)
