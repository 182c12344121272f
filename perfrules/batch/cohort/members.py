"""What all entities bring to a statistic, as columns: whether they are asked, in which group, with which value.

The same as `perfrules.evaluate.cohort.members`, for all entities at once. States are codes (`perfrules.batch.tape`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import Cells, Figures
from perfrules.batch.cohort.keys import dense, keys_of
from perfrules.batch.tape import code_of_state
from perfrules.ir.expressions import CohortAggregate
from perfrules.lang.states import State

Mask: TypeAlias = NDArray[Any]

PENDING = code_of_state(State.PENDING)
EXCLUDED = code_of_state(State.EXCLUDED)
REFUSED = code_of_state(State.REFUSED)


@frozen(eq=False)
class Part:
    """One part of a statistic for all entities: numbers, truths (bool) or codes (int64; None: nobody has a value), and
    codes of states (uint8; None: everybody has a value).
    """

    values: Figures | Cells | None = field(repr=False)
    states: NDArray[Any] | None = field(default=None, repr=False)

    @property
    def figures(self) -> Figures:
        """The values of a part that has numbers; none if nobody has a value."""
        if self.values is None:
            return Figures(np.zeros(0, np.int64))
        assert isinstance(self.values, Figures)
        return self.values

    def truths(self, rows: int) -> Mask:
        """Return the values of a part that has truths, false where there is none."""
        if self.values is None:
            return np.zeros(rows, bool)
        assert isinstance(self.values, np.ndarray)
        return self.values.astype(bool) if self.states is None else self.values.astype(bool) & (self.states == 0)


@frozen(eq=False, slots=False, kw_only=True)
class Members:
    """All entities of a run. *refused* are those that are refused in every part. *in_order* gives the place of each
    among all names, *name* one of them.
    """

    rows: int
    body: Part | None = None
    where: Part | None = None
    groups: tuple[Part, ...] = ()
    pool: Part | None = None
    at: Part | None = None
    empty: Part | None = None
    refused: Mask
    in_order: Callable[[], Cells] = field(repr=False)
    name: Callable[[int], str] = field(repr=False)


@frozen(eq=False, slots=False)
class Standing:
    """Who is asked, who counts, and in which group each is: *groups* are codes below *number*, -1 where that is not
    known. *taken* is the state in which each is asked (that of the condition and the group), *body* that of what it
    brings.
    """

    expr: CohortAggregate
    members: Members
    groups: Cells
    number: int
    group_states: NDArray[Any]
    taken: NDArray[Any]
    body: NDArray[Any]
    asked: Mask

    @cached_property
    def absent(self) -> Mask:
        """Who is asked, and does not count for having no value."""
        if not self.expr.present:
            return np.zeros(len(self.asked), bool)
        found: Mask = self.asked & (self.body >= EXCLUDED)
        return found

    @cached_property
    def state(self) -> NDArray[Any]:
        """The state in which each takes part; where it is asked and not absent."""
        return np.where(self.asked & ~self.absent, np.maximum(self.taken, self.body), 0).astype(np.uint8)

    @cached_property
    def counted(self) -> Mask:
        """Who counts."""
        found: Mask = self.asked & ~self.absent & (self.state == 0)
        return found

    @cached_property
    def places(self) -> Cells:
        """The places of those who count."""
        return np.flatnonzero(self.counted)

    @cached_property
    def counted_groups(self) -> Cells:
        """The groups of those who count."""
        return self.groups[self.places]

    @cached_property
    def counts(self) -> Cells:
        """How many count in each group."""
        return np.bincount(self.counted_groups, minlength=self.number)

    @cached_property
    def own_state(self) -> NDArray[Any]:
        """The state of the place of who does not count."""
        return np.where(self.asked & (self.body > 0), self.body, EXCLUDED).astype(np.uint8)

    def strongest(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return by group the strongest of *states*; those whose group is not known are asked in each."""
        found = np.zeros(self.number, np.uint8)
        some = np.flatnonzero(states)
        if len(some):
            at_home = some[self.groups[some] >= 0]
            np.maximum.at(found, self.groups[at_home], states[at_home])
            homeless = states[some[self.groups[some] < 0]]
            np.maximum(found, homeless.max(initial=0), out=found)
        return found


def standing(expr: CohortAggregate, members: Members) -> Standing:
    """Find who is asked, and in which group."""
    group_states = np.zeros(members.rows, np.uint8)
    for part in members.groups:
        np.maximum(group_states, _states(part, members), out=group_states)
    groups, number = _groups(members, group_states)
    asked, taken = np.ones(members.rows, bool), group_states
    if members.where is not None:
        where = _states(members.where, members)
        asked = (where > 0) | members.where.truths(members.rows)
        taken = np.maximum(where, group_states)
    body = _states(members.body, members)
    return Standing(
        expr, members, groups, number, group_states, np.where(asked, taken, 0).astype(np.uint8), body, asked
    )


def _states(part: Part | None, members: Members) -> NDArray[Any]:
    states = np.zeros(members.rows, np.uint8)
    if part is not None:
        if part.states is not None:
            states[:] = part.states
        elif part.values is None:
            states[:] = REFUSED
    states[members.refused] = REFUSED
    return states


def _groups(members: Members, states: NDArray[Any]) -> tuple[Cells, int]:
    """Give the groups numbers from 0 on; there is one where nothing groups."""
    if not members.groups:
        return np.zeros(members.rows, np.int64), 1
    known = np.flatnonzero(states == 0)
    codes, number = np.zeros(len(known), np.int64), 1
    for part in members.groups:
        values = part.values
        keys = keys_of(values.take(known)) if isinstance(values, Figures) else _codes(values, known)
        own, kinds = dense(keys)
        codes, number = dense(codes * max(kinds, 1) + own)
    groups = np.full(members.rows, -1, np.int64)
    groups[known] = codes
    return groups, number


def _codes(values: Cells | None, known: Cells) -> Cells:
    return np.zeros(len(known), np.int64) if values is None else values[known].astype(np.int64)
