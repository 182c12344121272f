"""Entities whose exact total lies on a grade line: who grades them right?

`python benchmarks/grade_lines.py` scores 2,000 entities by perfrules, and by the same rule written in floats and in
28-digit decimals. Each entity is built backwards from its grade: the total is the line itself (so the better grade is
reached) or one unit of the last decimal below it (so it is not). The expected grade comes from that choice alone, in
whole numbers; no evaluator is asked. The rule: three marks by weights that are thirds or sevenths; floats and decimals
multiply each mark by its weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random

import timing  # noqa: F401 - makes perfrules importable from a checkout
from attrs import frozen

from perfrules import loads

ENTITIES = 2_000
LINES = ((90, "A"), (80, "B"), (60, "C"))
WEIGHTS = {"thirds": ((1, 3), (1, 3), (1, 3)), "sevenths": ((2, 7), (4, 7), (1, 7))}


@frozen
class Entity:
    """Whole numbers: three marks in hundredths, and the grade they were made for."""

    marks: tuple[int, int, int]
    grade: str


def weighted_source(weights: tuple[tuple[int, int], ...]) -> str:
    """Write the ruleset: three marks from 0 to 100, weighted by parts of a whole."""
    inputs = "\n".join(f"  input m{n} : number decimals 2 in [0, 100]" for n in range(3))
    indicators = "\n".join(
        f"  param w{n} : number = {top} / {bottom}\n  indicator I{n} weight w{n} {{ score = m{n} * 1 point }}"
        for n, (top, bottom) in enumerate(weights)
    )
    grades = "  grades of total {\n    A >= 90\n    B >= 80\n    C >= 60\n    D otherwise\n  }"
    return f'ruleset lines "Grade lines" version "1" {{\n  scale 0 to 100\n{inputs}\n{indicators}\n{grades}\n}}\n'


def entities(weights: tuple[tuple[int, int], ...], random: Random) -> list[Entity]:
    """Make marks whose weighted sum is exactly a grade line, or one hundredth of one mark below it."""
    parts = [top for top, _ in weights]
    whole = weights[0][1]
    found: list[Entity] = []
    while len(found) < ENTITIES:
        line, reached = random.choice(LINES)
        below = random.random() < 0.25
        # In hundredths times `whole`: parts[0] * a + parts[1] * b + parts[2] * c = whole * line * 100, parts[2] is 1.
        first, second = (random.randint(0, 10_000) for _ in range(2))
        third = whole * line * 100 - parts[0] * first - parts[1] * second
        if not 1 <= third <= 10_000:
            continue
        grade = {"A": "B", "B": "C", "C": "D"}[reached] if below else reached
        found.append(Entity((first, second, third - below), grade))
    return found


def in_floats(weights: tuple[tuple[int, int], ...]) -> Callable[[Entity], str]:
    """Return the rule as somebody would write it in floats."""
    factors = [top / bottom for top, bottom in weights]

    def grade(entity: Entity) -> str:
        return _graded(sum(mark / 100 * factor for mark, factor in zip(entity.marks, factors, strict=True)))

    return grade


def in_decimals(weights: tuple[tuple[int, int], ...]) -> Callable[[Entity], str]:
    """Return the rule in decimals of 28 digits, the default of Python's decimal module."""
    factors = [Decimal(top) / Decimal(bottom) for top, bottom in weights]

    def grade(entity: Entity) -> str:
        marks = [Decimal(mark) / 100 for mark in entity.marks]
        return _graded(sum((mark * factor for mark, factor in zip(marks, factors, strict=True)), Decimal(0)))

    return grade


def by_perfrules(weights: tuple[tuple[int, int], ...]) -> Callable[[Entity], str]:
    """Return the rule as a ruleset."""
    rules = loads(weighted_source(weights))

    def grade(entity: Entity) -> str:
        return str(rules.score({f"m{n}": Decimal(mark) / 100 for n, mark in enumerate(entity.marks)}).grade)

    return grade


def _graded(total: float | Decimal | Fraction) -> str:
    return next((grade for line, grade in LINES if total >= line), "D")


def misgraded(grade: Callable[[Entity], str], data: list[Entity]) -> int:
    """Count the entities that get another grade than they were made for."""
    return sum(grade(entity) != entity.grade for entity in data)


def main() -> int:
    """Print the table; return 1 if perfrules misgrades any."""
    makers: Mapping[str, Callable[[tuple[tuple[int, int], ...]], Callable[[Entity], str]]] = {
        "perfrules": by_perfrules,
        "floats": in_floats,
        "28-digit decimals": in_decimals,
    }
    wrong = 0
    for name, weights in WEIGHTS.items():
        data = entities(weights, Random(0))
        print(f"weights in {name}: {len(data)} entities on a grade line or a hundredth of a mark below it")
        for how, maker in makers.items():
            count = misgraded(maker(weights), data)
            wrong += count if how == "perfrules" else 0
            print(f"{count:>8} misgraded ({count / len(data):.1%}) by {how}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
