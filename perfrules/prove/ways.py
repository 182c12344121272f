"""Looking at a plan once for each group: parameters and guards that go by one choice belong together."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.plan import Plan, Role
from perfrules.ir.walk import everything
from perfrules.prove.enclosure import Enclosure, exactly

_MOST_WAYS: Final = 16


def ways_by_group(plan: Plan, inputs: Mapping[str, Enclosure]) -> Iterator[Mapping[str, Enclosure]]:
    """Yield *inputs* narrowed to each combination of the choices that parameters go by, the first choices if many."""
    answers: dict[str, list[Enclosure]] = {}
    for name in _grouping(plan):
        options = answers_of(inputs[name]) if name in inputs else []
        if len(options) > 1 and prod(map(len, answers.values())) * len(options) <= _MOST_WAYS:
            answers[name] = options
    if answers:
        for way in product(*answers.values()):
            yield {**inputs, **dict(zip(answers, way, strict=True))}


def answers_of(value: Enclosure) -> list[Enclosure]:
    """List the answers to a yes/no question or a choice, being missing among them; nothing for anything else."""
    if value.numbers is not None or value.days is not None or value.records is not None or value.texts is None:
        return []
    found = [exactly(truth) for truth in sorted(value.booleans)] + [exactly(text) for text in sorted(value.texts)]
    return found + [exactly(state) for state in sorted(value.states, key=str)] if found else []


def _grouping(plan: Plan) -> Iterator[str]:
    """Yield the inputs that parameters and full marks go by, then those that decide what applies."""
    seen: set[str] = set()
    for roles in ((Role.PARAMETER, Role.FULL), tuple(Role)):
        for node in plan.nodes:
            if node.role in roles:
                for part in everything(node.expr):
                    for name in _choosing(part, roles):
                        if name not in seen:
                            seen.add(name)
                            yield name


def _choosing(part: core.Expr, roles: tuple[Role, ...]) -> Iterator[str]:
    if not isinstance(part, core.Select) or (len(roles) > 2 and part.origin.construct != "applies"):
        return
    for condition, _ in part.cases:
        yield from (inner.name for inner in everything(condition) if isinstance(inner, core.Input))
