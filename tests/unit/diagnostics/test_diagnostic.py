"""Diagnostics are values: equal when they say the same, in one order, with fixes that can be made."""

from __future__ import annotations

import pickle

import pytest

from perfrules.diagnostics import (
    SEVERITY,
    Arguments,
    Code,
    DataPlace,
    Diagnostic,
    Edit,
    Fix,
    Severity,
    apply_fix,
    has_errors,
    in_order,
)
from perfrules.text import SourceText, Span


def test_the_order_of_arguments_does_not_matter():
    one = Diagnostic(Code.DATA_MISSING, args={"name": "a", "row": 1})
    other = Diagnostic(Code.DATA_MISSING, args={"row": 1, "name": "a"})
    assert one == other
    assert hash(one) == hash(other)
    assert in_order([one, other]) == (one,)


def test_arguments_cannot_be_changed_through_what_they_were_made_of():
    given = {"name": "a"}
    problem = Diagnostic(Code.DATA_MISSING, args=given)
    given["name"] = "b"
    assert problem.args == Arguments({"name": "a"})


def test_a_diagnostic_survives_pickling(wrong_sum):
    assert pickle.loads(pickle.dumps(wrong_sum)) == wrong_sum


def test_order_is_file_then_start_then_code():
    expected = (
        Diagnostic(Code.CYCLE, Span("a", 1, 9)),
        Diagnostic(Code.BAND_HOLE, Span("a", 2, 3)),
        Diagnostic(Code.CYCLE, Span("a", 2, 3)),
        Diagnostic(Code.BAND_HOLE, Span("b", 0, 1)),
    )
    assert in_order(reversed(expected)) == expected


def test_rows_are_ordered_as_numbers():
    places = [DataPlace("d.csv", row=row) for row in (2, 10, 100)]
    expected = tuple(Diagnostic(Code.DATA_MISSING, where=place) for place in places)
    assert in_order(reversed(expected)) == expected


def test_every_code_has_a_severity_and_a_value_that_is_its_name():
    assert set(SEVERITY) == set(Code)
    assert [code.name for code in Code] == [code.value.upper().replace("-", "_") for code in Code]


def test_only_errors_are_errors():
    note, warning = Diagnostic(Code.DATA_UNIT_CONVERTED), Diagnostic(Code.UNUSED_INPUT)
    assert (note.severity, warning.severity) == (Severity.NOTE, Severity.WARNING)
    assert not has_errors([note, warning])
    assert has_errors([note, Diagnostic(Code.CYCLE)])


def test_edits_are_made_in_the_order_of_the_text_and_only_in_their_file():
    fix = Fix("replace", [Edit(Span("a", 3, 3), "!"), Edit(Span("b", 0, 1), "?"), Edit(Span("a", 0, 1), "满分")])
    assert apply_fix(SourceText("a", "xyz"), fix) == "满分yz!"


def test_edits_that_overlap_are_our_mistake():
    fix = Fix("replace", [Edit(Span("a", 0, 2), ""), Edit(Span("a", 1, 3), "")])
    with pytest.raises(ValueError, match="overlap"):
        apply_fix(SourceText("a", "xyz"), fix)
