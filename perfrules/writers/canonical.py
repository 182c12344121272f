"""Canonical JSON of results: keys sorted, no blanks, every number a text; the same results are the same bytes.

Without numbers and with keys of the basic plane, this is also what RFC 8785 prescribes. The published schema is
`schema/result.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan, PluginIdentity
from perfrules.readers.supplied import UsedResults
from perfrules.writers.result_tree import results_tree, together_tree


def canonical_json(
    plan: Plan, results: Iterable[Result], used: Sequence[UsedResults] = (), *, readers: Iterable[PluginIdentity] = ()
) -> str:
    """Write *results* in their order, with the results that were *used* for them; ends in a line feed.

    *readers* are the plug-ins that read the data.
    """
    return canonical_text(results_tree(plan, results, used, readers=readers))


def canonical_together(
    plans: Sequence[Plan],
    results: Iterable[Result],
    used: Sequence[UsedResults] = (),
    *,
    readers: Iterable[PluginIdentity] = (),
) -> str:
    """Write the results of rulesets that were scored together, those of each ruleset by themselves."""
    return canonical_text(together_tree(plans, results, used, readers=readers))


def canonical_text(tree: Mapping[str, Any]) -> str:
    """Write a tree of mappings, lists, texts, booleans and None.

    >>> canonical_text({"b": "甲", "a": ["1", None, True]})
    '{"a":["1",null,true],"b":"甲"}\\n'
    """
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False) + "\n"


def result_schema() -> dict[str, Any]:
    """Return the published JSON Schema of `canonical_json`."""
    path = resources.files("perfrules.writers") / "schema" / "result.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema
