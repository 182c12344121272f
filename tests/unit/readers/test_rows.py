"""Named cells of entities: headings, judged marks, overrides, tables, duplicates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from perfrules.diagnostics import Code
from perfrules.ir.inputs import JudgedMark, Override
from perfrules.lang.states import State
from perfrules.readers import ReadOptions, read_mapping, read_mappings
from tests.support.data_plans import GOOD, INPUTS, PLAN, SPENT, STAFF, make_plan


def codes(row):
    return [each.code for each in row.problems]


def test_the_facts_hold_every_input():
    facts = read_mapping(PLAN, GOOD).facts
    assert facts.entity == "Parks"
    assert list(facts.values) == [each.name for each in INPUTS]
    assert facts.values["spent"] == Fraction(2401, 2)
    assert facts.values["note"] is State.MISSING
    assert facts.as_of == date(2021, 12, 31)


def test_columns_may_be_headed_by_titles():
    row = read_mapping(PLAN, {"部门": "Parks", "Staff in\n post": 12, "Spent this year": 1, "Execution rate": "95%"})
    assert row.facts.values["staff"] == 12


def test_a_title_of_two_inputs_is_refused():
    plan = make_plan(STAFF, evolve(SPENT, title="Staff in post", optional=True))
    row = read_mapping(plan, {"department": "Parks", "Staff in post": 12})
    assert Code.DATA_AMBIGUOUS_COLUMN in codes(row)
    assert row.facts is None


def test_a_name_goes_before_a_title():
    plan = make_plan(STAFF, evolve(SPENT, title="staff", optional=True))
    assert read_mapping(plan, {"department": "Parks", "staff": 12}).facts.values["staff"] == 12


def test_a_column_that_nobody_asked_for_is_refused_with_the_nearest_names():
    row = read_mapping(PLAN, {**GOOD, "notes": "x"})
    assert codes(row) == [Code.DATA_UNKNOWN_COLUMN]
    assert row.problems[0].args["suggestions"] == ("note",)
    assert row.facts is None


@pytest.mark.parametrize("options", [ReadOptions(ignore={"notes"}), ReadOptions(ignore_unknown=True)])
def test_the_caller_can_leave_columns_aside(options):
    assert read_mapping(PLAN, {**GOOD, "notes": "x"}, options).problems == ()


def test_the_caller_can_set_an_input_for_every_entity():
    options = ReadOptions(settings={"Staff in post": "7"})
    assert [row.facts.values["staff"] for row in read_mappings(PLAN, [GOOD], options).rows] == [7]
    assert codes(read_mapping(PLAN, GOOD, ReadOptions(settings={"stuff": "7"}))) == [Code.DATA_UNKNOWN_COLUMN]


def test_name_and_title_of_one_input_are_a_duplicate():
    assert Code.DATA_DUPLICATE_COLUMN in codes(read_mapping(PLAN, {**GOOD, "Staff in post": 13}))


def test_all_problems_of_an_entity_are_reported_at_once():
    row = read_mapping(PLAN, {"department": "Parks", "staff": "x", "rate": "95"})
    assert set(codes(row)) == {Code.DATA_NOT_A_NUMBER, Code.DATA_MISSING, Code.DATA_BARE_NUMBER_IN_PERCENT}
    assert {each.where.entity for each in row.problems} == {"Parks"}


def test_one_bad_entity_does_not_stop_the_others():
    read = read_mappings(PLAN, [GOOD, {**GOOD, "department": "Roads", "staff": "x"}])
    assert [row.facts is None for row in read.rows] == [False, True]
    assert read.problems == ()


def test_an_entity_that_stands_twice_is_refused_both_times():
    read = read_mappings(PLAN, [GOOD, GOOD, {**GOOD, "department": "Roads"}])
    assert [codes(row) for row in read.rows] == [[Code.DATA_DUPLICATE_ENTITY], [Code.DATA_DUPLICATE_ENTITY], []]
    assert read.rows[0].problems[0].args["rows"] == ("2",)


def test_rows_without_an_entity_column_are_refused_unless_they_are_to_be_numbered():
    nameless = {name: cell for name, cell in GOOD.items() if name != "department"}
    read = read_mappings(PLAN, [nameless])
    assert [each.code for each in read.problems] == [Code.DATA_NO_ENTITY_COLUMN]
    assert read.rows[0].facts is None
    assert read_mappings(PLAN, [nameless], ReadOptions(number_rows=True)).rows[0].entity == "1"


def test_a_row_without_a_name_is_refused():
    (row,) = read_mappings(PLAN, [{**GOOD, "department": " "}]).rows
    assert codes(row) == [Code.DATA_MISSING]


@pytest.mark.parametrize("code", ["A2", "A.A2"])
def test_judged_marks_by_short_or_full_code(code):
    row = read_mapping(
        PLAN, {**GOOD, f"{code}.level": "met", f"{code}.mark": "8.5分", f"{code}.by": "Li", f"{code}.reason": "seen"}
    )
    assert row.facts.judged == {"A.A2": JudgedMark(level="met", mark=Fraction(17, 2), by="Li", reason="seen")}


def test_a_mark_that_is_still_to_come():
    assert read_mapping(PLAN, {**GOOD, "A2.level": "met", "A2.mark": ""}).facts.judged == {
        "A.A2": JudgedMark(level="met")
    }
    assert read_mapping(PLAN, {**GOOD, "A2.level": "待定"}).facts.judged == {}


@pytest.mark.parametrize(
    ("level", "mark", "found"),
    [
        ("met", "7.9", [Code.DATA_JUDGED_OUTSIDE_LIMITS]),
        ("met", "8", []),
        ("met", "10", []),
        ("not met", "8", [Code.DATA_JUDGED_OUTSIDE_LIMITS]),
        ("not met", "7.9", []),
        ("", "5", [Code.DATA_MISSING]),
        ("good", "5", [Code.DATA_NOT_AN_OPTION]),
    ],
)
def test_a_mark_lies_within_the_limits_of_its_level(level, mark, found):
    assert codes(read_mapping(PLAN, {**GOOD, "A2.level": level, "A2.mark": mark})) == found


def test_an_override_states_value_by_and_why():
    cells = {"A1.override.value": "3", "A1.override.by": "Li", "A1.override.why": "audit"}
    assert read_mapping(PLAN, {**GOOD, **cells}).facts.overrides == {
        "A.A1": Override(value=Fraction(3), by="Li", why="audit")
    }
    (problem,) = read_mapping(PLAN, {**GOOD, **cells, "A1.override.by": "", "A1.override.why": None}).problems
    assert problem.code is Code.DATA_OVERRIDE_INCOMPLETE
    assert problem.args["lacks"] == ("override-by", "override-why")
    assert read_mapping(PLAN, {**GOOD, **dict.fromkeys(cells, "")}).facts.overrides == {}


def test_tables_are_nested_lists():
    row = read_mapping(PLAN, {**GOOD, "projects": [{"amount": "5"}, {"Project amount": 0.5, "finished": "是"}]})
    assert row.facts.values["projects"] == (
        {"amount": 5, "finished": State.MISSING},
        {"amount": Fraction(1, 2), "finished": True},
    )
    assert read_mapping(PLAN, {**GOOD, "projects": []}).facts.values["projects"] == ()
    assert read_mapping(PLAN, {**GOOD, "projects": "待定"}).facts.values["projects"] is State.PENDING


@pytest.mark.parametrize(
    ("projects", "found", "column"),
    [
        ([{"amount": "5"}, {}], Code.DATA_MISSING, "projects[2].amount"),
        ([{"amount": "5", "amont": 1}], Code.DATA_UNKNOWN_COLUMN, "projects[1].amont"),
        ("none", Code.DATA_UNREADABLE, "projects"),
        ([1], Code.DATA_UNREADABLE, "projects"),
    ],
)
def test_a_bad_record_is_placed(projects, found, column):
    row = read_mapping(PLAN, {**GOOD, "projects": projects})
    assert [(each.code, each.where.column) for each in row.problems] == [(found, column)]
    assert row.facts is None


def test_a_conversion_is_a_note_and_no_refusal():
    row = read_mapping(PLAN, {**GOOD, "spent": "1 亿元"})
    assert codes(row) == [Code.DATA_UNIT_CONVERTED]
    assert row.facts.values["spent"] == 10_000


def test_every_message_is_filled_in_both_languages():
    from perfrules.diagnostics.catalogue import LANGUAGES, translator
    from perfrules.diagnostics.wording import message

    cells = {**GOOD, "x": 1, "staff": "1 亩", "rate": "9", "projects": 3, "A2.mark": "99", "A1.override.by": "Li"}
    read = read_mappings(PLAN, [cells, cells, {"staff": 1}])
    problems = [each for row in read.rows for each in row.problems]
    texts = [message(each, translator(language)) for each in problems for language in LANGUAGES]
    assert [text for text in texts if "{" in text] == []


def test_a_heading_that_is_refused_is_one_problem_and_not_missing_data_too():
    cells = {("spents" if name == "spent" else name): value for name, value in GOOD.items()}
    assert "spent" in GOOD
    assert [problem.code for problem in read_mapping(PLAN, cells).problems] == [Code.DATA_UNKNOWN_COLUMN]
