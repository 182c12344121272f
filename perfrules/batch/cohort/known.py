"""A statistic that was made, entity by entity: what each is told, as the evaluator of single entities takes it.

Groups whose statistic is open, or whose pool cannot be divided, are told here, member by member.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from attrs import evolve, field, frozen

from perfrules.batch.cohort.entered import Entered, entered
from perfrules.batch.cohort.figures import Figures
from perfrules.batch.cohort.members import REFUSED, Members, Part
from perfrules.batch.cohort.statistic import Statistic, statistic
from perfrules.batch.tape import STATES, code_of_state
from perfrules.evaluate.cohort.facts import Told, told
from perfrules.evaluate.cohort.members import Member
from perfrules.evaluate.cohort.statistics import OF_EACH
from perfrules.evaluate.trace import Value
from perfrules.ir.expressions import CohortAggregate
from perfrules.ir.inputs import CohortFact
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

_NOBODY: Told = Told({}, {})


@frozen(eq=False, slots=False)
class Known:
    """A statistic of all entities; *singly* are the members whose groups were told one by one, by their places."""

    expr: CohortAggregate
    statistic: Statistic = field(repr=False)
    singly: Mapping[int, Member] = field(repr=False)
    told: Told = field(repr=False)
    _absent: dict[tuple[int, bool], tuple[str, ...]] = field(factory=dict, repr=False)

    @cached_property
    def entered(self) -> Entered:
        """What a plan reads in its place."""
        singly = np.zeros(len(self.statistic.states), bool)
        singly[[*self.singly]] = True
        return entered(self.expr, self.statistic, singly)

    def fact(self, place: int) -> CohortFact:
        """Return what the entity at *place* is told."""
        member = self.singly.get(place)
        if member is not None:
            return self.told.facts[member]
        standing, state = self.statistic.standing, int(self.statistic.states[place])
        group = int(standing.groups[place])
        if group < 0:
            return CohortFact(value=_state(state), count=0)
        refused = state == REFUSED and not (self.expr.op in OF_EACH and not self._counts(place))
        value = _state(state) if state else _value_at(self.statistic.values, place)
        return CohortFact(value=value, count=int(standing.counts[group]), absent=self._names(group, refused=refused))

    def _counts(self, place: int) -> bool:
        standing = self.statistic.standing
        return bool(standing.asked[place] and not standing.absent[place])

    def _names(self, group: int, *, refused: bool) -> tuple[str, ...]:
        """Name who is absent from a group, or who is refused in it; those whose group is not known are in each."""
        found = self._absent.get((group, refused))
        if found is None:
            standing = self.statistic.standing
            named = standing.absent & (standing.groups < 0) | standing.absent & (standing.groups == group)
            if refused:
                named = (standing.state == REFUSED) & ((standing.groups < 0) | (standing.groups == group))
            found = tuple(sorted(map(standing.members.name, np.flatnonzero(named).tolist())))
            self._absent[group, refused] = found
        return found


def known(expr: CohortAggregate, members: Members, pending: Mapping[int, Member]) -> Known:
    """Make a statistic; *pending* are the members, by their places, whose body is open (with where it will lie)."""
    found = statistic(expr, members)
    if not found.open.any():
        return Known(expr, found, {}, _NOBODY)
    groups = found.standing.groups
    is_open = found.open[np.maximum(groups, 0)] & (groups >= 0)
    places = np.flatnonzero(is_open | (groups < 0)).tolist()
    asked = {place: _member(found, place, pending.get(place)) for place in places}
    singly = {place: each for place, each in asked.items() if is_open[place]}
    return Known(expr, found, singly, told(expr, [*asked.values()]))


def _member(found: Statistic, place: int, pending: Member | None) -> Member:
    """Return one member; its group is told by its number, which is as good as its name."""
    standing, members = found.standing, found.standing.members
    number = int(standing.groups[place])
    group = (Exact(number),) if number >= 0 else _state(int(standing.group_states[place]))
    if pending is not None:
        return evolve(pending, group=group)
    taken = _state(int(standing.taken[place])) if standing.taken[place] else bool(standing.asked[place])
    body = _state(int(standing.body[place])) if standing.body[place] else _of(members.body, place)
    return Member(
        entity=members.name(place),
        taken=taken,
        body=True if body is None else body,
        group=group,
        pool=_of(members.pool, place),
        at=_of(members.at, place),
        empty=_of(members.empty, place),
    )


def _of(part: Part | None, place: int) -> Value | None:
    if part is None:
        return None
    if part.states is not None and part.states[place]:
        return _state(int(part.states[place]))
    return State.REFUSED if part.values is None else _value_at(part.values, place)


def _value_at(values: object, place: int) -> Exact | bool:
    if isinstance(values, Figures):
        return values.at(place)
    assert isinstance(values, np.ndarray)
    return bool(values[place]) if values.dtype == bool else Exact(int(values[place]))


def _state(code: int) -> State:
    found = STATES[code]
    assert found is not None
    assert code_of_state(found) == code
    return found
