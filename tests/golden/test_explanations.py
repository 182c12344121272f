"""Pages of explanations, byte for byte. The figures in them are derived by hand below.

Education: 52 of 50 posts is 104%, 4 started points of percent take 4, held at 3 by the cap: A1 = 2. 1200 of 1250 is
96%: A2 = 9.6. 88.6% lies in [80%, 90%): B = 9, and 1.4pp more give 1. One petition: C1 = 3. The experts gave 7: C2 = 7.
D = 2. In all 11.6 + 9 + 10 + 2 = 32.6: 良; 优 needs 36, 3.4 more.
Health: no budget, so A2 leaves, and the 2 of 5 in A1 count for 6 of 15. False reports take C1. The experts have said
nothing, so C2 lies in [0, 10] and the total in 6 + 5 + [0, 10] + 0 = [11, 21], all of it 差.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfrules.evaluate.evaluate import evaluate
from perfrules.explain import explain
from perfrules.readers.table import read_data
from tests.support.explained import plan_of, result_of

HERE = Path(__file__).parent / "explanations"
EDUCATION = {
    "department": "Education",
    "staff": 52,
    "quota": 50,
    "spent": 1200,
    "budget": 1250,
    "pleased": "88.6%",
    "petitions": 1,
    "complete": "yes",
    "fraud": "no",
    "C2.level": "fair",
    "C2.mark": 7,
    "C2.by": "Panel",
    "C2.reason": "goals met in part",
}
HEALTH = {
    "department": "Health",
    "staff": 60,
    "quota": 50,
    "spent": 0,
    "budget": 0,
    "pleased": "60%",
    "petitions": 0,
    "complete": "no",
    "fraud": "yes",
}
PAGES = (None, "A", "A1", "A2", "B", "C1", "C2")


def pages(language: str) -> str:
    plan = plan_of((HERE / "department.perfrules").read_text(encoding="utf-8"))
    results = [result_of(plan, data) for data in (EDUCATION, HEALTH)]
    shown = [explain(result, code).text(language, 90) for result in results for code in PAGES]
    return "\n".join(shown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_are_as_written(language: str) -> None:
    assert pages(language) == (HERE / f"department.{language}.txt").read_text(encoding="utf-8")


def test_pages_are_the_same_bytes_under_any_hash_seed() -> None:
    root = Path(__file__).parents[2]
    program = "from tests.golden.test_explanations import pages; print(pages('zh'), pages('en'))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(runs) == 1
    assert next(iter(runs)).strip()


def test_the_department_of_pinghu_reads_as_written() -> None:
    folder = Path(__file__).parents[2] / "rulesets" / "pinghu" / "department"
    text = (folder / "department.zh.perfrules").read_text(encoding="utf-8")
    plan = plan_of(text, lambda name: (folder / name).read_bytes())
    rows = read_data(folder / "data" / "2021-2024.csv", plan).rows
    facts = next(row.facts for row in rows if row.entity == "市教育局2021")
    assert facts is not None
    result = evaluate(plan, facts)
    shown = "\n".join(explain(result, code).text("zh", 90) for code in (None, "A11", "B11", "B22", "C31"))
    assert shown == (HERE / "pinghu.zh.txt").read_text(encoding="utf-8")
