"""Compare the evaluators on many random pairs: `python -m tests.differential.run --pairs 100000 --seed 0`."""

import argparse
import sys
from collections import Counter
from random import Random

from perfrules.evaluate.generated import TAKEN
from tests.differential.comparing import Difference, count_plan, difference
from tests.strategies.plans import Case, make_case

ENTITIES = 8


def compare_many(pairs: int, seed: int) -> tuple[Counter[str], str | None]:
    """Compare until *pairs* are done or two differ; return what was exercised, and how to make the difference again."""
    counts: Counter[str] = Counter()
    before = Counter(TAKEN)
    number = 0
    while counts["pairs"] < pairs:
        case = make_case(Random(f"{seed}/{number}"), entities=ENTITIES)
        for entity, facts in enumerate(case.facts):
            count_plan(case.plan, facts, counts)
            found = _checked(case, entity, counts)
            if found is not None:
                return counts, f"make_case(Random('{seed}/{number}'), entities={ENTITIES}), facts {entity}: {found}"
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


def main() -> int:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--mutants", action="store_true", help="also plant each mistake and say when it is found")
    options = parser.parse_args()
    counts, reproduce = compare_many(options.pairs, options.seed)
    for name in sorted(counts):
        print(f"{counts[name]:>10}  {name}")
    print(reproduce or "no difference")
    if options.mutants:
        _print_mutants(options.seed)
    return 1 if reproduce else 0


def _print_mutants(seed: int) -> None:
    from tests.differential.mutants import MUTANTS, pairs_to_kill  # mutants use this module

    for mutant in MUTANTS:
        pairs = pairs_to_kill(mutant, 8_000, seed)
        print(f"{'NOT FOUND' if pairs is None else pairs:>10}  {mutant.name}")


if __name__ == "__main__":
    sys.exit(main())
