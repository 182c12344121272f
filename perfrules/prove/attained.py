"""Which ends of provisional intervals are reached: shown by evaluating completions of what is pending.

Every open answer is put at its ends (a yes/no and a choice at each option), in all combinations where they are few. The
evaluator is handed in; what it gives is a proof that these values are possible.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Final, TypeAlias

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.inputs import Facts, FactValue, JudgedMark
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.states import State
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.scene import Scene
from perfrules.prove.survey import Given, survey

Evaluate: TypeAlias = Callable[[Plan, Facts], Mapping[str, object]]

_MOST_CORNERS: Final = 128


def with_attained(
    plan: Plan, facts: Facts, enclosures: Mapping[str, Enclosure], evaluate: Evaluate
) -> dict[str, Enclosure]:
    """Mark the enclosures both of whose ends some completion of *facts* reaches; a single value is always reached."""
    seen: dict[str, list[object]] = {id_: [] for id_ in enclosures}
    if any(not _is_settled(enclosure) for enclosure in enclosures.values()):
        for completion in completions(plan, facts):
            values = evaluate(plan, completion)
            for id_, found in seen.items():
                found.append(values[id_])
    return {
        id_: evolve(enclosure, attained=_is_settled(enclosure) or _reached(enclosure, seen[id_]))
        for id_, enclosure in enclosures.items()
    }


def completions(plan: Plan, facts: Facts) -> Iterator[Facts]:
    """Yield facts with nothing open: all corners, or where there are many, those that differ from one in one answer."""
    answers = dict(_open_inputs(plan, facts))
    marks = dict(_open_marks(plan, facts))
    counts = [len(options) for options in answers.values()] + [len(options) for options in marks.values()]
    for corner in _corners(counts):
        picked = iter(corner)
        values = {name: options[next(picked)] for name, options in answers.items()}
        judged = {code: options[next(picked)] for code, options in marks.items()}
        yield evolve(facts, values={**facts.values, **values}, judged={**facts.judged, **judged})


def _corners(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield positions of answers, one for each open question; there are none where a question has no ends."""
    if prod(counts) <= _MOST_CORNERS:
        yield from product(*(range(count) for count in counts))
        return
    for end in (0, -1):
        plain = [range(count)[end] for count in counts]
        for position, count in enumerate(counts):
            for other in range(count):
                yield (*plain[:position], other, *plain[position + 1 :])


def _open_inputs(plan: Plan, facts: Facts) -> Iterator[tuple[str, list[FactValue]]]:
    waits = any(_waits(node.expr) for node in plan.nodes)
    for name, known in declared(plan).items():
        fact = facts.values.get(name)
        if fact is State.PENDING or (waits and fact is State.MISSING):
            yield name, [*_ends(known), *sorted(known.booleans), *sorted(known.texts or ())]


def _waits(expr: core.Expr) -> bool:
    """Tell whether something missing is waited for."""
    return any(
        isinstance(part, core.Recover)
        and part.state is State.MISSING
        and isinstance(part.replacement, core.StateConst)
        and part.replacement.state is State.PENDING
        for part in everything(expr)
    )


def _ends(known: Enclosure) -> list[FactValue]:
    return list(_closed_ends(known.numbers)) if known.numbers is not None else []


def _closed_ends(numbers: Interval) -> Iterator[Exact]:
    if numbers.lo is not None and numbers.lo_closed:
        yield numbers.lo
    if numbers.hi is not None and numbers.hi_closed and numbers.hi != numbers.lo:
        yield numbers.hi


def _open_marks(plan: Plan, facts: Facts) -> Iterator[tuple[str, list[JudgedMark]]]:
    scene = survey(plan, declared(plan), Given(as_of=facts.as_of), keeps_visits=False).scene
    for node in plan.nodes:
        for part in everything(node.expr):
            if isinstance(part, core.Judged):
                given = facts.judged.get(part.code, JudgedMark())
                if given.mark is None:
                    marks = [mark for level in part.levels for mark in _level_marks(level, given, scene)]
                    yield part.code, marks or [given]


def _level_marks(level: core.JudgedLevel, given: JudgedMark, scene: Scene) -> Iterable[JudgedMark]:
    if given.level not in (None, level.name):
        return
    low, high = scene.quietly(level.low).constant, scene.quietly(level.high).constant
    ends = ((low, level.low_closed), (high, level.high_closed))
    for end in dict.fromkeys(end for end, closed in ends if closed):
        if isinstance(end, Exact):
            yield evolve(given, level=level.name, mark=end)


def _is_settled(enclosure: Enclosure) -> bool:
    return enclosure.constant is not None


def _reached(enclosure: Enclosure, seen: Sequence[object]) -> bool:
    """Tell whether the values seen reach both ends of the numbers, all texts, truths and states."""
    numbers = enclosure.numbers
    if numbers is not None and not {numbers.lo, numbers.hi} <= {value for value in seen if isinstance(value, Exact)}:
        return False
    if enclosure.days is not None or enclosure.texts is None:
        return False
    named = [value for value in seen if isinstance(value, str)]
    truths = {value for value in seen if isinstance(value, bool)}
    return {*enclosure.texts, *enclosure.states} <= set(named) and enclosure.booleans <= truths
