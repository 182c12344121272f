"""What values can be, worked out by hand on small plans."""

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, CompareOp, Expr, ShareRule
from perfrules.ir.inputs import Bounds, JudgedDeclaration, JudgedMark
from perfrules.ir.plan import Node
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Choice, Table, YesNo
from perfrules.lang.rounding import Decimals, Mode, Rounding
from perfrules.lang.states import State
from perfrules.prove.declared import declared
from perfrules.prove.enclose import enclose, enclose_plan
from perfrules.prove.enclosure import Enclosure, exactly
from tests.strategies.building import constant, declare, facts_of, node, plan_of

SPENT = declare("spent", decimals=2, bounds=Bounds(Exact(0), Exact(100)))
BUDGET = declare("budget", decimals=2, bounds=Bounds(Exact(0), Exact(100)))
STAFF = declare("staff", decimals=0, bounds=Bounds(Exact(0), Exact(10), True, False))
YES, ALSO = declare("yes", YesNo()), declare("also", YesNo())
MAYBE = declare("maybe", decimals=1, bounds=Bounds(Exact(0), Exact(5)), optional=True)
ROWS = declare(
    "rows",
    Table(()),
    fields=(declare("amount", decimals=0, bounds=Bounds(Exact(1), Exact(9))), declare("done", YesNo())),
)
ALL = (SPENT, BUDGET, STAFF, YES, ALSO, MAYBE, ROWS)

spent, budget, staff, yes, also, maybe = (core.Input(each.name) for each in ALL[:6])
EXCLUDED = core.StateConst(State.EXCLUDED)
RATIO = core.Arith(ArithOp.DIVIDE, (spent, budget))
HAS_BUDGET = core.Compare(CompareOp.GREATER, budget, constant(0))


def declared_value(expr: Expr, *before: Node) -> Enclosure:
    plan = plan_of([*before, node("n", expr)], ALL)
    return enclose_plan(plan, declared(plan))["n"]


def numbers(low: str | None, high: str | None, low_closed: bool = True, high_closed: bool = True) -> Interval:
    ends = [None if end is None else Exact(end) for end in (low, high)]
    return Interval(ends[0], ends[1], low_closed, high_closed)


class TestDeclared:
    def test_an_open_end_on_a_lattice_is_the_last_value_before_it(self) -> None:
        assert declared_value(staff).numbers == numbers("0", "9")

    def test_a_guarded_quotient_divides_by_a_cent_at_least(self) -> None:
        found = declared_value(core.Select(((HAS_BUDGET, RATIO),), EXCLUDED))
        assert found.numbers == numbers("0", "10000")
        assert found.states == {State.EXCLUDED}

    def test_a_node_under_the_same_guard_has_no_state(self) -> None:
        measure = node("m", core.Select(((HAS_BUDGET, RATIO),), EXCLUDED))
        found = declared_value(core.Select(((HAS_BUDGET, core.NodeRef("m")),), constant(0)), measure)
        assert found.states == frozenset()

    def test_later_cases_know_that_earlier_ones_failed(self) -> None:
        above = core.Compare(CompareOp.GREATER, staff, constant(3))
        found = declared_value(core.Select(((above, constant(100)),), staff))
        assert found.numbers == numbers("0", "100")
        low = declared_value(core.Select(((above, constant(0)),), staff))
        assert low.numbers == numbers("0", "3")

    def test_a_curve_reaches_what_its_subject_reaches(self) -> None:
        points = ((constant(0), constant(0)), (constant(50), constant(10)))
        half = core.Arith(ArithOp.DIVIDE, (spent, constant(4)))
        assert declared_value(core.Lines(half, points)).numbers == numbers("0", "5")

    def test_rounding_stays_on_its_grid(self) -> None:
        third = core.Round(core.Arith(ArithOp.DIVIDE, (staff, constant(3))), Rounding(Mode.HALF_UP, Decimals(1)))
        found = declared_value(third)
        assert (found.numbers, found.step) == (numbers("0", "3"), Exact(1, 10))

    def test_started_steps_are_whole(self) -> None:
        found = declared_value(core.Parts(core.PartsRule.STARTED, staff, constant(4)))
        assert (found.numbers, found.step) == (numbers("0", "3"), Exact(1))

    def test_a_missing_answer_is_replaced(self) -> None:
        assert declared_value(maybe).states == {State.MISSING}
        found = declared_value(core.Recover(maybe, State.MISSING, constant(7)))
        assert (found.numbers, found.states) == (numbers("0", "7"), frozenset())

    def test_a_ledger_is_held_and_a_zeroed_one_is_zero(self) -> None:
        lines = (core.LedgerLine(-1, staff, core.Origin("tally line")),)
        held = core.Ledger(constant(5), lines, (), constant(0), constant(5))
        assert declared_value(held).numbers == numbers("0", "5")
        free = core.Ledger(constant(5), lines, (), None, None)
        assert declared_value(free).numbers == numbers("-4", "5")


class TestCombining:
    def member(self, code: str, value: Expr, full: int, weight: str | None = None) -> core.Member:
        return core.Member(code, value, None if weight is None else constant(weight), constant(full))

    def test_rescaling_keeps_the_full_marks(self) -> None:
        half = core.Arith(ArithOp.DIVIDE, (spent, constant(10)))
        maybe_excluded = core.Select(((yes, half),), EXCLUDED)
        members = (self.member("A", half, 10), self.member("B", maybe_excluded, 10))
        assert declared_value(core.Combine(CombineOp.SUM, members, ShareRule.RESCALE)).numbers == numbers("0", "20")

    def test_lost_marks_are_lost(self) -> None:
        members = (
            self.member("A", constant(4), 10),
            self.member("B", core.Select(((yes, constant(6)),), EXCLUDED), 10),
        )
        assert declared_value(core.Combine(CombineOp.SUM, members, ShareRule.LOST)).numbers == numbers("4", "10")

    def test_shares_that_go_to_one_child(self) -> None:
        members = (self.member("A", constant(4), 10), self.member("B", core.Select(((yes, constant(6)),), EXCLUDED), 5))
        found = declared_value(core.Combine(CombineOp.SUM, members, ShareRule.TO, "A"))
        # B there: 4 + 6; B excluded: 4 × (10 + 5) ÷ 10
        assert found.numbers == numbers("6", "10")

    def test_all_excluded_is_excluded(self) -> None:
        members = (self.member("A", core.Select(((yes, constant(6)),), EXCLUDED), 10),)
        assert declared_value(core.Combine(CombineOp.SUM, members, ShareRule.RESCALE)).states == {State.EXCLUDED}

    def test_a_weighted_mean(self) -> None:
        members = (self.member("A", staff, 10, "3/4"), self.member("B", constant(8), 10, "1/4"))
        assert declared_value(core.Combine(CombineOp.WEIGHTED_MEAN, members, None)).numbers == numbers("2", "8.75")

    def test_the_best_is_no_worse_than_what_is_surely_there(self) -> None:
        members = (self.member("A", constant(4), 10), self.member("B", core.Select(((yes, staff),), EXCLUDED), 10))
        assert declared_value(core.Combine(CombineOp.BEST, members, None)).numbers == numbers("4", "9")


class TestPending:
    def value(self, expr: Expr, **values: object) -> Enclosure:
        known = {
            "spent": Exact(1),
            "budget": Exact(2),
            "staff": Exact(3),
            "yes": True,
            "also": True,
            "maybe": Exact(1),
            "rows": (),
        }
        plan = plan_of([node("n", expr)], ALL, judged=(JudgedDeclaration(code="J", title=None, levels=("a", "b")),))
        marks = values.pop("judged", {})
        return enclose(plan, facts_of({**known, **values}, judged=marks))["n"]  # type: ignore[arg-type]

    def test_known_facts_give_one_value(self) -> None:
        assert self.value(RATIO) == exactly(Exact(1, 2))

    def test_a_pending_number_is_in_its_range(self) -> None:
        assert self.value(RATIO, spent=State.PENDING).numbers == numbers("0", "50")

    def test_an_open_question_that_is_asked_twice_has_one_answer(self) -> None:
        once = core.Select(((yes, constant(1)),), constant(0))
        again = core.Select(((yes, constant(0)),), constant(1))
        found = self.value(core.Arith(ArithOp.ADD, (once, again)), yes=State.PENDING)
        assert found.numbers == numbers("1", "1")

    def test_a_missing_answer_that_waits_is_open_like_a_pending_one(self) -> None:
        waits = core.Recover(maybe, State.MISSING, core.StateConst(State.PENDING))
        assert self.value(waits, maybe=State.MISSING) == self.value(waits, maybe=State.PENDING)
        assert self.value(waits, maybe=State.MISSING).numbers == numbers("0", "5")

    def test_judged_marks_lie_within_their_level_or_all_levels(self) -> None:
        levels = (
            core.JudgedLevel("a", constant(8), constant(10), True, True),
            core.JudgedLevel("b", constant(0), constant(8), True, False),
        )
        judged = core.Judged("J", levels)
        assert self.value(judged).numbers == numbers("0", "10")
        assert self.value(judged, judged={"J": JudgedMark(level="b")}).numbers == numbers("0", "8", True, False)
        assert self.value(judged, judged={"J": JudgedMark(level="b", mark=Exact(3))}) == exactly(Exact(3))

    def test_a_record_with_an_open_answer_counts_or_does_not(self) -> None:
        done = core.TableAggregate(
            core.AggregateOp.SUM,
            core.Input("rows"),
            "r",
            core.FieldOf("r", "done"),
            core.FieldOf("r", "amount"),
            None,
            False,
            None,
        )
        rows = ({"amount": Exact(4), "done": True}, {"amount": Exact(5), "done": State.PENDING})
        assert self.value(done, rows=rows).numbers == numbers("4", "9")


def test_a_choice_between_parameters() -> None:
    kind = declare("kind", Choice(("甲", "乙")), options=("甲", "乙"))
    chosen = core.Select(
        ((core.Compare(CompareOp.EQUAL, core.Input("kind"), core.Const("甲")), constant(3)),), constant(5)
    )
    plan = plan_of([node("n", chosen)], [kind])
    assert enclose_plan(plan, declared(plan))["n"].numbers == numbers("3", "5")
    assert enclose(plan, facts_of({"kind": "乙"}))["n"] == exactly(Exact(5))


def test_the_longest_chain_that_is_parsed_is_not_too_deep() -> None:
    chain: Expr = constant(1000)
    for _ in range(400):
        chain = core.Arith(ArithOp.SUBTRACT, (chain, staff))
    assert declared_value(chain).numbers == numbers("-2600", "1000")
