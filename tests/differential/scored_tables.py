"""Tables scored as a whole say what their entities say one by one: random rulesets, typed columns, bad cells."""

from __future__ import annotations

from collections import Counter
from random import Random

import pyarrow as pa

from perfrules import api
from perfrules.evaluate.cohort.needed import has_cohort_rules
from tests.differential.column_reading import ColumnDifference
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset
from tests.support.table_results import differences
from tests.support.typed_columns import typed

ROWS = 200
COHORT = 30


def compare_tables(pairs: int, seed: str, rows: int = ROWS) -> tuple[Counter[str], ColumnDifference | None]:
    """Compare until *pairs* of a ruleset and a row are done or something differs; return what was exercised."""
    counts: Counter[str] = Counter()
    number = 0
    while counts["pairs"] < pairs:
        random = Random(f"{seed}/{number}")
        written, ruleset, _ = valid_ruleset(random)
        counts["rulesets"] += 1
        size = min(rows, COHORT) if has_cohort_rules(ruleset.plan) else rows
        table, as_of = table_of(written, ruleset, random, size), random.choice(AS_OF)
        expected = ruleset.score_all(table.to_pylist(), as_of=as_of)
        found = ruleset.score_table(table, as_of=as_of)
        counts["pairs"] += size
        counts.update(f"status {result.status.value}" for result in expected)
        wrong = differences(ruleset.plan, found, expected)
        if wrong:
            return counts, ColumnDifference("score_table", written.text, table.to_pylist(), wrong)
        number += 1
    return counts, None


def table_of(written: WrittenRuleset, ruleset: api.Ruleset, random: Random, size: int) -> pa.Table:
    """Return an Arrow table of *size* entities whose columns have the types of any file or frame."""
    name = ruleset.plan.entity_name
    rows = [{name: f"entity {number}", **written.row(random)} for number in range(size)]
    headings = dict.fromkeys(heading for row in rows for heading in row)
    return pa.table({heading: typed([row.get(heading) for row in rows], random) for heading in headings})
