"""The sections of a result, each read off the trace: indicators, vetoes, decisions, what left the denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias, TypeVar

from attrs import frozen

from perfrules.evaluate.numbering import Placed, layout_of
from perfrules.evaluate.per_plan import per_plan
from perfrules.evaluate.trace import Trace, Value
from perfrules.ir.expressions import Combine, Recover, ShareRule
from perfrules.ir.inputs import Facts, Override
from perfrules.ir.plan import OutlineItem, Plan, ResultOutline, Role
from perfrules.lang.exact import Exact
from perfrules.lang.states import State

Read = TypeVar("Read")
Reader: TypeAlias = Callable[[Trace, str], Read]
Outlines: TypeAlias = Sequence[ResultOutline]

ZERO_EFFECT: Final = "zero"
"""The effect, as the plan's outline names it, of a veto that takes an indicator's marks."""
MISSING_POLICY: Final = "missing policy"
"""The construct that the recovery of a `missing -> …` clause comes from."""
_RESULTS: Final = frozenset(
    (
        *(Role.FINAL, Role.MEASURE, Role.LIGHT, Role.TOTAL, Role.TOTAL_ROUNDED, Role.GRADE),
        *(Role.DECISION, Role.ALERT, Role.OUTPUT, Role.FLAG),
    )
)


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
        return _indicator(self._trace, self._facts, _outline(self._plan).items[code])

    def __iter__(self) -> Iterator[str]:
        return iter(_outline(self._plan).items)

    def __len__(self) -> int:
        return len(_outline(self._plan).items)


@frozen(eq=False)
class _Place:
    """Where an indicator's values are: its node ids by role, its veto conditions, its missing policies."""

    code: str
    title: str | None
    nodes: Mapping[Role, str]
    zeroed_by: tuple[str, ...]
    policies: tuple[Placed, ...]


@frozen(eq=False)
class _Outline:
    items: Mapping[str, _Place]
    full_codes: Mapping[str, str | None]
    results: tuple[int, ...]
    shares: tuple[tuple[str, int], ...]


@per_plan
def _outline(plan: Plan) -> _Outline:
    layout = layout_of(plan)
    items = {item.code: _place(plan, item) for item in _all_items(plan.outline)}
    short: dict[str, str | None] = {}
    for item in _all_items(plan.outline):
        short[item.short] = None if item.short in short else item.code
    results = tuple(layout.roots[node.id].slot for node in plan.nodes if node.role in _RESULTS)
    shares = (share for node in plan.nodes for placed in _placed(layout.roots[node.id]) for share in _shares(placed))
    return _Outline(items, {**short, **{code: code for code in items}}, results, tuple(shares))


def _all_items(items: Sequence[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _all_items(item.children)


def _place(plan: Plan, item: OutlineItem) -> _Place:
    layout = layout_of(plan)
    mine = [node for node in plan.nodes if node.indicator == item.code and not node.id.endswith("~")]
    policies = (
        placed
        for node in mine
        for placed in _placed(layout.roots[node.id])
        if isinstance(placed.expr, Recover)
        and placed.expr.state is State.MISSING
        and placed.expr.origin.construct == MISSING_POLICY
    )
    zeroed_by = (veto.node for veto in plan.vetoes if veto.indicator == item.code and veto.effect == ZERO_EFFECT)
    return _Place(item.code, item.title, {node.role: node.id for node in mine}, tuple(zeroed_by), tuple(policies))


def _placed(root: Placed) -> Iterator[Placed]:
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        yield placed
        waiting.extend(reversed(placed.parts))


def _shares(placed: Placed) -> Iterator[tuple[str, int]]:
    """List the members that leave the denominator of *placed* when they are excluded, with the slot of their marks."""
    if isinstance(placed.expr, Combine) and placed.expr.share in (ShareRule.RESCALE, ShareRule.TO):
        parts = iter(placed.parts)
        for member in placed.expr.members:
            slot = next(parts).slot
            for _ in (size for size in (member.weight, member.full) if size is not None):
                next(parts)
            if not member.bonus:
                yield member.code, slot


def _indicator(trace: Trace, facts: Facts, place: _Place) -> IndicatorResult:
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


def _status(trace: Trace, place: _Place) -> IndicatorStatus:
    final = place.nodes.get(Role.FINAL) or place.nodes.get(Role.MEASURE)
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
    found = _outline(plan).full_codes[code]
    if found is None:
        raise KeyError(f"`{code}` names several indicators")
    return found


def is_provisional(plan: Plan, trace: Trace) -> bool:
    """Tell whether anything that is reported waits for a person."""
    return any(trace.state(slot) is State.PENDING for slot in _outline(plan).results)


def left_out(plan: Plan, trace: Trace) -> tuple[str, ...]:
    """List the members that left a denominator."""
    return tuple(code for code, slot in _outline(plan).shares if trace.state(slot) is State.EXCLUDED)


def applied_vetoes(plan: Plan, trace: Trace) -> tuple[AppliedVeto, ...]:
    """List the vetoes whose condition holds."""
    return tuple(
        AppliedVeto(veto.reason, veto.effect, veto.indicator) for veto in plan.vetoes if trace[veto.node] is True
    )


def flags(plan: Plan, trace: Trace) -> dict[str, bool | None]:
    """Read each flag."""
    return {name: yes_or_no(trace, f"flag.{name}") for name in plan.flags}


def first_number(trace: Trace, *nodes: str) -> Exact | None:
    """Return the value of the first of *nodes* that the plan has; None if that is no number."""
    value = next((trace[node] for node in nodes if node in trace.layout.roots), None)
    return value if isinstance(value, Exact) else None


def words(trace: Trace, node: str) -> str | None:
    """Return a grade or a light; None for a state and for a node that the plan has not."""
    value = trace[node] if node in trace.layout.roots else None
    return value if isinstance(value, str) and not isinstance(value, State) else None


def yes_or_no(trace: Trace, node: str) -> bool | None:
    """Return a condition; None for a state."""
    value = trace[node]
    return value if isinstance(value, bool) else None


def anything(trace: Trace, node: str) -> Value | None:
    """Return any value, states included."""
    return trace[node]
