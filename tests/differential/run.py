"""Compare the evaluators on many random pairs: `python -m tests.differential.run --pairs 100000 --seed 0`.

A pair is a ruleset and the data of one entity. Rulesets are whole source texts, with `--core` random core plans.
`--columns` compares many entities in columns with the evaluator of single ones, with `--core` in plans of wide numbers,
and `--tables` whole tables; with `--joined` every program becomes machine code, however few the rows.
`--mutants N` plants mistakes in the generator, one by one, and prints after how many of at most N pairs each is found.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from random import Random
from typing import TypeVar

from perfrules.batch.native.threshold import joined_from
from perfrules.evaluate.generated import TAKEN
from tests.differential.column_reading import ColumnDifference
from tests.differential.columns import compare_columns, compare_wide
from tests.differential.comparing import Difference, count_plan, difference
from tests.differential.scored_tables import compare_tables
from tests.differential.sources import SourceDifference, compare_sources
from tests.strategies.plans import Case, make_case

ENTITIES = 8
SHOWN = 5

Found = TypeVar("Found")


def compare_many(pairs: int, seed: int) -> tuple[Counter[str], str | None]:
    """Compare until *pairs* are done or two differ; return what was exercised, and how to make the difference again."""
    counts: Counter[str] = Counter()
    before = Counter(TAKEN)
    number = 0
    while counts["pairs"] < pairs:
        case = make_case(Random(f"{seed}/{number}"), entities=ENTITIES, compares=True)
        for entity, facts in enumerate(case.facts):
            count_plan(case.plan, facts, counts)
            found = _checked(case, entity, counts)
            if found is not None:
                made = f"make_case(Random('{seed}/{number}'), entities={ENTITIES}, compares=True)"
                return counts, f"{made}, facts {entity}: {found}"
        number += 1
    counts.update({f"way {way}": times for way, times in (Counter(TAKEN) - before).items()})
    return counts, None


def _checked(case: Case, entity: int, counts: Counter[str]) -> Difference | None:
    defects = counts["raised EvaluationDefect"]
    found = difference(case.plan, case.facts[entity], counts)
    counts["pairs"] += 1
    if found is None and not case.defective and counts["raised EvaluationDefect"] > defects:
        return Difference(-1, "no defect was put in", "a defect was met")
    return found


def compare_in_chunks(
    compare: Callable[[int, str], tuple[Counter[str], Found | None]], chunk: int, options: argparse.Namespace
) -> tuple[Counter[str], Sequence[object]]:
    """Compare chunk by chunk, in several processes; what is compared does not depend on their number."""
    starts = range(0, options.pairs, chunk)
    chunks = [(min(chunk, options.pairs - start), f"{options.seed}/{start}") for start in starts]
    compare = partial(_as_machine_code, compare) if options.joined else compare
    if options.processes < 2:
        return _joined([compare(*each) for each in chunks])
    with ProcessPoolExecutor(options.processes) as pool:
        return _joined(list(pool.map(partial(_told, compare), *zip(*chunks, strict=True))))


def _as_machine_code(
    compare: Callable[[int, str], tuple[Counter[str], Found | None]], pairs: int, seed: str
) -> tuple[Counter[str], Found | None]:
    with joined_from(0):
        return compare(pairs, seed)


def _told(
    compare: Callable[[int, str], tuple[Counter[str], Found | None]], pairs: int, seed: str
) -> tuple[Counter[str], str | None]:
    """Compare one chunk in a process of its own; a difference comes back as text, since rulesets are not sent."""
    counts, found = compare(pairs, seed)
    if found is None:
        return counts, None
    return counts, f"seed {seed}\n{found.shown() if isinstance(found, SourceDifference | ColumnDifference) else found}"


def _joined(found: Sequence[tuple[Counter[str], Found | None]]) -> tuple[Counter[str], list[Found]]:
    counts = sum((counted for counted, _ in found), Counter[str]())
    return counts, [different for _, different in found if different is not None]


def _in_chunks(options: argparse.Namespace) -> tuple[Counter[str], Sequence[object]]:
    if options.tables:
        return compare_in_chunks(compare_tables, 5_000, options)
    if not options.columns:
        return compare_in_chunks(compare_sources, 1_000, options)
    return compare_in_chunks(compare_wide if options.core else compare_columns, 20_000, options)


def main() -> int:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--core", action="store_true", help="compare random core plans in place of rulesets as text")
    parser.add_argument("--columns", action="store_true", help="compare columns with the evaluator of single entities")
    parser.add_argument("--tables", action="store_true", help="compare tables with the results of single entities")
    parser.add_argument("--joined", action="store_true", help="make machine code for however few rows")
    parser.add_argument("--mutants", type=int, metavar="PAIRS", help="plant each mistake and say when it is found")
    options = parser.parse_args()
    if options.mutants is not None:
        return _print_mutants(options)
    differences: Sequence[object]
    if options.core and not options.columns:
        counts, reproduce = compare_many(options.pairs, options.seed)
        differences = [reproduce] if reproduce else []
    else:
        counts, differences = _in_chunks(options)
    for name in sorted(counts):
        print(f"{counts[name]:>10}  {name}")
    for each in differences[:SHOWN]:
        print(each.shown() if isinstance(each, SourceDifference | ColumnDifference) else each)
    print(f"{len(differences)} differences" if differences else "no difference")
    return 1 if differences else 0


def _print_mutants(options: argparse.Namespace) -> int:
    from tests.differential import column_mutants, mutants  # mutants use this module

    kill = mutants.pairs_to_kill if options.core else mutants.source_pairs_to_kill
    planted: Sequence[mutants.Mutant] = mutants.MUTANTS
    if options.columns:
        kill, planted = column_mutants.pairs_to_kill, column_mutants.MUTANTS
    alive = 0
    for mutant in planted:
        found = kill(mutant, options.mutants, options.seed)
        alive += found is None
        print(f"{'not found' if found is None else found:>10}  {mutant.name}", flush=True)
    print(f"{len(planted) - alive} of {len(planted)} planted mistakes found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
