"""What a failed expectation says, and what tests do not reach: in the author's names and the reader's words."""

from perfrules import api
from perfrules.diagnostics import in_order
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import message
from perfrules.ruletests.reach import reach
from perfrules.ruletests.run import run_tests

RULES = """ruleset demo "Demo" version "1" {
  total 10 points
  input x    : % decimals 1 in [0%, 100%]
  input left : 万元 in [0, 100]
  indicator A 10 points { measure x; score = measure * full }
  grades of total { 优 >= 9; 良 >= 5; 差 otherwise }
  decision mend when grade = 差
  alert light { red when left > 50万元; otherwise green }
  output rest : 万元 = left
  test "all wrong" {
    given x = 90%, left = 60
    expect decision mend, alert light = green, rest = 50万元, A.measure = 80%, grade = 差
  }
  test "open" { given x = pending, left = 0; expect grade in one of (优, 良), A is excluded }
}"""


def failures(language: str) -> list[str]:
    rules = api.loads(RULES)
    words = translator(language)
    return [message(each, words) for run in run_tests(rules.plan, rules.tests) for each in run.failures]


def test_a_failure_names_what_the_author_named_and_shows_its_value_in_its_unit() -> None:
    assert failures("en") == [
        'in the test "all wrong" `mend` is no, but `decision mend` is expected',
        'in the test "all wrong" `light` is red, but `alert light = green` is expected',
        'in the test "all wrong" `rest` is 60 万元, but `rest = 50万元` is expected',
        'in the test "all wrong" `A.measure` is 90%, but `A.measure = 80%` is expected',
        'in the test "all wrong" `grade` is 优, but `grade = 差` is expected',
        'in the test "open" `grade` is 优 / 良 / 差, but `grade in one of (优, 良)` is expected',
        'in the test "open" `A` is pending, but `A is excluded` is expected',
    ]


def test_states_answers_and_lights_are_told_in_chinese() -> None:
    assert [text.split("，而预期")[0] for text in failures("zh")] == [
        "用例“all wrong”中，“mend”为 否",
        "用例“all wrong”中，“light”为 红色",
        "用例“all wrong”中，“rest”为 60 万元",
        "用例“all wrong”中，“A.measure”为 90%",
        "用例“all wrong”中，“等级”为 优",
        "用例“open”中，“等级”为 优 / 良 / 差",
        "用例“open”中，“A”为 待定",
    ]


VETOES = """ruleset demo "Demo" version "1" {
  input late   : yes/no
  input barred : yes/no
  indicator A 10 points { score = 10; veto when late "Unfit" -> zero }
  veto when barred "Unfit" -> flag out
  test "one" { given late = no, barred = yes; expect not veto "Unfit", not flag out }
  test "none" { given late = no, barred = no; expect veto "Unfit", flag out }
  test "open" { given late = no; expect veto "Unfit" }
}"""


def test_vetoes_are_named_by_their_reason() -> None:
    rules, words = api.loads(VETOES), translator("en")
    assert [message(each, words) for run in run_tests(rules.plan, rules.tests) for each in run.failures] == [
        'in the test "one" `Unfit` is yes, but `not veto "Unfit"` is expected',
        'in the test "one" `out` is yes, but `not flag out` is expected',
        'in the test "none" `Unfit` is no, but `veto "Unfit"` is expected',
        'in the test "none" `out` is no, but `flag out` is expected',
        'in the test "open" `Unfit` is pending, but `veto "Unfit"` is expected',
    ]


def test_grades_that_no_test_reaches_are_named() -> None:
    rules = api.loads(RULES)
    traces = [run.trace for run in run_tests(rules.plan, rules.tests) if run.trace is not None]
    assert [(part.construct, part.title) for part in reach(rules.plan, traces).unreached] == [
        ("grade", "良"),
        ("grade", "差"),
    ]


SEVERAL = """ruleset demo "Demo" version "1" {
  input x : number decimals 0 in [0, 100]
  output place : count = rank(x across entities, highest first, ties share best)
  test "zebra" { given a: x = 1; given b: x = 2; expect a: place = 1; expect b: place = 1 }
  test "rows" { examples from "cases.csv" }
  test "alone" { given x = 1; expect place = 2 }
}"""
CASES = b"x,expect place\n" + b"".join(b"%d,12\n" % x for x in range(11))


def test_failures_are_told_in_the_order_of_the_file_and_of_its_rows_and_name_the_entity() -> None:
    rules = api.loads(SEVERAL, read_resource={"cases.csv": CASES}.get)
    failed = [each for run in run_tests(rules.plan, rules.tests) for each in run.failures]
    rows = [f"rows (cases.csv:{row})" for row in range(2, 13)]
    assert [each.args["test"] for each in in_order(failed)] == ["zebra (a)", *rows, "alone"]
    assert [each.args["found"] for each in in_order(failed)][:3] == ["2 count", "11 count", "10 count"]


def test_what_a_row_leaves_open_is_told_where_it_matters() -> None:
    rules = api.loads(
        """ruleset demo "Demo" version "1" {
          table visits { input hours : number in [0, 24] }
          input late : count in [0, 5]
          input other : yes/no
          indicator A 10 points { score = sum(v.hours for v in visits) between 0 and full }
          indicator B 10 points { score tally from full { late: less 2 points each; other: less 1 point } }
          test "cases" { examples from "cases.csv" }
        }""",
        read_resource={"cases.csv": b'visits,late,expect A,expect B\n,2,4,6\n"[(hours = 4)]",2,4,6\n'}.get,
    )
    first, second = run_tests(rules.plan, rules.tests)
    told = [(each.args["name"], [dict(other.args) for other in each.others]) for each in first.failures]
    assert told == [("A", [{"names": ("visits",)}]), ("B", [{"names": ("other",)}])]
    assert [each.args["name"] for each in second.failures] == ["B"]
