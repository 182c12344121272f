"""What one entity brings to a statistic: whether it counts, its group, its value; and who counts in which group.

Without `among those present` a member whose condition, group or value is in a state puts the statistic into that state
for all of its group. With it, members without a value are absent: they do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import field, frozen

from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import CohortAggregate, CohortOp
from perfrules.lang.interval import Interval
from perfrules.lang.states import State, join
from perfrules.lang.truth import Truth

GroupKey: TypeAlias = tuple[Value, ...]

ABSENT: Final = frozenset({State.MISSING, State.EXCLUDED, State.REFUSED})
"""The states in which a value does not count where only those present do."""
LOGICAL: Final = frozenset({CohortOp.ANY, CohortOp.ALL})


@frozen(kw_only=True, eq=False)
class Member:
    """One entity: the values of the parts of a statistic; *taken* is in a state where condition or group is.

    *within*: where an open number will lie, None where that is not known. *may_leave*: an open value can turn out to be
    none.
    """

    entity: str
    taken: Truth
    body: Value
    group: GroupKey | State = ()
    pool: Value | None = None
    at: Value | None = None
    empty: Value | None = None
    within: Interval | None = None
    may_leave: bool = False


@frozen(eq=False)
class Asked:
    """Who is asked in one group: those that count, those that stand in the way, and the names of the absent."""

    counted: tuple[Member, ...] = field(repr=False)
    undecided: tuple[Member, ...] = field(repr=False)
    absent: tuple[str, ...]

    @property
    def state(self) -> State | None:
        """The state the statistic is in; None where nothing stands in its way."""
        states = [state for member in self.undecided for state in _states(member)]
        return join(*states) if states else None


def asked_by_group(expr: CohortAggregate, members: Sequence[Member]) -> Mapping[GroupKey, Asked]:
    """Sort *members* into groups; one whose group is not known is asked in every group."""
    homeless: list[Member] = []
    by_group: dict[GroupKey, list[Member]] = {}
    for member in members:
        if isinstance(member.group, State):
            homeless.append(member)
        else:
            by_group.setdefault(member.group, []).append(member)
    return {group: _asked(expr, [*found, *homeless]) for group, found in by_group.items()}


def is_absent(expr: CohortAggregate, member: Member) -> bool:
    """Tell whether a member that is asked does not count because it has no value."""
    return expr.present and member.body in ABSENT


def _asked(expr: CohortAggregate, members: Sequence[Member]) -> Asked:
    counted: list[Member] = []
    undecided: list[Member] = []
    absent: list[str] = []
    for member in members:
        if member.taken is False:
            continue
        if is_absent(expr, member):
            absent.append(member.entity)
        elif any(_states(member)):
            undecided.append(member)
        else:
            counted.append(member)
    return Asked(tuple(counted), tuple(undecided), tuple(sorted(absent)))


def _states(member: Member) -> Iterator[State]:
    if isinstance(member.taken, State):
        yield member.taken
    if isinstance(member.body, State):
        yield member.body
