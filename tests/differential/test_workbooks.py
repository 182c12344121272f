"""Random rulesets as workbooks: LibreOffice, started from wrong cached values, finds the engine's values."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from perfrules.as_of import as_of_problem
from perfrules.diagnostics import DataPlace
from perfrules.readers.rows import EntityRow
from perfrules.workbook import export_workbook
from tests.differential.column_rows import pools_of, readings
from tests.strategies.rulesets import AS_OF, valid_ruleset
from tests.support.recalculated import formulas, has_libreoffice, read_sheets, recalculate, spoiled

pytestmark = pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")

WORKBOOKS = 14
ENTITIES = 10
SEED = "workbooks"


def _workbook(number: int) -> bytes | None:
    """Make the workbook of a random ruleset, of many entities or of one; None where it has no data."""
    random = Random(f"{SEED}/{number}")
    written, ruleset, _ = valid_ruleset(random)
    plan = ruleset.plan
    as_of = random.choice(AS_OF) or plan.as_of_default
    read = readings(written, ruleset, random, as_of)
    if not read or as_of_problem(plan, as_of) is not None:
        return None
    rows = [
        EntityRow(entity=f"E{place}", facts=evolve(facts, entity=f"E{place}"), problems=(), place=DataPlace())
        for place, facts in enumerate(pools_of(read).rows(random, ENTITIES, as_of))
    ]
    results = [result for result in ruleset.score_rows(rows) if result.trace is not None]
    one = number % 3 == 0
    chosen = results[:1] if one else results
    return export_workbook(ruleset, chosen, language="en", as_of=as_of, one=one) if chosen else None


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, Path]]:
    folder = tmp_path_factory.mktemp("random")
    made = [content for content in map(_workbook, range(WORKBOOKS)) if content is not None]
    paths = [folder / f"{number}.xlsx" for number in range(len(made))]
    for path, content in zip(paths, made, strict=True):
        path.write_bytes(spoiled(content))
    return list(zip(made, recalculate(paths, folder), strict=True))


def test_checks_of_random_rulesets_find_no_difference(recalculated: list[tuple[bytes, Path]]) -> None:
    assert len(recalculated) > WORKBOOKS / 2
    for content, path in recalculated:
        sheets = read_sheets(path)
        rows = sheets.rows["Check"]
        compared = next(row[1] for row in rows if row[0] == "Values compared")
        assert sum(row[7] is True for row in rows if len(row) > 7) == compared
        assert next(row[1] for row in rows if row[0] == "Differences") == 0
        assert formulas(content)
