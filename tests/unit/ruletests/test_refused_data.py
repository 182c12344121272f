"""A test whose data would be refused when they are scored fails; it does not stop the others."""

from perfrules import api
from perfrules.diagnostics import Code
from perfrules.ruletests.run import run_tests

BANDS = """ruleset demo "Demo" version "1" {
  input x    : number in [0, 100]
  input low  : number in [10, 90]
  input high : number in [10, 90]
  indicator A 4 points { score bands of x { [0, low) -> 0; [high, 100] -> full } }
  test "in the hole" { given x = 65, low = 60, high = 70; expect A = 0, A.full = 4 }
  test "above it" { given x = 70, low = 60, high = 70; expect A = 4 }
}"""
DAYS = """ruleset demo "Demo" version "1" {
  holidays from "days.csv"
  input a : date
  input b : date
  output waited : workdays = workdays(a, b)
  test "another year" { given a = 2020-01-01, b = 2020-01-03; expect waited = 2 workdays }
}"""


def test_data_in_a_hole_between_bands_fail_their_test_only() -> None:
    rules = api.loads(BANDS)
    first, second = run_tests(rules.plan, rules.tests)
    assert [each.code for each in first.failures] == [Code.TEST_FAILS, Code.TEST_FAILS]
    assert [each.args["found"] for each in first.failures] == ["refused", "refused"]
    assert second.failures == ()


def test_dates_outside_the_calendar_fail_their_test() -> None:
    rules = api.loads(DAYS, read_resource={"days.csv": b"date,kind\n2024-01-01,holiday\n"}.get)
    (run,) = run_tests(rules.plan, rules.tests)
    assert run.trace is None
    assert [each.args["found"] for each in run.failures] == ["refused"]
