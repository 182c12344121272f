"""What scoring gives: the result of an entity, and those of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfrules.evaluate import result as evaluated
from perfrules.ir.plan import Plan
from perfrules.readers.rows import EntityRow
from perfrules.readers.supplied import UsedResults

if TYPE_CHECKING:
    from perfrules.explain.explanation import Explanation


class Result(evaluated.Result):
    """What a ruleset says about one entity, and why: see `perfrules.evaluate.result.Result` for its values."""

    def explain(self, code: str | None = None) -> Explanation:
        """Explain one indicator, or the whole entity; `perfrules.explain.text(explanation, "zh")` writes it out."""
        from perfrules.explain import explain

        return explain(self, code)

    def to_dict(self) -> dict[str, Any]:
        """The result as it stands in canonical JSON: numbers are strings, keys are names and codes."""
        from perfrules.writers.result_tree import result_tree

        return result_tree(self)


@frozen
class Results(Sequence[Result]):
    """The results of one run, in input order; `results["name"]` finds one by its entity.

    *results_used* names the results of other rulesets and periods that were read for them.
    """

    all: tuple[Result, ...]
    results_used: tuple[UsedResults, ...] = ()

    @cached_property
    def _by_entity(self) -> Mapping[str, Result]:
        return {result.entity: result for result in self.all}

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.all)

    def __getitem__(self, key: Any) -> Any:
        return self._by_entity[key] if isinstance(key, str) else self.all[key]


def result_of(plan: Plan, row: EntityRow, found: evaluated.Result | None) -> Result:
    """Return what was *found* of an entity (None: nothing was evaluated), with the problems of its data."""
    if found is None:
        return Result(entity=row.entity, plan=plan, problems=row.problems)
    problems = (*found.problems, *row.problems)
    return Result(entity=found.entity, plan=plan, facts=found.facts, trace=found.trace, problems=problems)
