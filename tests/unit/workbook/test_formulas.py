"""How rules are written as formulas: by the names of cells, asking only about states that can occur."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from perfrules import loads
from perfrules.workbook import export_workbook
from tests.support.recalculated import formulas

HEAD = """
ruleset demo "Demo" version "1" {
  entity name
  total 10 points
  input spent  : 万元 decimals 2 in [0, 1000]
  input budget : 万元 decimals 2 in [1, 1000]
  input staff  : persons in [0, 100] optional
  input signed : yes/no
  input rest   : number
"""


def _formulas(body: str, rows: list[dict[str, Any]] | None = None, language: str = "en") -> dict[str, str]:
    """Return the formulas of the calculation by the names of their cells."""
    rules = loads(HEAD + body + "\n}\n")
    first = {"name": "Finance", "spent": "90", "budget": "120", "staff": "4", "signed": "yes", "rest": "1.5"}
    content = export_workbook(rules, rules.score_all(rows or [first]), language=language)
    sheet = {"en": "Calculation", "zh": "计算"}[language]
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()[4]
    return {
        str(names[column]): formula
        for (place, row, column), formula in formulas(content).items()
        if place == sheet and row == 6 and names[column]
    }


def test_a_quotient_and_its_curve_read_as_the_rule_does() -> None:
    found = _formulas(
        'indicator A "Execution" 10 points { measure spent / budget\nscore curve of measure { 0% -> 0; 100% -> full } }'
    )
    assert found["A_measure"] == "spent/budget"
    assert found["A_marks"] == "IF(A_measure<=1,A_measure*10,10)"


def test_edges_of_rates_are_compared_after_the_noise_is_cleared() -> None:
    found = _formulas(
        'indicator A "Execution" 10 points { measure spent / budget\n '
        "score bands of measure { >= 95% -> full; >= 90% -> 8; otherwise -> 0 } }"
    )
    assert found["A_marks"] == "IF(ROUND(A_measure-0.95,10)>=0,10,IF(ROUND(A_measure-0.9,10)>=0,8,0))"


def test_data_are_compared_as_they_stand() -> None:
    found = _formulas('indicator A "Spent" 10 points { score bands of spent { >= 95.5 万元 -> full; otherwise -> 0 } }')
    assert found["A_marks"] == "IF(spent>=95.5,10,0)"


def test_only_what_can_be_missing_is_asked_about() -> None:
    found = _formulas(
        'indicator A "Staff" 10 points { score curve of staff { 0 -> 0; 10 persons -> full }\n missing -> zero }'
    )
    assert found["A_score_step1"] == 'IF(staff="","[missing]",staff)'
    assert found["A_marks"].count("[missing]") == 1
    others = _formulas('indicator A "Spent" 10 points { score curve of spent { 0 -> 0; 10 万元 -> full } }')
    assert not any("[missing]" in formula for formula in others.values())


def test_words_follow_the_language() -> None:
    body = 'indicator A "Signed" 10 points { score tally from 0 { signed: plus 10 points "signed" } }'
    rows = [{"name": "Finance", "spent": "90", "budget": "120", "signed": "yes", "rest": "1.5"}]
    assert 'signed="是"' in _formulas(body, rows, "zh")["A_得分"]
    assert 'signed="yes"' in _formulas(body, rows, "en")["A_marks"]


def test_declared_rounding_clears_the_noise_first_and_sums_go_back_on_their_decimals() -> None:
    found = _formulas(
        'indicator A "One" 5 points { score curve of spent / budget { 0% -> 0; 100% -> full }\n'
        "round to 2 decimals half up }\n"
        'indicator B "Two" 5 points { score = round(rest / 3 to 0.01 half up) * 1 point between 0 and full }'
    )
    assert found["A_marks"].startswith("ROUND(ROUND(A_score,")
    assert found["total"] == "ROUND(A_marks+B_marks,2)"


@pytest.mark.parametrize(
    ("what", "reason"), [("count distinct(t.kind for t in table_one)", "different values are counted")]
)
def test_what_has_no_formula_is_a_constant_and_said(what: str, reason: str) -> None:
    body = (
        "table table_one { input kind : text }\n"
        f'indicator A "Kinds" 10 points {{ score = min(10, {what}) * 1 point between 0 and full }}'
    )
    rules = loads(HEAD + body + "\n}\n")
    row = {"name": "Finance", "spent": "90", "budget": "120", "signed": "yes", "rest": "1.5"}
    row |= {"table_one": [{"kind": "a"}, {"kind": "b"}, {"kind": "a"}]}  # type: ignore[dict-item]
    content = export_workbook(rules, rules.score_all([row]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    told = book.get_sheet_by_name("Check").to_python()
    assert any(reason in str(cell) for line in told for cell in line)
    assert 2.0 in book.get_sheet_by_name("Calculation").to_python()[6]


def test_the_same_data_give_the_same_bytes_and_no_clock() -> None:
    rules = loads(HEAD + 'indicator A "One" 10 points { score curve of spent { 0 -> 0; 10 万元 -> full } }\n}\n')
    rows = [{"name": "Finance", "spent": "90", "budget": "120", "signed": "yes", "rest": "1.5"}]
    content = export_workbook(rules, rules.score_all(rows))
    assert content == export_workbook(rules, rules.score_all(rows))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"2020-01-01T00:00:00Z" in package.read("docProps/core.xml")
        assert b"sheetProtection" not in b"".join(package.read(name) for name in package.namelist())


def test_refused_entities_are_told_and_left_out() -> None:
    rules = loads(HEAD + 'indicator A "One" 10 points { score curve of spent { 0 -> 0; 10 万元 -> full } }\n}\n')
    good = {"name": "Finance", "spent": "90", "budget": "120", "signed": "yes", "rest": "1.5"}
    results = rules.score_all([good, {**good, "name": "Health", "spent": "5000"}])
    book = CalamineWorkbook.from_filelike(io.BytesIO(export_workbook(rules, results)))
    told = [str(cell) for line in book.get_sheet_by_name("Check").to_python() for cell in line]
    assert "Health" in told
    assert "data-outside-range" in told
    assert [line[0] for line in book.get_sheet_by_name("Results").to_python()[6:]] == ["Finance"]


def test_data_that_stop_fitting_have_no_results() -> None:
    rules = loads(HEAD + 'indicator A "One" 10 points { score curve of spent { 0 -> 0; 10 万元 -> full } }\n}\n')
    good = {"name": "Finance", "spent": "90", "budget": "120", "signed": "yes", "rest": "1.5"}
    found = formulas(export_workbook(rules, rules.score_all([good])))
    results = [formula for (sheet, _, _), formula in found.items() if sheet == "Results"]
    assert 'IF(misfits>0,"[refused]",A_marks)' in results
    assert any(
        "AND(spent>=0,spent<=1000,ROUND(spent,2)=spent)" in formula
        for (sheet, _, _), formula in found.items()
        if sheet == "Inputs"
    )


def test_one_entity_needs_one_result() -> None:
    rules = loads(HEAD + 'indicator A "One" 10 points { score curve of spent { 0 -> 0; 10 万元 -> full } }\n}\n')
    with pytest.raises(ValueError, match="one entity needs one result"):
        export_workbook(rules, [], one=True)
