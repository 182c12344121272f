"""The facts of many entities as the columns that a tape asks for: of which texts, in which states, how many records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from attrs import define, field

from perfrules.batch.exactly import Codes, Known, Numbers, Truths
from perfrules.batch.lowered import Holes
from perfrules.batch.rationals import from_fractions
from perfrules.batch.tape import Op, Read, Source, Type, code_of_state
from perfrules.evaluate.judged_facts import judged_inputs
from perfrules.ir.inputs import Facts, FactValue, InputDeclaration, JudgedMark
from perfrules.ir.plan import Plan
from perfrules.lang.kinds import Table
from perfrules.lang.states import State

NOTHING = JudgedMark()


@define(eq=False)
class FactsColumns:
    """The columns of *facts*; *texts* are the texts that have codes already, others get the codes that follow."""

    plan: Plan
    facts: Sequence[Facts]
    codes: dict[str, int] = field(factory=dict)
    _values: dict[tuple[str, str | None], list[Any]] = field(factory=dict)
    _columns: dict[tuple[Read, Type], Known] = field(factory=dict)
    _states: dict[tuple[str, str | None], frozenset[State]] = field(factory=dict)

    def name_texts(self, texts: Iterable[str]) -> None:
        """Give these texts the codes from 0 on."""
        self.codes = {text: code for code, text in enumerate(texts)}

    def known(self, ops: Sequence[Op]) -> Callable[[int], Known | None]:
        """Return what gives the columns of the INPUTs among *ops*."""

        def known(place: int) -> Known | None:
            op = ops[place]
            return self.column(op.param, op.type) if isinstance(op.param, Read) else None

        return known

    def column(self, read: Read, kind: Type) -> Known:
        """Return the column that is read; where there is a state some other cell's value stands."""
        key = read, kind
        if key not in self._columns:
            self._columns[key] = self._made(read, kind)
        return self._columns[key]

    def _made(self, read: Read, kind: Type) -> Known:
        if read.source is Source.COUNT:
            return from_fractions([Fraction(int(count)) for count in self.counts(read.name)])
        values = self.values(read.name, read.table)
        if read.source is Source.STATE:
            return Codes(np.array([code_of_state(v if isinstance(v, State) else None) for v in values], dtype=np.uint8))
        return self._of_kind(values, kind)

    def _of_kind(self, values: Sequence[FactValue], kind: Type) -> Known:
        some = next((value for value in values if not isinstance(value, State)), None)
        filled = [some if isinstance(value, State) else value for value in values]
        match kind:
            case Type.NUMBER:
                return from_fractions([_number(value) for value in filled])
            case Type.TRUTH:
                return Truths(np.array([value is True for value in filled], dtype=bool))
            case Type.CODE:
                return Codes(
                    np.array([0 if value is None else self.code(str(value)) for value in filled], dtype=np.int32)
                )

    def code(self, text: str) -> int:
        """Return the code of a text."""
        return self.codes.setdefault(text, len(self.codes))

    def counts(self, table: str) -> Any:
        """Return how many records each entity has."""
        found = [facts.values[table] for facts in self.facts]
        return np.array([0 if isinstance(each, State) else len(_records(each)) for each in found], dtype=np.int64)

    def values(self, name: str, table: str | None = None) -> list[FactValue]:
        """Return the facts of this name, of a field those of all records in order."""
        key = name, table
        if key not in self._values:
            self._values[key] = list(self._found(name, table))
        return self._values[key]

    def states(self, name: str, table: str | None) -> frozenset[State]:
        """Return in which states the facts of this name are."""
        key = name, table
        if key not in self._states:
            self._states[key] = frozenset(value for value in self.values(name, table) if isinstance(value, State))
        return self._states[key]

    def _found(self, name: str, table: str | None) -> Iterable[FactValue]:
        if table is not None:
            tables = [facts.values[table] for facts in self.facts]
            return [record[name] for each in tables if not isinstance(each, State) for record in _records(each)]
        return [fact_of(facts, name) for facts in self.facts]

    def holes(self) -> Holes:
        """Return which inputs are in which states."""
        found: dict[State, set[str]] = {state: set() for state in State}
        for name, table in inputs_of(self.plan, self.facts):
            for state in self.states(name, table):
                found[state].add(f"{table}.{name}" if table else name)
        return Holes(
            missing=frozenset(found[State.MISSING]),
            pending=frozenset(found[State.PENDING]),
            excluded=frozenset(found[State.EXCLUDED]),
        )


def inputs_of(plan: Plan, facts: Sequence[Facts]) -> list[tuple[str, str | None]]:
    """Return every input that may be in a state: of the data, of records, of judgements, across entities."""
    declared = [(each.name, None) for each in plan.inputs]
    fields = [
        (each.name, table.name) for table in plan.inputs if isinstance(table.kind, Table) for each in table.fields
    ]
    judged = [(f"{each.code}.{part}", None) for each in plan.judged for part in ("level", "mark")]
    across = [(name, None) for name in dict.fromkeys(name for each in facts for name in each.cohort)]
    return [*declared, *fields, *judged, *across]


def fact_of(facts: Facts, name: str) -> FactValue:
    """Return one fact of one entity, also what a person decided and what was found across entities."""
    if name in facts.values:
        return facts.values[name]
    if name in facts.cohort:
        return facts.cohort[name].value
    code, _, part = name.rpartition(".")
    given = facts.judged.get(code, NOTHING)
    value = given.level if part == "level" else given.mark
    return State.PENDING if value is None else value


def declared_in(plan: Plan) -> dict[str, InputDeclaration]:
    """Return all declarations of entities' inputs by name."""
    return {each.name: each for each in plan.inputs} | dict(judged_inputs(plan))


def _number(value: object) -> Fraction:
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return value if isinstance(value, Fraction) else Fraction(0)


def _records(value: object) -> tuple[Any, ...]:
    assert isinstance(value, tuple)
    return value


def python_values(column: Known) -> list[Any]:
    """Return numbers as pairs of a numerator and a denominator, others as they are."""
    if isinstance(column, Numbers):
        return list(zip(column.numerators.tolist(), column.of_each().tolist(), strict=True))
    return column.cells.tolist()  # type: ignore[no-any-return]
