"""Mistakes that only some data would show; every hole, range and number is worked out by hand."""

from perfrules import api
from perfrules.diagnostics import Code, Diagnostic

RATE = "input x : % decimals 2 in [0%, 150%]"
MONEY = "input a : 万元 decimals 2 in [0, 10]\n input b : 万元 decimals 2 in [0, 10]"


def problems(score: str, inputs: str = RATE, after: str = "") -> tuple[Diagnostic, ...]:
    """Return what is wrong with a ruleset of one indicator A of 10 points."""
    text = f"""ruleset t.r "T" version "1" {{
  total 10 points
  {inputs}
  indicator A "A" 10 points {{
    {score}
  }}
  {after}
}}
"""
    return api.compile(text).diagnostics


def codes(score: str, inputs: str = RATE, after: str = "") -> list[Code]:
    return [problem.code for problem in problems(score, inputs, after)]


def bands(*lines: str, of: str = "x") -> str:
    return "score bands of " + of + " {\n" + "\n".join(lines) + "\n}"


def curve(*lines: str, of: str = "x") -> str:
    return "score curve of " + of + " {\n" + "\n".join(lines) + "\n}"


FULL_CURVE = curve("0% -> 0", "100% -> full")


class TestHoles:
    def test_each_hole_is_printed_exactly_in_the_unit_of_the_edges(self) -> None:
        found = problems(bands(">= 90% -> 10", "[60%, 80%) -> 5", "< 50% -> 0"))
        assert [problem.args["range"] for problem in found] == ["[50%, 60%)", "[80%, 90%)"]
        assert {problem.code for problem in found} == {Code.BAND_HOLE}

    def test_counts_are_whole_numbers(self) -> None:
        units = "input n : count in [0, 10]"
        assert codes(bands("[0, 2] -> 10", "[3, 10] -> 0", of="n"), units) == []
        found = problems(bands("[0, 2] -> 10", "= 4 -> 5", "[8, 10] -> 0", of="n"), units)
        assert {problem.args["range"] for problem in found} == {"3", "5 … 7"}

    def test_no_value_lies_between_two_decimals(self) -> None:
        assert codes(bands("[0%, 89.99%] -> 0", "[90%, 150%] -> 10")) == []
        assert codes(bands("[0%, 89.98%] -> 0", "[90%, 150%] -> 10")) == [Code.BAND_HOLE]

    def test_the_top_of_the_declared_range_is_a_value_too(self) -> None:
        found = problems(bands("[0%, 60%) -> 0", "[60%, 150%) -> 10"))
        assert [problem.args["range"] for problem in found] == ["150%"]

    def test_grades_have_holes_like_bands(self) -> None:
        (found,) = problems(FULL_CURVE, after="grades of total {\n优 >= 9\n良 [5, 8)\n差 < 5\n}")
        assert (found.code, found.args["range"]) == (Code.BAND_HOLE, "[8, 9)")

    def test_an_option_without_a_band(self) -> None:
        (found,) = problems(bands("= 甲 -> 10", "= 乙 -> 5", of="c"), "input c : one of (甲, 乙, 丙)")
        assert (found.code, found.args["range"]) == (Code.BAND_HOLE, "丙")

    def test_a_quotient_is_banded_over_what_it_can_be(self) -> None:
        inputs = "input a : 万元 decimals 2 in [0, 10]\n input b : 万元 decimals 2 in [5, 10]"
        (found,) = problems("measure a / b\n" + bands("[0%, 50%) -> 0", "[50%, 100%] -> 10", of="measure"), inputs)
        assert found.args["range"] == "(100%, 200%]"


class TestOverlaps:
    def test_what_two_bands_hold_is_printed_with_the_other_band(self) -> None:
        (found,) = problems(bands("[0%, 60%] -> 0", "[50%, 150%] -> 10"))
        assert (found.code, found.args["range"]) == (Code.BAND_OVERLAP, "[50%, 60%]")
        assert [other.label for other in found.others] == ["other-band"]

    def test_a_ladder_reads_top_to_bottom(self) -> None:
        assert codes(bands(">= 90% -> 10", ">= 60% -> 5", ">= 0% -> 0")) == []

    def test_a_shared_edge_is_held_twice(self) -> None:
        (found,) = problems(bands("[0%, 60%] -> 0", "[60%, 150%] -> 10"))
        assert (found.code, found.args["range"]) == (Code.BAND_OVERLAP, "60%")


class TestZeroDenominators:
    @staticmethod
    def ratio(guard: str | None = None) -> str:
        applies = f"applies when {guard} otherwise zero\n" if guard else ""
        return "measure a / b\n" + applies + curve("0% -> 0", "100% -> full", of="measure")

    def test_a_range_that_holds_zero_is_labelled_and_a_guard_is_offered(self) -> None:
        (found,) = problems(self.ratio(), MONEY)
        assert (found.code, found.args["expression"]) == (Code.ZERO_DENOMINATOR, "b")
        assert [other.args["range"] for other in found.others] == ["[0, 10]"]
        assert found.fix is not None
        assert found.fix.args["new"] == "applies when b > 0 otherwise excluded"

    def test_a_guard_answers_it(self) -> None:
        for guard in (
            "b > 0",
            "a > 1万元 and b > 0",
            "not (b = 0)",
            "b != 0",
            "b >= 0.01万元",
            "not (b <= 0 or a < 1万元)",
        ):
            assert codes(self.ratio(guard), MONEY) == []

    def test_a_guard_on_another_input_does_not(self) -> None:
        for guard in ("a > 0", "b >= 0", "b > 0 or a > 0"):
            found = codes(self.ratio(guard), MONEY)
            assert Code.ZERO_DENOMINATOR in found

    def test_an_if_answers_it(self) -> None:
        assert codes("score = if b > 0 then min(full, a / b) else 0", MONEY) == []

    def test_a_condition_is_read_from_left_to_right(self) -> None:
        assert codes("score = if b > 0 and a / b > 0.5 then full else 0", MONEY) == []
        assert codes("score = if a / b > 0.5 and b > 0 then full else 0", MONEY) == [Code.ZERO_DENOMINATOR]

    def test_a_difference_that_a_guard_keeps_positive(self) -> None:
        score = "score = if b - 2万元 > 0 then min(full, a / (b - 2万元)) else 0"
        assert codes(score, MONEY) == []


class TestRanges:
    def test_a_score_that_can_pass_its_full_marks(self) -> None:
        (found,) = problems("score = x * 10")
        assert (found.code, found.args["range"], found.args["full"]) == (Code.SCORE_LEAVES_ITS_RANGE, "[0, 15]", "10")

    def test_limits_or_saying_so_answer_it(self) -> None:
        assert codes("score = x * 10 between 0 and full") == []
        assert codes("score = x * 10 unbounded") == []
        assert codes("score = min(full, x * 10)") == []

    def test_cases_narrow_what_their_conditions_say(self) -> None:
        assert codes("score cases {\nwhen x > 100% -> full\notherwise -> x * full\n}") == []

    def test_a_root_of_what_can_be_negative(self) -> None:
        (found,) = problems("score = sqrt(n) between 0 and full", "input n : number decimals 2 in [-4, 100]")
        assert (found.code, found.args["range"]) == (Code.IRRATIONAL_DOMAIN, "[-4, 100]")

    def test_a_curve_whose_target_can_be_zero(self) -> None:
        (found,) = problems(curve("0 -> 0", "b -> full", of="a"), MONEY)
        assert (found.code, found.args["value"]) == (Code.CURVE_NOT_INCREASING, "b")

    def test_twice_a_positive_target_is_above_it(self) -> None:
        inputs = "input a : 万元 decimals 2 in [0, 10]\n input b : 万元 decimals 2 in [1, 10]"
        assert codes(curve("b -> full", "2 * b -> 0", of="a"), inputs) == []


class TestUnreachable:
    def test_cases_that_never_hold_and_cases_hidden_by_others(self) -> None:
        found = problems(
            "score cases {\nwhen x > 200% -> 10\nwhen x >= 50% -> 5\nwhen x >= 80% -> 6\notherwise -> 0\n}"
        )
        assert [str(problem.args["reason"]) for problem in found] == ["never-holds", "held-above"]

    def test_a_band_outside_the_declared_range(self) -> None:
        (found,) = problems(bands(">= 90% -> 10", "[0%, 90%) -> 5", "< 0% -> 1"))
        assert str(found.args["reason"]) == "outside-declared-range"

    def test_a_decision_that_is_never_taken(self) -> None:
        (found,) = problems(FULL_CURVE, after="decision d when total > 11")
        assert (found.code, str(found.args["reason"])) == (Code.UNREACHABLE_CASE, "never-holds")

    def test_a_distance_that_is_never_reached(self) -> None:
        score = "score tally from full {\nn above 20: less 1 point per whole 5\nm: less 1 point each\n}"
        inputs = "input n : number decimals 0 in [0, 10]\n input m : count in [0, 3]"
        (found,) = problems(score, inputs)
        assert (found.code, str(found.args["reason"])) == (Code.UNREACHABLE_CASE, "outside-declared-range")


class TestMissing:
    OPTIONAL = RATE + " optional"

    def test_optional_data_that_matter_need_an_answer(self) -> None:
        (found,) = problems(FULL_CURVE, self.OPTIONAL)
        assert (found.code, found.args["code"], found.args["input"]) == (Code.MISSING_UNANSWERED, "A", "x")

    def test_every_policy_answers_it(self) -> None:
        for policy in ("zero", "full", "2 points", "pending"):
            assert codes(FULL_CURVE + f"\nmissing -> {policy}", self.OPTIONAL) == []

    def test_asking_first_answers_it(self) -> None:
        assert codes("score = if x is missing then 0 else min(full, x * 10)", self.OPTIONAL) == []

    def test_a_decision_is_reported_where_it_reads_the_input_itself(self) -> None:
        inputs = RATE + "\n input y : % in [0%, 100%] optional"
        (found,) = problems(FULL_CURVE, inputs, after="decision d when y < 50%")
        assert (found.code, found.args["code"], found.args["input"]) == (Code.MISSING_UNANSWERED, "d", "y")


class TestTallies:
    TWO = "input a : yes/no\n input b : yes/no"

    def test_deductions_that_cannot_all_bite(self) -> None:
        (found,) = problems("score tally from full {\na: less 6 points\nb: less 6 points\n}", self.TWO)
        assert found.code is Code.TALLY_SATURATES
        assert (found.args["deductions"], found.args["available"]) == ("12", "10")

    def test_deductions_that_can(self) -> None:
        assert codes("score tally from full {\na: less 6 points\nb: less 4 points\n}", self.TWO) == []

    def test_an_open_ended_deduction_ends_at_the_floor(self) -> None:
        assert codes("score tally from full {\nn: less 2 points each\n}", "input n : count in [0, 50]") == []

    def test_additions_that_can_pass_full(self) -> None:
        (found,) = problems("score tally from 0 {\na: plus 6 points\nb: plus 6 points\n}", self.TWO)
        assert (found.code, found.args["highest"], found.args["full"]) == (Code.TALLY_CAN_PASS_FULL, "12", "10")


class TestGroups:
    def test_parameters_of_one_choice_belong_together(self) -> None:
        inputs = """input kind : one of (甲, 乙)
  input x : % decimals 2 in [0%, 100%]
  param top by kind : % { 甲 -> 100%; 乙 -> 0% }
  param start by kind : % { 甲 -> 50%; 乙 -> -50% }"""
        assert codes(curve("start -> 0", "top -> full"), inputs) == []


def test_constant_marks_never_change_the_total() -> None:
    assert codes("score = full", "") == [Code.NEVER_CHANGES_TOTAL]


def test_what_is_broken_is_reported_once() -> None:
    assert codes("score = min(full, a / unknown)", "input a : 万元 decimals 2 in [0, 10]") == [Code.UNKNOWN_NAME]
