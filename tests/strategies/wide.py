"""Random core plans whose numbers may be of any size and fineness, declared or not; many rows for each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Bounds, CohortFact, Facts, FactValue, InputDeclaration, JudgedDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Percent
from perfrules.lang.states import State
from tests.strategies import inputs as data
from tests.strategies.building import constant
from tests.strategies.plans import PlanMaker, make_case

POOL = 24
FIELDS = data.TABLES[0].fields


@frozen
class WideCase:
    """A plan with declarations of its numbers, the finest steps of these, and rows."""

    plan: Plan
    units: dict[str, Fraction]
    facts: tuple[Facts, ...]


class NumbersMaker(PlanMaker):
    """Makes plans that compute, round and compare, and do little else."""

    def number(self, depth: int) -> Expr:
        """Make what computes with numbers."""
        if depth <= 0:
            return self.simple_number()
        made = self.random.choices(
            (
                *(self.arithmetic, self.quotient, self.rounded, self.clamped, self.parts, self.curve),
                *(self.step_table, self.select, self.combination, super().number),
            ),
            (4, 6, 8, 2, 3, 2, 3, 2, 2, 1),
        )[0]
        return made(depth - 1)

    def simple_number(self, _depth: int = 0) -> Expr:
        """Read an input, mostly, or a node before."""
        pick = self.random.random()
        if self.scope is None and pick < 0.65:
            return core.Input(self.random.choice(data.NUMBERS).name)
        return super().simple_number()

    def rounded(self, depth: int) -> Expr:
        """Round, sometimes what is never positive."""
        made = super().rounded(depth)
        if not isinstance(made, core.Round) or self.random.random() < 0.8:
            return made
        below = core.Arith(core.ArithOp.NEGATE, (core.Arith(core.ArithOp.ABSOLUTE, (made.operand,)),))
        return core.Round(below, made.rounding)

    def comparison(self, depth: int) -> Expr:
        """Compare, sometimes two quotients, or what is equal however it is computed."""
        pick = self.random.random()
        if pick < 0.6:
            return super().comparison(depth)
        if pick < 0.75:
            return self._of_equals()
        return core.Compare(self.random.choice(list(core.CompareOp)), self.quotient(1), self.quotient(1))

    def _of_equals(self) -> Expr:
        """Compare x/z + y/z with (x + y)/z."""
        x, y, z = self.simple_number(), self.simple_number(), self.positive(0)
        parts = [core.Arith(core.ArithOp.DIVIDE, (each, z)) for each in (x, y)]
        whole = core.Arith(core.ArithOp.DIVIDE, (core.Arith(core.ArithOp.ADD, (x, y)), z))
        left = core.Arith(core.ArithOp.ADD, tuple(parts))
        return core.Compare(self.random.choice(list(core.CompareOp)), left, whole)

    def simple_condition(self, _depth: int = 0) -> Expr:
        """Compare a sum over records with what no single record reaches, sometimes."""
        if self.scope is not None or self.random.random() < 0.85:
            return super().simple_condition()
        amount, table = core.FieldOf("r", "amount"), core.Input(self.random.choice(data.TABLES).name)
        total = core.TableAggregate(core.AggregateOp.SUM, table, "r", None, amount, None, False, None)
        limit = constant(self.random.choice((150, 300, 400)))
        return core.Compare(self.random.choice(list(core.CompareOp)), total, limit)


def make_wide(random: Random, rows: int) -> WideCase | None:
    """Make a plan, half of them of numbers only; None where a defect was put into it."""
    case = make_case(random, entities=POOL, compares=False)
    if case.defective:
        return None
    if random.random() < 0.5:
        case = evolve(case, plan=NumbersMaker(random, compares=False).plan(defective=False))
    declared = {each.name: _declared(random, each) for each in (*data.NUMBERS, *data.OPTIONAL_NUMBERS)}
    units = {each.name: Fraction(1, 10 ** _places(each)) for each in declared.values() if each.bounds is not None}
    judged = tuple(JudgedDeclaration(code=code, title=None, levels=data.LEVELS) for code in data.JUDGED_CODES)
    inputs = tuple(declared.get(each.name, each) for each in case.plan.inputs)
    plan = evolve(case.plan, inputs=inputs, judged=judged)
    clean = random.random() < 0.5
    pools = {each.name: [_value(random, each, clean) for _ in range(POOL)] for each in declared.values()}
    as_of = random.choice((None, *data.AS_OF[1:])) or plan.as_of_default
    facts = tuple(_row(random, random.choice(case.facts), pools, as_of) for _ in range(rows))
    return WideCase(plan, units, facts)


def _row(random: Random, base: Facts, pools: dict[str, list[Exact | State]], as_of: date | None) -> Facts:
    values = {name: _without_finer(value) for name, value in base.values.items()}
    values |= {name: random.choice(pool) for name, pool in pools.items()}
    cohort = {name: fact for name, fact in base.cohort.items() if fact.value is not State.REFUSED}
    cohort |= {name: CohortFact(value=State.MISSING, count=0) for name in base.cohort if name not in cohort}
    return evolve(base, values=values, overrides={}, as_of=as_of, cohort=cohort)


def _without_finer(value: FactValue) -> FactValue:
    """Leave out records whose numbers have more decimals than is declared."""
    if not isinstance(value, tuple):
        return value
    fine = {each.name: each.decimals for each in FIELDS if each.decimals is not None}
    return tuple(
        record
        for record in value
        if all(isinstance(record[name], State) or record[name] * 10**places % 1 == 0 for name, places in fine.items())
    )


def _declared(random: Random, declared: InputDeclaration) -> InputDeclaration:
    """Declare another range and fineness, mostly."""
    if random.random() < 0.1:
        return declared
    decimals = random.choice((0, 0, 1, 2, 2, 3, 6, 8))
    high = Exact(random.choice((1, 2, 5, 10))) * 10 ** random.choice((0, 1, 2, 3, 4, 6, 8, 10, 15))
    low = random.choice((Exact(0), Exact(0), Exact(1), -high, Exact(1, 10**decimals), -Exact(1)))
    closed = random.random() < 0.9, random.random() < 0.9
    bounds = Bounds(low=low, high=max(high, low + 1), low_closed=closed[0], high_closed=closed[1])
    return evolve(declared, decimals=decimals, bounds=bounds)


def _places(declared: InputDeclaration) -> int:
    return (declared.decimals or 0) + 2 * isinstance(declared.kind, Percent)


def _value(random: Random, declared: InputDeclaration, clean: bool) -> Exact | State:
    if not clean and random.random() < 0.15:
        return (
            State.MISSING
            if declared.optional
            else State.PENDING
            if random.random() < 0.1
            else _number(random, declared)
        )
    return _number(random, declared)


def _number(random: Random, declared: InputDeclaration) -> Exact:
    bounds = declared.bounds
    if bounds is None:
        return data.number(random, declared.decimals)
    unit = Exact(1, 10 ** _places(declared))
    low = bounds.low if bounds.low_closed else bounds.low + unit
    high = bounds.high if bounds.high_closed else bounds.high - unit
    near = random.choice(
        (
            random.choice(data.BOUNDARIES),
            random.choice((low, high)),
            low + (high - low) * Exact(random.randrange(2**30), 2**30),
            Exact(random.choice((1, 2, 5, 25, 125, 8))) * 10 ** random.randrange(6),
        )
    )
    found = round(near / unit) * unit + random.choice((-1, 0, 0, 1)) * unit
    return min(max(found, low), high)
