"""Give nonsense to everything that reads what people write: `python -m tests.fuzz.run --count 20000 --seed 0`.

A finding is an exception; a formatted text that formats or compiles otherwise than the text; a ruleset that was let
through and then meets an impossible case, or that the evaluators score differently.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

from perfrules import api
from perfrules.as_of import as_of_problem
from perfrules.diagnostics.render import terminal
from perfrules.evaluate.cohort.passes import compare
from perfrules.readers import ReadOptions, read_data, read_mapping
from perfrules.syntax.formatter import format_text
from perfrules.text import SourceText, read_source
from perfrules.writers.canonical import canonical_json
from tests.differential.comparing import difference
from tests.fuzz.data import random_file, random_mapping
from tests.fuzz.texts import mutated_ruleset, random_bytes, random_tokens
from tests.strategies.rulesets import AS_OF, WrittenRuleset, valid_ruleset

CHUNK = 250
FILES = {"limits.csv": "a,value\n甲,60%\n".encode(), "days.csv": b"date,kind\n2024-01-01,holiday\n"}


def fuzz_many(count: int, seed: str) -> tuple[Counter[str], list[str]]:
    """Try *count* texts or data; return what was exercised, and the findings with their seeds."""
    counts: Counter[str] = Counter()
    findings: list[str] = []
    written, ruleset, _ = valid_ruleset(Random(seed))
    for number in range(count):
        random = Random(f"{seed}/{number}")
        try:
            found = _try_one(random, written, ruleset, counts)
        except Exception:
            found = traceback.format_exc(limit=-6)
        if found:
            findings.append(f"seed {seed}, number {number}\n{found}")
        counts["tried"] += 1
    return counts, findings


def _try_one(random: Random, written: WrittenRuleset, ruleset: api.Ruleset, counts: Counter[str]) -> str | None:
    match random.randrange(8):
        case 0:
            counts["bytes"] += 1
            return try_text(read_source(random_bytes(random), "fuzz")[0].text, random, counts)
        case 1 | 2:
            counts["tokens"] += 1
            return try_text(random_tokens(random), random, counts)
        case 3 | 4 | 5:
            counts["mutated rulesets"] += 1
            text, whole = mutated_ruleset(random)
            return try_text(text, random, counts, whole)
        case 6:
            counts["mappings"] += 1
            return _try_mapping(random_mapping(random, ruleset.plan, written.row(random)), ruleset, random, counts)
        case _:
            counts["files"] += 1
            with tempfile.TemporaryDirectory() as folder:
                read = read_data(random_file(random, Path(folder), written.row(random)), ruleset.plan)
            counts["problems in data"] += bool(read.problems or any(row.problems for row in read.rows))
            counts["entities read"] += len(read.rows)
            canonical_json(ruleset.plan, ruleset.score_rows(read.rows))
            return None


def try_text(text: str, random: Random, counts: Counter[str], whole: WrittenRuleset | None = None) -> str | None:
    """Compile, format and render; return what is wrong, None if all is well."""
    files = FILES if whole is None else whole.files
    found = api.compile(text, name="fuzz", read_resource=files.get)
    counts.update(each.code.value for each in found.diagnostics)
    for language in ("en", "zh"):
        terminal.render(found.diagnostics, {"fuzz": found.source}, language)
    counts["texts without syntax errors"] += not (wrong := format_text(found.source).diagnostics)
    if not wrong:
        formatted = format_text(found.source, random.choice((None, "en", "zh"))).text
        again = format_text(SourceText("fuzz", formatted))
        if again.diagnostics or again.text != formatted:
            return f"formatting again gives another text\n{text}"
        if found.ruleset is not None:
            other = api.compile(formatted, name="fuzz", read_resource=files.get).ruleset
            if other is None or other.hash != found.ruleset.hash:
                return f"the formatted text has another meaning\n{text}"
    return None if found.ruleset is None else _try_facts(found.ruleset, whole, random, counts)


def _try_facts(ruleset: api.Ruleset, whole: WrittenRuleset | None, random: Random, counts: Counter[str]) -> str | None:
    counts["mutants without errors"] += 1
    for _ in range(4):
        row = {} if whole is None else whole.row(random)
        found = _try_mapping(row, ruleset, random, counts)
        if found is not None:
            return f"{found}\n{ruleset.source.text}\n{row}"
    return None


def _try_mapping(row: dict[str, object], ruleset: api.Ruleset, random: Random, counts: Counter[str]) -> str | None:
    as_of = random.choice(AS_OF)
    [result] = ruleset.score_all([{ruleset.plan.entity_name: "one", **row}], as_of=as_of)
    canonical_json(ruleset.plan, [result])
    terminal.render(result.problems, {}, "en")
    counts[f"result {result.status.value}"] += 1
    facts = read_mapping(ruleset.plan, row, ReadOptions(as_of=as_of)).facts
    if facts is None or as_of_problem(ruleset.plan, facts.as_of) is not None:
        return None
    [entity] = compare(ruleset.plan, [("one", facts)])
    if entity.facts is None:
        return None
    before = counts["raised EvaluationDefect"]
    different = difference(ruleset.plan, entity.facts, counts)
    if counts["raised EvaluationDefect"] > before:
        return "a case that the checker rules out"
    return None if different is None else f"the evaluators differ: {different}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    chunks = [
        (min(CHUNK, options.count - start), f"{options.seed}/{start}") for start in range(0, options.count, CHUNK)
    ]
    with ProcessPoolExecutor(options.processes) as pool:
        found = list(pool.map(fuzz_many, *zip(*chunks, strict=True)))
    counts = sum((counted for counted, _ in found), Counter[str]())
    for name in sorted(counts):
        print(f"{counts[name]:>10}  {name}")
    findings = [each for _, some in found for each in some]
    for each in findings:
        print("-" * 40, each, sep="\n")
    print(f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
