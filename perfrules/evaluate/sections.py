"""The sections of a result, each read off the trace: indicators, vetoes, decisions, what left the denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias, TypeVar

from attrs import frozen

from perfrules.evaluate.places import IndicatorPlace, places_of
from perfrules.evaluate.trace import Trace, Value
from perfrules.ir.inputs import Facts, Override
from perfrules.ir.plan import Plan, ResultOutline, Role
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

Read = TypeVar("Read")
Values: TypeAlias = Mapping[str, Value]
Reader: TypeAlias = Callable[[Values, str], Read]
Outlines: TypeAlias = Sequence[ResultOutline]


class IndicatorStatus(StrEnum):
    """How an indicator's marks came about, or why there are none."""

    SCORED = "scored"
    PENDING = "pending"
    EXCLUDED = "excluded"
    MISSING = "missing"
    VETOED = "vetoed"


class AppliedVeto(NamedTuple):
    """A veto that holds: the author's reason, what it does, and the indicator it stands in (None: the ruleset)."""

    reason: str
    effect: str
    indicator: str | None


@frozen(kw_only=True)
class IndicatorResult:
    """One indicator: its final marks and the stages before; None where there is no such value.

    `unvetoed` is before the veto (rounded, overridden), `unrounded` before rounding (held), `computed` what the
    method gave. The status is missing where a missing policy stood in for the data.
    """

    code: str
    title: str | None
    status: IndicatorStatus
    score: Exact | None
    unvetoed: Exact | None
    unrounded: Exact | None
    computed: Exact | None
    full: Exact | None
    measure: Value | None
    light: str | None
    override: Override | None


class Indicators(Mapping[str, IndicatorResult]):
    """The indicators of one result by full code, each made when it is looked up."""

    def __init__(self, plan: Plan, facts: Facts, trace: Trace) -> None:
        self._plan, self._facts, self._trace = plan, facts, trace

    def __getitem__(self, code: str) -> IndicatorResult:
        return _indicator(self._trace, self._facts, places_of(self._plan).items[code])

    def __iter__(self) -> Iterator[str]:
        return iter(places_of(self._plan).items)

    def __len__(self) -> int:
        return len(places_of(self._plan).items)


def _indicator(trace: Trace, facts: Facts, place: IndicatorPlace) -> IndicatorResult:
    def node(*roles: Role) -> str:
        return next((place.nodes[role] for role in roles if role in place.nodes), "")

    measure = node(Role.MEASURE)
    return IndicatorResult(
        code=place.code,
        title=place.title,
        status=_status(trace, place),
        score=first_number(trace, node(Role.FINAL)),
        unvetoed=first_number(trace, node(Role.OVERRIDDEN, Role.ROUNDED, Role.HELD, Role.SCORE, Role.FINAL)),
        unrounded=first_number(trace, node(Role.HELD, Role.SCORE, Role.FINAL)),
        computed=first_number(trace, node(Role.SCORE, Role.FINAL)),
        full=first_number(trace, node(Role.FULL)),
        measure=trace[measure] if measure else None,
        light=words(trace, node(Role.LIGHT)),
        override=facts.overrides.get(place.code),
    )


_TOLD_BY: Final = (Role.FINAL, Role.MEASURE, Role.LIGHT)
"""The stages whose state is the status of an indicator: the first that it has."""


def _status(trace: Trace, place: IndicatorPlace) -> IndicatorStatus:
    final = next((place.nodes[role] for role in _TOLD_BY if role in place.nodes), None)
    state = None if final is None else trace.state_of(final)
    if state is not None:
        known = {State.PENDING: IndicatorStatus.PENDING, State.EXCLUDED: IndicatorStatus.EXCLUDED}
        return known.get(state, IndicatorStatus.MISSING)
    if any(trace[condition] is True for condition in place.zeroed_by):
        return IndicatorStatus.VETOED
    if any(trace.state(policy.parts[0].slot) is State.MISSING for policy in place.policies):
        return IndicatorStatus.MISSING
    return IndicatorStatus.SCORED


def full_code(plan: Plan, code: str) -> str:
    """Return the full code of the indicator that *code* names; KeyError if none or several do."""
    found = places_of(plan).full_codes[code]
    if found is None:
        raise KeyError(f"`{code}` names several indicators")
    return found


def is_provisional(plan: Plan, trace: Trace) -> bool:
    """Tell whether anything that is reported waits for a person."""
    return any(trace.state(slot) is State.PENDING for slot in places_of(plan).results)


def left_out(plan: Plan, trace: Trace) -> tuple[str, ...]:
    """List the members that left a denominator."""
    return tuple(code for code, slot in places_of(plan).shares if trace.state(slot) is State.EXCLUDED)


def applied_vetoes(plan: Plan, trace: Trace) -> tuple[AppliedVeto, ...]:
    """List the vetoes whose condition holds."""
    return tuple(
        AppliedVeto(veto.reason, veto.effect, veto.indicator) for veto in plan.vetoes if trace[veto.node] is True
    )


def flags(plan: Plan, values: Values) -> dict[str, bool | None]:
    """Read each flag."""
    return {name: yes_or_no(values, f"flag.{name}") for name in plan.flags}


def first_number(values: Values, *nodes: str) -> Exact | None:
    """Return the value of the first of *nodes* that the plan has; None if that is no number."""
    value = next((values[node] for node in nodes if node in values), None)
    return value if isinstance(value, Exact) else None


def words(values: Values, node: str) -> str | None:
    """Return a grade or a light; None for a state and for a node that the plan has not."""
    value = values[node] if node in values else None  # noqa: SIM401 - a trace makes each value anew
    return value if isinstance(value, str) else None


def yes_or_no(values: Values, node: str) -> bool | None:
    """Return a condition; None for a state."""
    value = values[node]
    return value if isinstance(value, bool) else None


def anything(values: Values, node: str) -> Value | None:
    """Return any value, states included."""
    return values[node]
