"""A random ruleset that is read back is the one that was compiled, in all that is in it, and scores the same."""

from __future__ import annotations

import os
from collections.abc import Mapping
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.cache import compiled as module
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.writers.canonical import canonical_json
from tests.strategies.rulesets import AS_OF, make_ruleset
from tests.support.kept import all_of


def compiled_twice(text: str, files: Mapping[str, bytes]) -> tuple[api.Compiled, api.Compiled]:
    """Compile a text, then read it back from a folder of its own."""
    with TemporaryDirectory() as folder, patch.dict(os.environ, PERFRULES_CACHE=f"{folder}/cache"):
        first = api.compile(text, read_resource=files.get)
        with patch.object(module, "compiled_text", side_effect=AssertionError("it was compiled again")):
            again = api.compile(text, read_resource=files.get)
            everything = all_of(again)
    assert everything == all_of(first)
    return first, again


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_a_ruleset_that_is_read_back_is_the_one_that_was_compiled(seed: int) -> None:
    random = Random(seed)
    written = make_ruleset(random)
    first, again = compiled_twice(written.text, written.files)
    if first.ruleset is None or again.ruleset is None:
        assert first.ruleset is again.ruleset is None
        return
    row, as_of = written.row(random), random.choice(AS_OF)
    row["entity"] = "e"
    results = [
        rules.score_all([row], as_of=as_of) if has_cohort_rules(rules.plan) else [rules.score(row, as_of=as_of)]
        for rules in (first.ruleset, again.ruleset)
    ]
    assert results[0][0].problems == results[1][0].problems
    texts = [
        canonical_json(each.plan, list(found))
        for each, found in zip((first.ruleset, again.ruleset), results, strict=True)
    ]
    assert texts[0] == texts[1]
