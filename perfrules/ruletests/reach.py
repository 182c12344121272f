"""Which parts of the rules no test reaches: bands, cases, tally lines, stretches of a curve, grades, vetoes, lights,
values by group.

A part is reached when some test's evaluation took it: its value was computed as the chosen one, its line
added something, its condition held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from perfrules.evaluate.numbering import Placed, layout_of
from perfrules.evaluate.trace import NOT_EVALUATED, Trace
from perfrules.ir import expressions as core
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Grade
from perfrules.text import Span

CONSTRUCTS = ("band", "case", "tally line", "curve", "grade", "veto", "light", "group value")


@frozen
class Part:
    """A part of a rule that a test can reach: the node it belongs to, what it is, and where it is written."""

    node: str
    construct: str
    number: int
    title: str | None = field(default=None, eq=False)
    span: Span | None = field(default=None, eq=False)


@frozen
class Reach:
    """All parts of the rules, and those that no test reaches."""

    parts: tuple[Part, ...]
    unreached: tuple[Part, ...]


def reach(plan: Plan, traces: Iterable[Trace]) -> Reach:
    """Tell which parts of the rules the traces (of tests, or of any data) reach."""
    seen: set[Part] = set()
    for trace in traces:
        seen.update(part for part, taken in _parts(plan, trace) if taken)
    every = tuple(dict.fromkeys(part for part, _ in _parts(plan, None)))
    return Reach(every, tuple(part for part in every if part not in seen))


def _parts(plan: Plan, trace: Trace | None) -> Iterator[tuple[Part, bool]]:
    for node, root in layout_of(plan).roots.items():
        if node.endswith("~"):
            continue
        for placed in _all_placed(root):
            for number, (construct, origin, taken) in enumerate(_choices(placed, trace)):
                yield Part(node, construct, number, origin.title, origin.span), taken


def _all_placed(root: Placed) -> Iterator[Placed]:
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        yield placed
        waiting.extend(reversed(placed.parts))


def _choices(placed: Placed, trace: Trace | None) -> Iterator[tuple[str, core.Origin, bool]]:
    """Yield the construct, origin and whether *trace* took it, of each alternative of one expression."""
    expr = placed.expr
    match expr:
        case core.Steps():
            usual = "grade" if isinstance(expr.kind, Grade) else "band"
            chosen = _step_values(placed)
            for step, value in zip(expr.steps, chosen, strict=False):
                yield _construct(step.origin, usual), _titled(step.origin, step.value), _evaluated(value, trace)
            if expr.otherwise is not None:
                origin = _titled(expr.otherwise.origin, expr.otherwise)
                yield usual, origin, _evaluated(placed.parts[-1], trace)
        case core.Select():
            construct = _construct_of_cases(expr.origin)
            for number, (when, then) in enumerate(expr.cases if construct else ()):
                origin = _origin_of_case(construct, when.origin, then.origin)
                yield construct, origin, _evaluated(placed.parts[2 * number + 1], trace)
            if construct:
                yield construct, expr.otherwise.origin, _evaluated(placed.parts[-1], trace)
        case core.Ledger():
            for line, amount in zip(expr.lines, placed.parts[1:], strict=False):
                yield "tally line", line.origin, _not_zero(amount, trace)
            conditions = placed.parts[1 + len(expr.lines) : 1 + len(expr.lines) + len(expr.zeroed)]
            for condition in conditions:
                yield "tally line", condition.expr.origin, _true(condition, trace)
        case core.Lines():
            yield from _stretches(placed, expr, trace)
        case core.Demote():
            for veto, condition in zip(expr.vetoes, placed.parts[1:], strict=True):
                yield "veto", veto.origin, _true(condition, trace)
        case _:
            return


def _construct_of_cases(origin: core.Origin) -> str:
    """Name the alternatives of ordered cases; empty where they are no list of the author's."""
    match origin.construct, origin.role:
        case "cases" | "case", _:
            return "case"
        case "expression", "cases":
            return "case"
        case "lights", _:
            return "light"
        case "parameter", "group":
            return "group value"
    return ""


def _origin_of_case(construct: str, condition: core.Origin, value: core.Origin) -> core.Origin:
    """Return where a case as a whole stands."""
    if construct == "group value" or condition.span is None or value.span is None:
        return condition
    return evolve(value, span=condition.span.cover(value.span))


def _stretches(placed: Placed, expr: core.Lines, trace: Trace | None) -> Iterator[tuple[str, core.Origin, bool]]:
    """Yield each stretch between two neighbouring points, ends included."""
    subject = trace.value(placed.parts[0].slot) if trace else None
    ends = [trace.value(part.slot) if trace else None for part in placed.parts[1::2]]
    for (x, _), low, high in zip(expr.points, ends, ends[1:], strict=False):
        inside = isinstance(subject, Exact) and isinstance(low, Exact) and isinstance(high, Exact)
        yield "curve", x.origin, inside and low <= subject <= high  # type: ignore[operator]  # all three are numbers


def _step_values(placed: Placed) -> list[Placed]:
    """The placed values of a step table's steps, in order: they follow each step's own ends."""
    expr = placed.expr
    assert isinstance(expr, core.Steps)
    position, found = 1, []
    for step in expr.steps:
        position += _ends(step.takes)
        found.append(placed.parts[position])
        position += 1
    return found


def _ends(takes: core.Between | core.Among) -> int:
    match takes:
        case core.Between(low=low, high=high):
            return (low is not None) + (high is not None)
        case core.Among(options=options):
            return len(options)


def _titled(origin: core.Origin, value: core.Expr) -> core.Origin:
    """Name a grade; a band has the title its author gave it."""
    if isinstance(value.kind, Grade) and isinstance(value, core.Const):
        return evolve(origin, title=str(value.value))
    return origin


def _construct(origin: core.Origin, usual: str) -> str:
    return origin.construct if origin.construct in CONSTRUCTS else usual


def _evaluated(placed: Placed, trace: Trace | None) -> bool:
    return trace is not None and trace.value(placed.slot) is not NOT_EVALUATED


def _not_zero(placed: Placed, trace: Trace | None) -> bool:
    value = trace.value(placed.slot) if trace else None
    return isinstance(value, Exact) and value != 0


def _true(placed: Placed, trace: Trace | None) -> bool:
    return trace is not None and trace.value(placed.slot) is True
