"""Suggestions for an unknown name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.diagnostics.did_you_mean import edits, nearest

names = st.text(alphabet="ab率", max_size=6)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("budegt", ["budget", "spent"], ("budget",)),
        ("BUDGET", ["budget"], ("budget",)),
        ("A1", ["A2", "A12", "B1", "A"], ("A", "A12", "A2")),
        ("x", ["y", "z"], ()),
        ("预算执行", ["预算", "预算执行率"], ("预算执行率",)),
        ("spent", [], ()),
    ],
)
def test_near_names_are_suggested_and_far_ones_not(name, known, expected):
    assert nearest(name, known) == expected


@given(names, names)
def test_edits_are_symmetric_and_zero_only_for_equals(one, other):
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edits(one, other) <= max(len(one), len(other))
