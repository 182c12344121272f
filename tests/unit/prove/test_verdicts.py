"""Higher or lower is better, edge cases, and which open ends are reached; worked out by hand."""

from perfrules import api
from perfrules.evaluate.reference import evaluate_nodes
from perfrules.ir.inputs import Facts, FactValue, JudgedMark
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.states import State
from perfrules.prove.attained import with_attained
from perfrules.prove.edges import edges
from perfrules.prove.enclose import enclose
from perfrules.prove.verdict import Claim, NotDecided, Proved, Refuted, verdict

HIGHER, LOWER = Claim.HIGHER_IS_BETTER, Claim.LOWER_IS_BETTER


def plan(score: str, inputs: str = "input x : % decimals 1 in [0%, 150%]") -> Plan:
    text = f"""ruleset t.r "T" version "1" {{
  total 10 points
  {inputs}
  indicator A "A" 10 points {{
    {score}
  }}
}}
"""
    return api.loads(text).plan


def bands(*lines: str) -> str:
    return "score bands of x {\n" + "\n".join(lines) + "\n}"


class TestVerdicts:
    def test_a_ladder_and_a_curve_are_proved(self) -> None:
        for score in (
            bands(">= 90% -> 10", ">= 60% -> 5", "otherwise -> 0"),
            "score curve of x {\n0% -> 0\n100% -> full\n}",
        ):
            assert verdict(plan(score), "A", "x", HIGHER, evaluate_nodes) == Proved()

    def test_cases_are_proved_across_their_borders(self) -> None:
        score = "score cases {\nwhen x < 60% -> 0\nwhen x >= 100% -> full\notherwise -> x * full\n}"
        assert verdict(plan(score), "A", "x", HIGHER, evaluate_nodes) == Proved()

    def test_a_quotient_falls_with_its_divisor(self) -> None:
        inputs = "input a : 万元 in [0, 10]\n input b : 万元 in [1, 10]"
        both = plan("measure a / b\nscore curve of measure {\n0% -> 0\n100% -> full\n}", inputs)
        assert verdict(both, "A", "a", HIGHER, evaluate_nodes) == Proved()
        assert verdict(both, "A", "b", LOWER, evaluate_nodes) == Proved()

    def test_a_tally_of_deductions(self) -> None:
        inputs = "input n : count in [0, 50]"
        assert (
            verdict(plan("score tally from full {\nn: less 2 points each\n}", inputs), "A", "n", LOWER, evaluate_nodes)
            == Proved()
        )

    def test_a_claim_is_refuted_by_the_two_values_at_the_border(self) -> None:
        score = bands("> 100% -> 3", "[90%, 100%] -> 10", "otherwise -> 0")
        found = verdict(plan(score), "A", "x", HIGHER, evaluate_nodes)
        assert isinstance(found, Refuted)
        assert (found.low, found.high) == (Exact(1), Exact("1.001"))
        assert (found.score_at_low, found.score_at_high) == (Exact(10), Exact(3))

    def test_what_is_true_but_out_of_reach_is_not_decided(self) -> None:
        # x² - x + 1 never falls for x in [0.5, 1.5], but no rule here knows that.
        score = "score = (x * x - x + 1) between 0 and full"
        assert (
            verdict(plan(score, "input x : number decimals 1 in [0.5, 1.5]"), "A", "x", HIGHER, evaluate_nodes)
            == NotDecided()
        )


class TestEdges:
    def test_a_threshold_and_its_neighbours_in_the_declared_decimals(self) -> None:
        found = edges(plan(bands(">= 90% -> 10", "otherwise -> 0")))
        assert [(edge.under, edge.at, edge.over) for edge in found] == [(Exact("0.899"), Exact("0.9"), Exact("0.901"))]

    def test_through_a_quotient_the_other_input_is_held(self) -> None:
        inputs = "input a : 万元 decimals 2 in [0, 1000]\n input b : 万元 decimals 2 in [1, 1000]"
        score = "measure a / b\nscore bands of measure {\n>= 90% -> 10\notherwise -> 0\n}"
        found = {edge.input: edge for edge in edges(plan(score, inputs), {"b": Exact(50), "a": Exact(30)})}
        assert (found["a"].under, found["a"].at, found["a"].over) == (Exact("44.99"), Exact(45), Exact("45.01"))
        assert found["a"].held == (("b", "50"),)
        # 30 ÷ 0.9 = 33.333… lies between two cents
        assert (found["b"].under, found["b"].at, found["b"].over) == (Exact("33.33"), None, Exact("33.34"))

    def test_values_outside_the_declared_range_are_left_out(self) -> None:
        found = edges(plan(bands(">= 150% -> 10", "otherwise -> 0")))
        assert [(edge.under, edge.at, edge.over) for edge in found] == [(Exact("1.499"), Exact("1.5"), None)]


class TestAttained:
    def test_the_ends_of_a_curve_are_reached(self) -> None:
        assert self.total("score curve of x {\n0% -> 0\n100% -> full\n}", {"x": State.PENDING}) == (
            Interval(Exact(0), Exact(10)),
            True,
        )

    def test_ends_that_no_completion_reaches_are_not_claimed(self) -> None:
        # x − x is 0, but the two are enclosed as if they were independent.
        found = self.total("score = (5 + x * 2 - x * 2) between 0 and full", {"x": State.PENDING})
        assert found == (Interval(Exact(2), Exact(8)), False)

    def test_judged_marks_reach_their_closed_limits_only(self) -> None:
        open_level = 'score judged {\n"a" -> [8, 10]\n"b" -> [0, 8)\n}'
        assert self.total(open_level, {}, {}) == (Interval(Exact(0), Exact(10)), True)
        assert self.total(open_level, {}, {"A": JudgedMark(level="b")}) == (
            Interval(Exact(0), Exact(8), True, False),
            False,
        )

    def test_a_known_value_is_reached(self) -> None:
        assert self.total("score curve of x {\n0% -> 0\n100% -> full\n}", {"x": Exact(1, 2)}) == (
            Interval(Exact(5), Exact(5)),
            True,
        )

    def total(
        self, score: str, values: dict[str, FactValue], judged: dict[str, JudgedMark] | None = None
    ) -> tuple[Interval | None, bool]:
        found = plan(score, "input x : % decimals 1 in [0%, 150%]" if values else "")
        facts = Facts(entity="e", values=values, judged=judged or {})
        total = with_attained(found, facts, enclose(found, facts), evaluate_nodes)["total"]
        return total.numbers, total.attained
