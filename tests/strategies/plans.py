"""Random plans: every core class, every state, guarded so that no defect can occur unless one is asked for."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from attrs import frozen
from hypothesis import strategies as st

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, CompareOp, Expr, LogicOp, Origin, PartsRule, ShareRule
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Node, Plan
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import YesNo
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep
from perfrules.lang.states import State
from tests.strategies import inputs as data
from tests.strategies.building import constant, node, plan_of
from tests.strategies.spread import SPREAD

AT: Final = Origin("expression")
GRADES: Final = ("优", "良", "中", "差")
LIGHTS: Final = ("red", "yellow", "blue", "green")


@frozen
class Case:
    """A plan, whether a defect was put into it, and facts to evaluate it with."""

    plan: Plan
    defective: bool
    facts: tuple[Facts, ...]


def cases() -> st.SearchStrategy[Case]:
    """Let hypothesis draw cases, which it can then make smaller."""
    return st.randoms(use_true_random=False).map(lambda random: make_case(random, entities=2, compares=True))


def make_case(random: Random, *, entities: int, compares: bool = False) -> Case:
    """Make a case from any source of randomness; it *compares* if it reads statistics, which are any that are known."""
    defective = random.random() < 0.04
    plan = PlanMaker(random, compares).plan(defective=defective)
    return Case(plan, defective, tuple(data.facts(random) for _ in range(entities)))


class PlanMaker:
    """Makes the expressions of one plan; earlier nodes can be read by later ones."""

    def __init__(self, random: Random, compares: bool) -> None:
        self.random = random
        self.compares = compares
        self.nodes: list[Node] = []
        self.by_sort: dict[str, list[str]] = {"number": [], "condition": [], "grade": []}
        self.scope: str | None = None
        self.without_excluded = False

    def plan(self, *, defective: bool) -> Plan:
        for position in range(self.random.randrange(2, 7)):
            sort = self.random.choice(("number", "number", "number", "condition", "grade"))
            expr = {"number": self.number, "condition": self.condition, "grade": self.grade}[sort](4)
            self.nodes.append(node(f"n{position}", expr))
            self.by_sort[sort].append(f"n{position}")
        if defective:
            self.nodes.append(node("defect", self.defect()))
        return plan_of(
            self.nodes,
            data.ALL,
            calendar=data.CALENDAR,
            grades=GRADES,
            as_of_default=self.random.choice(data.AS_OF[1:]),
        )

    # --- what never has a value in the right range by chance is guarded here

    def positive(self, depth: int) -> Expr:
        return core.Arith(
            ArithOp.MAXIMUM, (self.number(depth), constant(self.random.choice(("1", "1/2", "3", "0.01"))))
        )

    def held(self, depth: int, low: str, high: str) -> Expr:
        return core.Clamp(self.number(depth), constant(low), constant(high))

    def defect(self) -> Expr:
        x = core.Input(self.random.choice(data.NUMBERS[:3]).name)
        zero = core.Arith(ArithOp.SUBTRACT, (x, x))
        return self.random.choice(
            (
                core.Arith(ArithOp.DIVIDE, (constant(1), zero)),
                core.Parts(self.random.choice(list(PartsRule)), x, zero),
                core.Steps(zero, (core.Step(core.Between(constant(1), None, True, False), x, AT),), None),
                core.Irrational(core.IrrationalFunction.LN, (zero,)),
                core.Lines(x, ((constant(1), x), (constant(1), constant(2)))),
                core.Lines(x, ((constant(1), x), (zero, constant(2)))),
                core.Arith(ArithOp.POWER, (zero, constant(-1))),
                core.Broken(),
            )
        )

    # --- numbers

    def number(self, depth: int) -> Expr:
        if depth <= 0:
            return self.simple_number()
        made = self.random.choices(
            (
                *(self.simple_number, self.arithmetic, self.quotient, self.rounded, self.clamped, self.parts),
                *(self.select, self.recovered, self.step_table, self.curve, self.ledger, self.combination),
                *(self.irrational, self.days, self.aggregate, self.judged, self.overridable, self.dated),
                *(self.computed, self.across_entities),
            ),
            (3, 5, 4, 5, 3, 3, 3, 3, 4, 3, 4, 5, 1, 1, 3, 2, 1, 1, 1, 1),
        )[0]
        return made(depth - 1)

    def simple_number(self, _depth: int = 0) -> Expr:
        pick = self.random.random()
        if self.scope and pick < 0.5:
            return core.FieldOf(self.scope, self.random.choice(("amount", "rate", "extra")))
        if self.by_sort["number"] and pick < 0.25:
            return core.NodeRef(self.random.choice(self.by_sort["number"]))
        if pick < 0.65:
            return core.Input(self.random.choice((*data.NUMBERS, *data.OPTIONAL_NUMBERS)).name)
        if pick < 0.70 and not self.without_excluded:
            return core.StateConst(self.random.choice((State.MISSING, State.EXCLUDED, State.PENDING, State.REFUSED)))
        return core.Const(self.random.choice(data.BOUNDARIES))

    def several(self, make: Callable[[int], Expr], depth: int, least: int = 2, most: int = 4) -> tuple[Expr, ...]:
        return tuple(make(depth) for _ in range(self.random.randint(least, most)))

    def arithmetic(self, depth: int) -> Expr:
        op = self.random.choice([op for op in ArithOp if op is not ArithOp.DIVIDE])
        if op is ArithOp.POWER:
            if self.random.random() < 0.3:
                return core.Arith(op, (self.positive(depth - 1), constant(self.random.choice((-1, -2)))))
            return core.Arith(op, (self.number(depth - 1), constant(self.random.randrange(4))))
        if op in (ArithOp.NEGATE, ArithOp.ABSOLUTE):
            return core.Arith(op, (self.number(depth),))
        if op is ArithOp.SUBTRACT:
            return core.Arith(op, (self.number(depth), self.number(depth)))
        return core.Arith(op, self.several(self.number, depth))

    def quotient(self, depth: int) -> Expr:
        divisor = self.random.choice((self.positive, lambda _: core.Const(self.random.choice(data.BOUNDARIES[1:]))))(
            depth
        )
        if self.random.random() < 0.2:
            divisor = core.Arith(ArithOp.NEGATE, (divisor,))
        return core.Arith(ArithOp.DIVIDE, (self.number(depth), divisor))

    def rounded(self, depth: int) -> Expr:
        target = self.random.choice(
            (
                Decimals(2),
                Decimals(2),
                Decimals(1),
                Decimals(0),
                Decimals(-1),
                Significant(3),
                ToStep(Exact(1, 2)),
                ToStep(Exact(3, 7)),
            )
        )
        return core.Round(self.number(depth), Rounding(self.random.choice(list(Mode)), target))

    def clamped(self, depth: int) -> Expr:
        floor = None if self.random.random() < 0.3 else self.simple_number()
        ceiling = None if self.random.random() < 0.3 else self.number(depth - 1)
        return core.Clamp(self.number(depth), floor, ceiling)

    def parts(self, depth: int) -> Expr:
        step = self.random.choice(
            (self.positive, lambda _: constant(self.random.choice(("1", "0.01", "0.3", "5", "-2"))))
        )
        return core.Parts(self.random.choice(list(PartsRule)), self.number(depth), step(depth - 1))

    def select(self, depth: int) -> Expr:
        cases = tuple((self.condition(depth), self.number(depth)) for _ in range(self.random.randint(1, 3)))
        return core.Select(cases, self.number(depth))

    def recovered(self, depth: int) -> Expr:
        return core.Recover(self.number(depth), self.random.choice(list(State)), self.number(depth - 1))

    def step_table(self, depth: int) -> Expr:
        otherwise = self.number(depth - 1)
        if self.random.random() < 0.25:
            subject: Expr = core.Input(self.random.choice(data.CHOICES).name)
            among = [core.Among((core.Const(option),)) for option in data.OPTIONS[:2]]
            steps = tuple(core.Step(takes, self.number(depth - 1), AT) for takes in among)
            return core.Steps(subject, steps, otherwise)
        steps = tuple(
            core.Step(self.taking(depth), self.number(depth - 1), AT) for _ in range(self.random.randint(1, 4))
        )
        return core.Steps(self.number(depth), steps, otherwise)

    def taking(self, depth: int) -> core.Between | core.Among:
        end = (
            (lambda: constant(self.random.choice(data.BOUNDARIES)))
            if self.random.random() < 0.7
            else self.simple_number
        )
        pick, closed, other = self.random.random(), self.random.random() < 0.5, self.random.random() < 0.5
        if pick < 0.25:
            return core.Among(tuple(end() for _ in range(self.random.randint(1, 3))))
        if pick < 0.5:
            return core.Between(end(), None, closed, other)
        return core.Between(None, end(), closed, other) if pick < 0.7 else core.Between(end(), end(), closed, other)

    def curve(self, depth: int) -> Expr:
        count = self.random.randint(1, 4)
        if self.random.random() < 0.6:
            xs: Sequence[Expr] = [core.Const(x) for x in sorted(set(self.random.sample(data.BOUNDARIES, count)))]
        else:
            xs = [constant(self.random.choice(("-1", "0", "1/3")))]
            for _ in range(count):
                xs = [*xs, core.Arith(ArithOp.ADD, (xs[-1], self.positive(depth - 2)))]
        known = self.random.random() < 0.6
        heights = [core.Const(self.random.choice(data.BOUNDARIES)) if known else self.simple_number() for _ in xs]
        return core.Lines(self.number(depth), tuple(zip(xs, heights, strict=True)))

    def ledger(self, depth: int) -> Expr:
        lines = tuple(
            core.LedgerLine(self.random.choice((1, -1)), self.number(depth - 1), AT)
            for _ in range(self.random.randrange(4))
        )
        zeroed = tuple(self.condition(depth - 1) for _ in range(self.random.choice((0, 0, 1, 2))))
        floor, ceiling = (self.random.choice((None, constant(0), self.simple_number())) for _ in range(2))
        return core.Ledger(self.number(depth - 1), lines, zeroed, floor, ceiling)

    def irrational(self, depth: int) -> Expr:
        x, function = self.rounded_between(depth, "0.01", "100"), core.IrrationalFunction
        return self.random.choice(
            (
                core.Irrational(function.LN, (x,)),
                core.Irrational(function.EXP, (self.rounded_between(depth, "-3", "5"),)),
                core.Irrational(function.SQRT, (x,)),
                core.Irrational(function.ROOT, (x, constant(3))),
                core.Irrational(function.POWER, (x, constant(self.random.choice(("1/2", "-3/2", "2", "0.3"))))),
            )
        )

    def computed(self, depth: int) -> Expr:
        return core.Computed(SPREAD, self.several(self.number, depth, 1, 3))

    def across_entities(self, depth: int) -> Expr:
        if self.without_excluded or not self.compares:
            return self.simple_number()
        return core.CohortAggregate(
            self.random.choice(data.STATISTICS),
            core.CohortOp.MEAN,
            body=self.number(depth),
            where=self.condition(depth) if self.random.random() < 0.5 else None,
        )

    def any_across_entities(self, depth: int) -> Expr:
        if self.without_excluded or not self.compares:
            return self.simple_condition()
        return core.CohortAggregate(data.CONDITION_OF_ALL, core.CohortOp.ANY, body=self.condition(depth), kind=YesNo())

    def rounded_between(self, depth: int, low: str, high: str) -> Expr:
        rounding = Rounding(Mode.HALF_UP, Decimals(2))
        return core.Clamp(core.Round(self.number(depth), rounding), constant(low), constant(high))

    def days(self, _depth: int) -> Expr:
        start, end = (core.Input(self.random.choice(data.DATES).name) for _ in range(2))
        return core.DateDifference(self.random.random() < 0.5, start, end)

    def judged(self, depth: int) -> Expr:
        levels = tuple(
            core.JudgedLevel(name, low, low if self.random.random() < 0.4 else self.simple_number(), True, False)
            for name in data.LEVELS
            for low in (self.simple_number(),)
        )
        return core.Judged(self.random.choice(data.JUDGED_CODES), levels)

    def overridable(self, depth: int) -> Expr:
        return core.Overridable(self.random.choice(data.OVERRIDABLE_CODES), self.number(depth))

    def dated(self, depth: int) -> Expr:
        starts = [data.AS_OF[0], *self.random.sample(data.AS_OF[1:], 2)]
        self.random.shuffle(starts)
        return core.Dated(tuple((start, self.number(depth - 1)) for start in starts))

    # --- combining

    def combination(self, depth: int) -> Expr:
        op = self.random.choice(list(CombineOp))
        share = self.random.choice((None, *ShareRule, *ShareRule))
        members = tuple(
            self.member(depth, op, f"M{position}", can_leave=share is not None)
            for position in range(self.random.randint(1, 4))
        )
        return core.Combine(op, members, share, self.random.choice(members).code if share is ShareRule.TO else None)

    def member(self, depth: int, op: CombineOp, code: str, *, can_leave: bool) -> core.Member:
        limited = op in (CombineOp.GEOMETRIC_MEAN, CombineOp.HARMONIC_MEAN)
        value = self.rounded_between(depth - 1, "0", "100") if limited else self.number(depth - 1)
        if not can_leave:
            value = core.Recover(value, State.EXCLUDED, constant(self.random.choice((0, 7))))
        elif self.random.random() < 0.3:
            value = core.Select(((self.condition(depth - 2), value),), core.StateConst(State.EXCLUDED))
        sizes = [constant(self.random.choice(("1", "2", "3", "1/2", "0.3"))) for _ in range(2)]
        weight = sizes[0] if op is not CombineOp.SUM and self.random.random() < 0.8 else None
        full: Expr = sizes[1] if limited or self.random.random() < 0.7 else self.positive(0)
        return core.Member(code, value, weight, full, self.random.random() < 0.1)

    # --- tables

    def aggregate(self, depth: int) -> Expr:
        if self.scope is not None and self.random.random() < 0.8:
            return self.simple_number()
        ops = [op for op in core.AggregateOp if op not in (core.AggregateOp.ANY, core.AggregateOp.ALL)]
        return self.table_aggregate(depth, self.random.choice(ops))

    def table_aggregate(self, depth: int, op: core.AggregateOp) -> Expr:
        table, (outer, self.scope) = self.random.choice(data.TABLES).name, (self.scope, f"v{len(self.scope or '')}")
        variable = self.scope
        where = self.condition(1) if self.random.random() < 0.5 else None
        body = self.body(op)
        self.scope = outer
        trimming = (
            core.Trimming(*self.random.choice(((1, 1, 3), (1, 0, 2), (2, 1, 0))))
            if op is core.AggregateOp.TRIMMED_MEAN
            else None
        )
        logical = op in (core.AggregateOp.ANY, core.AggregateOp.ALL)
        needs_none = (*("sum", "count", "count distinct"), "any", "all")
        empty = None if op.value in needs_none and self.random.random() < 0.8 else self.simple_number()
        if logical and empty is not None:
            empty = core.Const(self.random.random() < 0.5)
        skipping = self.random.random() < 0.4
        quorum = self.random.choice((None, None, 1, 2, 3))
        return core.TableAggregate(op, core.Input(table), variable, where, body, trimming, skipping, empty, quorum)

    def body(self, op: core.AggregateOp) -> Expr | None:
        aggregates = core.AggregateOp
        if op is aggregates.COUNT:
            return None
        if op in (aggregates.SHARE, aggregates.ANY, aggregates.ALL):
            return self.condition(1)
        if op is aggregates.COUNT_DISTINCT and self.scope:
            return core.FieldOf(self.scope, self.random.choice(("amount", "group", "word", "day", "rate")))
        if op in (aggregates.DEVIATION_POPULATION, aggregates.DEVIATION_SAMPLE):
            return self.rounded_between(0, "-5", "100")
        return self.number(self.random.choice((0, 0, 1, 2)))

    # --- conditions, grades

    def condition(self, depth: int) -> Expr:
        if depth <= 0:
            return self.simple_condition()
        made: Callable[[int], Expr] = self.random.choices(
            (
                *(self.simple_condition, self.comparison, self.logic, self.in_state, self.case_condition),
                *(self.any_or_all, self.any_across_entities),
            ),
            (2, 5, 3, 1, 1, 1, 1),
        )[0]
        return made(depth - 1)

    def simple_condition(self, _depth: int = 0) -> Expr:
        pick = self.random.random()
        if self.scope and pick < 0.5:
            return core.FieldOf(self.scope, self.random.choice(("done", "checked")))
        if self.by_sort["condition"] and pick < 0.2:
            return core.NodeRef(self.random.choice(self.by_sort["condition"]))
        if pick < 0.7:
            return core.Input(self.random.choice(data.CONDITIONS).name)
        if pick < 0.85:
            return core.Compare(
                self.random.choice(list(CompareOp)),
                self.simple_number(),
                core.Const(self.random.choice(data.BOUNDARIES)),
            )
        return core.Const(self.random.random() < 0.5)

    def comparison(self, depth: int) -> Expr:
        pick, equality = self.random.random(), self.random.choice((CompareOp.EQUAL, CompareOp.UNEQUAL))
        if pick < 0.1:
            return core.Compare(
                equality,
                core.Input(self.random.choice(data.CHOICES).name),
                core.Const(self.random.choice(data.OPTIONS)),
            )
        if pick < 0.2:
            return core.Compare(
                equality, core.Input(self.random.choice(data.TEXTS).name), core.Const(self.random.choice(data.WORDS))
            )
        if pick < 0.3:
            dates = tuple(core.Input(self.random.choice(data.DATES).name) for _ in range(2))
            return core.Compare(self.random.choice(list(CompareOp)), *dates)
        if pick < 0.35:
            return core.Compare(equality, self.condition(depth), self.condition(depth))
        right = core.Const(self.random.choice(data.BOUNDARIES)) if pick < 0.7 else self.number(depth)
        return core.Compare(self.random.choice(list(CompareOp)), self.number(depth), right)

    def logic(self, depth: int) -> Expr:
        op = self.random.choice(list(LogicOp))
        return core.Logic(op, self.several(self.condition, depth, *((1, 1) if op is LogicOp.NOT else (1, 4))))

    def in_state(self, depth: int) -> Expr:
        return core.IsState(self.random.choice((self.number, self.condition))(depth), self.random.choice(list(State)))

    def case_condition(self, depth: int) -> Expr:
        return core.Select(((self.condition(depth), self.condition(depth)),), self.condition(depth))

    def any_or_all(self, depth: int) -> Expr:
        if self.scope is not None:
            return self.simple_condition()
        return self.table_aggregate(depth, self.random.choice((core.AggregateOp.ANY, core.AggregateOp.ALL)))

    def grade(self, depth: int) -> Expr:
        pick = self.random.random()
        if pick < 0.2:
            lights: list[Expr] = [core.Const(light) for light in LIGHTS]
            lights += [
                core.StateConst(State.EXCLUDED),
                core.Select(((self.condition(1), lights[0]),), core.StateConst(State.MISSING)),
            ]
            return core.WorstLight(tuple(self.random.choices(lights, k=self.random.randint(1, 4))))
        steps = tuple(
            core.Step(core.Between(constant(low), None, True, False), core.Const(grade), AT)
            for low, grade in (("90", "优"), ("80", "良"), ("60", "中"))
        )
        reached = core.Steps(self.number(depth), steps, core.Const("差"))
        vetoes = tuple(
            core.GradeVeto(self.condition(depth - 1), self.random.choice(GRADES), self.random.random() < 0.6, AT)
            for _ in range(self.random.randrange(4))
        )
        return core.Demote(reached, GRADES, vetoes)
