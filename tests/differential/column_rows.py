"""Rows for columns: what cells may hold is read once, and every row takes one of the readings of each cell.

Some rows are moved, one input at a time, until something that is rounded or compared lies on its edge, or beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from random import Random

from attrs import evolve, frozen

from perfrules import api
from perfrules.before_scoring import checked_row
from perfrules.diagnostics import DataPlace
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.cohort.passes import compare
from perfrules.ir.inputs import Facts, FactValue, JudgedMark
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from perfrules.readers.mapping import read_mapping
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from tests.strategies.rulesets import WrittenRuleset

READINGS = 96
COHORT = 16
NOWHERE = DataPlace()


@frozen
class Pools:
    """What each input and each judgement may be."""

    values: Mapping[str, tuple[FactValue, ...]]
    judged: Mapping[str, tuple[JudgedMark | None, ...]]

    def without_states(self) -> Pools:
        """Return only what leaves nothing open."""
        clean = {name: tuple(v for v in values if _whole(v)) or values for name, values in self.values.items()}
        given = {
            code: tuple(mark for mark in marks if mark is not None and mark.mark is not None and mark.level is not None)
            or marks
            for code, marks in self.judged.items()
        }
        return Pools(clean, given)

    def units(self) -> dict[str, Fraction]:
        """Return the finest step seen of each input of numbers."""
        return {
            name: Fraction(1, lcm(*(value.denominator for value in values if isinstance(value, Fraction))))
            for name, values in self.values.items()
            if any(isinstance(value, Fraction) for value in values)
        }

    def rows(self, random: Random, number: int, as_of: date | None) -> list[Facts]:
        """Make rows."""
        columns = {name: random.choices(values, k=number) for name, values in self.values.items()}
        judged = {code: random.choices(marks, k=number) for code, marks in self.judged.items()}
        return [
            Facts(
                entity=f"e{row}",
                values={name: column[row] for name, column in columns.items()},
                judged={code: mark for code, marks in judged.items() if (mark := marks[row]) is not None},
                as_of=as_of,
            )
            for row in range(number)
        ]


def _whole(value: FactValue) -> bool:
    if isinstance(value, tuple):
        return all(not isinstance(each, State) for record in value for each in record.values())
    return not isinstance(value, State)


def pools_of(facts: Sequence[Facts]) -> Pools:
    """Collect the readings of each cell."""
    codes = dict.fromkeys(code for each in facts for code in each.judged)
    return Pools(
        {name: tuple(each.values[name] for each in facts) for name in facts[0].values},
        {code: tuple(each.judged.get(code) for each in facts) for code in codes},
    )


def readings(written: WrittenRuleset, ruleset: api.Ruleset, random: Random, as_of: date | None) -> list[Facts]:
    """Read rows as they are written; those that are refused are left out."""
    rows = (written.row(random) for _ in range(READINGS))
    read = (read_mapping(ruleset.plan, row, ReadOptions(as_of=as_of)) for row in rows)
    return [evolve(each.facts, overrides={}) for each in read if each.facts is not None]


def with_statistics(plan: Plan, facts: list[Facts], random: Random) -> list[Facts]:
    """Give the rows statistics across entities: those that a few of them have when they are compared."""
    if not has_cohort_rules(plan):
        return facts
    some = random.sample(facts, min(random.choice((1, 3, COHORT)), len(facts)))
    rows = [checked_row(plan, EntityRow(entity=each.entity, facts=each, problems=(), place=NOWHERE)) for each in some]
    known = [found.facts.cohort for found in compare(plan, [(row.entity, row.facts) for row in rows]) if found.facts]
    usable = [each for each in known if all(fact.value is not State.REFUSED for fact in each.values())]
    return [evolve(each, cohort=random.choice(usable)) for each in facts] if usable else []
