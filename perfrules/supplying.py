"""Results that a program or a command line hands over, for rulesets that read them: files, or results just scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.readers.results_file import KnownResults, parse_results, read_results
from perfrules.readers.supplied import EARLIER, Supplied, Supply, UsedResults
from perfrules.writers.canonical import canonical_json, canonical_together

NONE: Final = "none"
"""Said in place of earlier results where there are none."""


class ScoredResults(Protocol):
    """The results of one run."""

    @property
    def all(self) -> tuple[Result, ...]:
        """The results, in the order of the data."""

    @property
    def results_used(self) -> tuple[UsedResults, ...]:
        """The results that were read for them."""


Given: TypeAlias = ScoredResults | str | Path


def supply(plan: Plan, results: Mapping[str, Given] | None, previous: Given | None) -> Supply:
    """Make ready what is given for *plan*; ValueError where it reads no results of a given name."""
    given = results or {}
    if given and unread(plan, given):
        raise ValueError(f"ruleset {plan.name} reads no results called {', '.join(unread(plan, given))}")
    rulesets = {each.external.alias: each.external.ruleset for each in plan.inputs if each.external is not None}
    found = {alias: _known(each, rulesets[alias]) for alias, each in given.items()}
    if previous is not None and previous != NONE and EARLIER in rulesets:
        found[EARLIER] = _known(previous, rulesets[EARLIER])
    return Supply(plan, Supplied(results=found, no_earlier=previous == NONE))


def supply_each(
    plans: Sequence[Plan], results: Mapping[str, Given] | None, previous: Given | None
) -> tuple[Supply, ...]:
    """Make ready what is given for rulesets that are scored together: to each what it reads."""
    given = results or {}
    lost = set(given).intersection(*(unread(plan, given) for plan in plans))
    if lost:
        raise ValueError(f"no ruleset reads results called {', '.join(sorted(lost))}")
    of_each = [{alias: each for alias, each in given.items() if alias in _aliases(plan)} for plan in plans]
    return tuple(supply(plan, own, previous) for plan, own in zip(plans, of_each, strict=True))


def unread(plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of *names* under which *plan* reads no results."""
    return tuple(sorted(set(names) - (_aliases(plan) - {EARLIER})))


def _aliases(plan: Plan) -> set[str]:
    return {each.external.alias for each in plan.inputs if each.external is not None}


def _known(given: Given, ruleset: str) -> KnownResults | Diagnostic:
    """Read results; of rulesets that were scored together, those of *ruleset*."""
    if isinstance(given, str | Path):
        return read_results(Path(given), ruleset)
    if not given.all:
        return KnownResults(ruleset="", version=None, digest="", by_entity={})
    plans = list({result.plan.compiled_hash: result.plan for result in given.all}.values())
    if len(plans) > 1:
        return parse_results(canonical_together(plans, given.all, given.results_used).encode(), ruleset)
    return parse_results(canonical_json(plans[0], given.all, given.results_used).encode())
