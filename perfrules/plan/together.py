"""Rulesets that extend one base and are scored together: the statistics that they have in common, and their rounds.

What the base's text says is one statistic, taken over the entities of all that have it; what an extension says is its
own affair. Where one is written, not what it is made of, tells which it is: `total` differs with what fills the slots,
and is compared all the same. Only its values must be of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.ir.expressions import CohortAggregate, Expr, WrittenAt
from perfrules.ir.plan import Ancestor, Plan
from perfrules.lang.kinds import Kind
from perfrules.plan.statistic_names import statistic_names
from perfrules.plan.strata import Round, Shared, cyclic, rounds, rounds_of, statistics_of

_BEFORE_VETOES = "~"

_Key = tuple[object, ...]
_Gathered = list[tuple[int, CohortAggregate]]


@frozen(eq=False)
class Together:
    """Rulesets whose entities are one cohort for what their common base says, and the rounds they are scored in.

    With *problems* they cannot be scored together, and there are no rounds.
    """

    plans: tuple[Plan, ...] = field(repr=False)
    rounds: tuple[Round, ...] = field(repr=False)
    problems: tuple[Diagnostic, ...] = ()


def alone(plan: Plan) -> Together:
    """Return one ruleset by itself."""
    return Together((plan,), rounds_of(plan))


def together(plans: Sequence[Plan]) -> Together:
    """Find what *plans* share, and say why they cannot be scored together where that is so."""
    if len(plans) == 1:
        return alone(plans[0])
    problems = tuple(_unrelated(plans))
    gathered = () if problems else _gathered(plans)
    problems += tuple(problem for each in gathered for problem in _not_one(plans, each))
    problems += tuple(_before_vetoes(plans, gathered))
    statistics = [dict(each) for each in gathered]
    if not problems and (ring := cyclic(plans, statistics)):
        problems = (_ring(plans, [statistics[number] for number in ring]),)
    return Together(tuple(plans), () if problems else rounds(plans, statistics), problems)


def common_bases(plans: Sequence[Plan]) -> tuple[Ancestor, ...]:
    """Return the rulesets that all of *plans* are made of, the nearest first."""
    others = [{each.identity for each in plan.lineage} for plan in plans[1:]]
    return tuple(each for each in plans[0].lineage if all(each.identity in other for other in others))


def _unrelated(plans: Sequence[Plan]) -> Iterator[Diagnostic]:
    if common_bases(plans):
        return
    other = next((plan for plan in plans[1:] if not common_bases([plans[0], plan])), plans[-1])
    args: dict[str, Argument] = {
        "ruleset": plans[0].name,
        "other": other.name,
        "bases": tuple(dict.fromkeys(_titled(each) for plan in (plans[0], other) for each in plan.lineage)),
    }
    yield Diagnostic(Code.NO_COMMON_BASE, args=args)


def _titled(ancestor: Ancestor) -> str:
    return ancestor.name if ancestor.version is None else f"{ancestor.name} {ancestor.version}"


# --- what is shared


def _gathered(plans: Sequence[Plan]) -> tuple[_Gathered, ...]:
    """Return every statistic of all plans; those that have a place in a base in common are one."""
    numbers: dict[_Key, int] = {}
    found: dict[int, tuple[_Gathered, set[_Key]]] = {}
    members = ((place, expr) for place, plan in enumerate(plans) for expr in statistics_of(plan))
    for number, (place, expr) in enumerate(members):
        gathered: _Gathered = [(place, expr)]
        keys: set[_Key] = {*_keys(plans[place], expr), (place, expr.id)}
        for known in sorted({numbers[key] for key in keys if key in numbers}):
            before, also = found.pop(known)
            gathered, keys = [*before, *gathered], keys | also
        found[number] = gathered, keys
        numbers |= dict.fromkeys(keys, number)
    return tuple(gathered for gathered, _ in found.values())


def _keys(plan: Plan, expr: CohortAggregate) -> Iterator[_Key]:
    """Yield what tells each place of a statistic, wherever the files lie."""
    for written in expr.places:
        for ancestor in plan.lineage:
            texts = dict(ancestor.texts)
            if written.spans[0].file in texts:
                yield (ancestor.identity, _placed(written, texts), expr.id.endswith(_BEFORE_VETOES))
                break


def _placed(written: WrittenAt, texts: Mapping[str, str]) -> tuple[object, ...]:
    spans = ((texts.get(span.file), span.start, span.end) for span in written.spans)
    return (written.indicator, *spans)


# --- what stands in the way


def _not_one(plans: Sequence[Plan], gathered: _Gathered) -> Iterator[Diagnostic]:
    """Report what the base says once and overlays have made two things of, or things of several kinds."""
    (first, expr), *others = gathered
    for place, other in others:
        if place == first or _kinds(other) != _kinds(expr):
            yield _differs(plans, (first, expr), place)
            return


def _kinds(expr: CohortAggregate) -> tuple[Kind | None, ...]:
    parts: tuple[Expr | None, ...] = (expr, expr.body, *expr.groups, expr.pool, expr.empty)
    return tuple(None if part is None else part.kind for part in parts)


def _before_vetoes(plans: Sequence[Plan], gathered: Sequence[_Gathered]) -> Iterator[Diagnostic]:
    """Report statistics that conditions of vetoes read as they are before any veto, but not in all rulesets."""
    sharing = {member: {place for place, _ in each} for each in gathered for member in _ids(each)}
    for each in gathered:
        place, expr = each[0]
        plain = sharing.get((place, expr.id.removesuffix(_BEFORE_VETOES)), set())
        lacking = plain - sharing[place, expr.id]
        if lacking:
            yield _differs(plans, (place, expr), min(lacking))


def _ids(gathered: _Gathered) -> Iterator[tuple[int, str]]:
    return ((place, expr.id) for place, expr in gathered)


def _differs(plans: Sequence[Plan], one: tuple[int, CohortAggregate], other: int) -> Diagnostic:
    place, expr = one
    args: dict[str, Argument] = {
        "name": _name(plans[place], expr),
        "ruleset": plans[place].name,
        "other": plans[other].name,
    }
    return Diagnostic(Code.STATISTIC_DIFFERS, expr.origin.span, args=args)


def _ring(plans: Sequence[Plan], statistics: Sequence[Shared]) -> Diagnostic:
    """Report statistics that need one another only because the rulesets are scored together."""
    members = [next(iter(shared.items())) for shared in statistics]
    names = [_name(plans[place], expr) for place, expr in members]
    args: dict[str, Argument] = {"name": names[0], "path": " → ".join((*names, names[0]))}
    return Diagnostic(Code.CYCLE, members[0][1].origin.span, args=args)


def _name(plan: Plan, expr: CohortAggregate) -> str:
    return statistic_names({node.id: node for node in plan.nodes})[expr.id]
