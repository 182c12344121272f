"""Parameters: by date, by group, from a file."""

from __future__ import annotations

from datetime import date

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, LogicOp
from perfrules.lang.exact import Exact
from perfrules.model.parameters import as_of_dates, as_of_default

INPUTS = "input town : one of (central, western)\ninput old : yes/no\ninput name : text\n"


def _const(value):
    return core.Const(value if isinstance(value, bool | str) else Exact(value))


def _is(name, option):
    return core.Compare(CompareOp.EQUAL, core.Input(name), _const(option))


def test_a_dated_value_keeps_its_dates_and_what_it_cites(lower):
    dated = 'param p : % { from 2019-01-01 -> 60% "Notice 1"; from 2022-01-01 -> 65% }'
    found = lower(dated, beside="effective 2021-01-01 to 2021-12-31")
    expr = found.expr("p")
    assert expr == core.Dated(((date(2019, 1, 1), _const(Exact(3, 5))), (date(2022, 1, 1), _const(Exact(13, 20)))))
    assert expr.entries[0][1].origin.title == "Notice 1"
    assert found.codes == []


@pytest.mark.parametrize(
    ("period", "starts", "codes", "default"),
    [
        ("2021-01-01 to 2021-12-31", ("2019-01-01", "2021-01-01"), [], date(2021, 12, 31)),
        ("2021-01-01 to 2021-12-31", ("2019-01-01", "2021-07-01"), [], None),
        ("2023-01-01 to 2023-12-31", ("2019-01-01", "2022-01-01"), ["parameter-older-than-period"], date(2023, 12, 31)),
        ("2018-01-01 to 2018-12-31", ("2019-01-01", "2022-01-01"), ["parameter-unanswered"], date(2018, 12, 31)),
        ("2022-01-01 to 2022-12-31", ("2022-01-01", "2019-01-01"), ["dates-out-of-order"], date(2022, 12, 31)),
    ],
)
def test_the_period_decides_which_value_holds(lower, period, starts, codes, default):
    entries = "; ".join(f"from {start} -> 1" for start in starts)
    found = lower(f"effective {period}\nparam p : number {{ {entries} }}", beside="")
    assert found.codes == codes
    assert as_of_default(found.lowering) == default
    assert as_of_dates(found.lowering) == tuple(sorted(date.fromisoformat(start) for start in starts))


def test_groups_are_cases_and_the_last_of_all_groups_is_what_remains(lower):
    found = lower("param p by town : count { central -> 3; western -> 2 }", beside=INPUTS)
    assert found.expr("p") == core.Select(((_is("town", "central"), _const(3)),), _const(2))


def test_two_inputs_can_decide_together(lower):
    found = lower('param p by (town, old) : % { (central, "yes") -> 5%; otherwise -> 2% }', beside=INPUTS)
    both = core.Logic(LogicOp.AND, (_is("town", "central"), _is("old", True)))
    assert found.expr("p") == core.Select(((both, _const(Exact(1, 20))),), _const(Exact(1, 50)))


@pytest.mark.parametrize(
    ("parameter", "code", "detail"),
    [
        ("param p by town : count { central -> 3 }", "parameter-unanswered", ("when", ("western",))),
        ("param p by name : count { a -> 3 }", "parameter-unanswered", ("when", ("otherwise",))),
        ("param p by town : count { centrl -> 3; otherwise -> 1 }", "unknown-name", ("suggestions", ("central",))),
        ("param p by twon : count { central -> 3; otherwise -> 1 }", "unknown-name", ("suggestions", ("town",))),
        (
            "param p by town : count { central -> 3; central -> 4; otherwise -> 1 }",
            "twice-stated",
            ("clause", "central"),
        ),
        ("param p by (town, old) : count { central -> 3; otherwise -> 1 }", "wrong-number-of-values", ("found", 1)),
        ("param p : % = 60", "number-with-percent", ("percent", "60%")),
        ("param p : 万元 = 3 亩", "kinds-differ", ("left", "亩")),
    ],
)
def test_a_parameter_must_answer_every_group_in_its_own_kind(lower, parameter, code, detail):
    [problem] = lower(parameter, beside=INPUTS).diagnostics
    assert problem.code.value == code
    assert problem.args[detail[0]] == detail[1]


def test_values_may_stand_in_a_file(lower):
    files = {"p.csv": b"town,value,cite\ncentral,5%,Notice 1\notherwise,2.5%,\n"}
    found = lower('param p by town : % from "p.csv"', files=files, beside=INPUTS)
    assert found.codes == []
    assert found.expr("p") == core.Select(((_is("town", "central"), _const(Exact(1, 20))),), _const(Exact(1, 40)))
    assert found.expr("p").cases[0][1].origin.title == "Notice 1"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (None, ["data-unreadable"]),
        (b"town\ncentral\n", ["data-unreadable"]),
        (b"town,value\ncentral,5\notherwise,1%\n", ["data-bare-number-in-percent"]),
        (b"town,value\ncentral,5%\n", ["parameter-unanswered"]),
        (b"town,value\nsouth,5%\notherwise,1%\n", ["unknown-name"]),
    ],
)
def test_a_file_is_held_to_the_same_rules(lower, content, codes):
    files = {} if content is None else {"p.csv": content}
    assert lower('param p by town : % from "p.csv"', files=files, beside=INPUTS).codes == codes


def test_a_schedule_holds_each_value_until_the_next_step(lower):
    schedule = "schedule s : % of month { 4 -> 25%; 6 -> 40%; otherwise -> 0% }"
    found = lower(f"{schedule}\nlet x = s(month)", beside="input month : number in [1, 12]")
    expr = found.expr("x")
    assert [
        (step.takes.low, step.takes.high, step.takes.low_closed, step.takes.high_closed) for step in expr.steps
    ] == [
        (_const(4), _const(6), True, False),
        (_const(6), None, True, False),
    ]
    assert [step.value for step in expr.steps] == [_const(Exact(1, 4)), _const(Exact(2, 5))]
    assert expr.otherwise == _const(0)


def test_the_steps_of_a_schedule_increase(lower):
    items = "schedule s : % of month { 6 -> 25%; 4 -> 40% }\nlet x = s(5)"
    assert lower(items, beside="").codes == ["curve-not-increasing"]
