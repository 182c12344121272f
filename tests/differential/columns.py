"""Score rows in columns and one by one, and say where they differ: every value and state of every node.

First the tape alone, read exactly; then the kernel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from perfrules import api
from perfrules.as_of import as_of_problem
from perfrules.batch.exactly import Exactly
from perfrules.batch.kernel import Kernel
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked, Lowered
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from tests.differential.column_edges import Edges
from tests.differential.column_reading import ColumnDifference, Reading, Run, compare_reading
from tests.differential.column_rows import pools_of, readings, with_statistics
from tests.differential.facts_columns import FactsColumns, declared_in, python_values
from tests.differential.kernel_reading import count_proofs, read_by_kernel
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset
from tests.strategies.wide import make_wide

ROWS = 240
EDGES = 8
TAPES = Fraction(1, 4)
"""In how many runs the tape is read exactly too, which tells what is lowered wrongly from what is computed wrongly."""


def compare_columns(pairs: int, seed: str, rows: int = ROWS) -> tuple[Counter[str], ColumnDifference | None]:
    """Compare until *pairs* of a ruleset and a row are done or something differs; return what was exercised."""
    counts: Counter[str] = Counter()
    number = 0
    while counts["pairs"] < pairs:
        random = Random(f"{seed}/{number}")
        written, ruleset, _ = valid_ruleset(random)
        counts["rulesets"] += 1
        found = _compare_ruleset(written, ruleset, random, rows, counts)
        if found is not None:
            return counts, found
        number += 1
    return counts, None


def _compare_ruleset(
    written: WrittenRuleset, ruleset: api.Ruleset, random: Random, rows: int, counts: Counter[str]
) -> ColumnDifference | None:
    plan = ruleset.plan
    as_of = random.choice(AS_OF) or plan.as_of_default
    read = readings(written, ruleset, random, as_of)
    if not read or as_of_problem(plan, as_of) is not None:
        counts["rulesets without rows"] += 1
        return None
    counts.update(f"construct {each}" for each in written.used)
    pools, kernel = pools_of(read), Kernel(plan, as_of=as_of)
    for each in (pools.without_states(), pools):
        facts = with_statistics(plan, each.rows(random, rows // 2, as_of), random)
        if facts:
            run = Run(plan, written.text, facts, counts)
            found = compare_run(run, kernel, each.units(), random)
            if found is not None:
                return found
    count_proofs(kernel, counts)
    return None


def compare_wide(pairs: int, seed: str, rows: int = ROWS // 4) -> tuple[Counter[str], ColumnDifference | None]:
    """Compare core plans whose numbers are of any size."""
    counts: Counter[str] = Counter()
    number = 0
    while counts["pairs"] < pairs:
        random = Random(f"{seed}/{number}")
        case = make_wide(random, rows)
        if case is not None:
            counts["core plans"] += 1
            run = Run(case.plan, f"make_wide(Random('{seed}/{number}'), {rows})", case.facts, counts)
            kernel = Kernel(case.plan, as_of=case.facts[0].as_of)
            found = compare_run(run, kernel, case.units, random)
            count_proofs(kernel, counts)
            if found is not None:
                return counts, found
        number += 1
    return counts, None


def compare_run(run: Run, kernel: Kernel, units: Mapping[str, Any], random: Random) -> ColumnDifference | None:
    """Compare rows as they are, then rows on the edges of what is rounded and compared."""
    lowered = _lowered(run.plan, FactsColumns(run.plan, run.facts))
    if lowered.unsupported:
        run.counts["plans without columns"] += 1
        run.counts.update(f"unsupported {why}" for why in lowered.unsupported.values())
        return None
    with_tape = random.random() < TAPES
    found = _compare_both(run, kernel, with_tape=with_tape)
    if found is None:
        moved = list(_on_edges(run, units, random))
        run.counts["rows on edges"] += len(moved)
        moved_run = Run(run.plan, run.text, moved, run.counts)
        found = _compare_both(moved_run, kernel, with_tape=with_tape) if moved else None
    return found


def _compare_both(run: Run, kernel: Kernel, *, with_tape: bool) -> ColumnDifference | None:
    """Compare the kernel with the evaluator, and the tape, read exactly, too."""
    found = {"the kernel": read_by_kernel(kernel, run.facts, run.counts)}
    if with_tape:
        columns = FactsColumns(run.plan, run.facts)
        found = {"the tape": _read_exactly(run, _lowered(run.plan, columns), columns), **found}
    return compare_reading(run, found)


def _on_edges(run: Run, units: Mapping[str, Any], random: Random) -> Iterator[Facts]:
    columns = FactsColumns(run.plan, run.facts)
    lowered = _lowered(run.plan, columns)
    edges = Edges(lowered.tape, columns, declared_in(run.plan), units, random, max(len(run.facts) // 10, 2))
    places = edges.places()
    for place in random.sample(places, min(EDGES, len(places))):
        yield from edges.moved(place)


def _lowered(plan: Plan, columns: FactsColumns) -> Lowered:
    lowered = lower(plan, Asked(as_of=columns.facts[0].as_of or plan.as_of_default, holes=columns.holes()))
    columns.name_texts(lowered.texts)
    return lowered


def _read_exactly(run: Run, lowered: Lowered, columns: FactsColumns) -> Reading:
    tape = lowered.tape
    exactly = Exactly(tape, columns.known(tape.ops), len(run.facts), columns.counts)

    def read(place: int | None) -> list[Any] | None:
        return None if place is None else python_values(exactly.column(place))

    aside = [False] * len(run.facts)
    for each in lowered.aside:
        condition = read(each.condition)
        assert condition is not None
        run.counts[f"aside {each.reason}"] += sum(condition)
        aside = [a or b for a, b in zip(aside, condition, strict=True)]
    nodes = {id_: (read(node.value), read(node.state)) for id_, node in lowered.nodes.items()}
    shapes = {id_: node.shape for id_, node in lowered.nodes.items()}
    return Reading(nodes, aside, {code: text for text, code in columns.codes.items()}, shapes)
