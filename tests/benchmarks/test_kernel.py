"""The kernel gives the exact totals of every case, also where few rows are easy."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from benchmarks.table.cases.table import case_of
from benchmarks.table.kernel import CASES, NODES
from benchmarks.table.rubric import rubric
from benchmarks.table.ruleset_text import ruleset_text
from benchmarks.table.whole_block import whole_of
from perfrules import loads
from perfrules.batch.kernel import Kernel
from perfrules.batch.results import CodeCells, ScaledCells

ROWS = 20_000


@pytest.mark.parametrize("name", CASES)
def test_the_kernel_is_exact(name: str) -> None:
    case = case_of(name)
    data = case.data(ROWS)
    exact = case.exact(data)
    rules = loads(ruleset_text(rubric()) if name == CASES[0] else case.about)
    kernel = Kernel(rules.plan, nodes=NODES)
    [block] = whole_of(data, kernel.texts).blocks()
    found = kernel.run(block)
    assert not found.aside.any()
    total, grade = (found.nodes[node].values for node in NODES)
    assert isinstance(total, ScaledCells)
    assert isinstance(grade, CodeCells)
    assert (total.raw.astype(object) * 100 == exact.totals.astype(object) * total.scale).all()
    texts = kernel.texts
    letters = [texts[code] for code in grade.codes]
    assert (
        len({*zip(letters, exact.grades.tolist(), strict=True)}) == len(set(letters)) == len(set(exact.grades.tolist()))
    )
