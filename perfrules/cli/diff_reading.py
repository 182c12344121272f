"""Scoring with two rulesets for `perfrules diff`: a column is unknown only if neither of the two knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from perfrules.cli.reading import DataRequest, read_options, sources_of, supplied
from perfrules.cli.shared import show_problems
from perfrules.diagnostics import Code, Diagnostic, has_errors

if TYPE_CHECKING:
    from pathlib import Path

    from perfrules.api import Results, Ruleset
    from perfrules.readers.raw import ReadOptions
    from perfrules.readers.rows import DataRead


def scored_apart(
    rulesets: Sequence[Ruleset], requests: Sequence[DataRequest], lang: str, plugins: tuple[str, ...]
) -> tuple[Results, Results, bool]:
    """Read and score the data of each; problems of the data go to the error stream, each once.

    Last comes whether a file was refused as a whole.
    """
    supplies = supplied(rulesets, requests[0], lang)
    results: list[Results] = []
    problems: list[Diagnostic] = []
    refused = False
    for rules, request, supply in zip(rulesets, requests, supplies, strict=True):
        read = _read(rules, rulesets, request, read_options(request, lang, plugins))
        scored = rules.score_rows(read.rows, supply)
        problems += [*read.problems, *(problem for result in scored for problem in result.problems)]
        results.append(scored)
        refused = refused or has_errors(read.problems)
    show_problems(dict.fromkeys(problems), sources_of(rulesets), lang)
    before, after = results
    return before, after, refused


def _read(rules: Ruleset, rulesets: Sequence[Ruleset], request: DataRequest, options: ReadOptions) -> DataRead:
    from perfrules.readers.table import read_data

    if not request.ignore_unknown:
        unknown = [_unknown(each, request.path, options) for each in rulesets]
        both = set.intersection(*unknown)
        ours = unknown[[each is rules for each in rulesets].index(True)]
        ignored: frozenset[str] = options.ignore | (ours - both)
        options = evolve(options, ignore=ignored)  # type: ignore[arg-type]  # attrs does not see through `frozenset`
    return read_data(request.path, rules.plan, options)


def _unknown(rules: Ruleset, path: Path, options: ReadOptions) -> set[str]:
    """Return the columns that a ruleset does not know."""
    from perfrules.readers.table import read_data

    found: list[Diagnostic] = list(read_data(path, rules.plan, options).problems)
    return {str(each.args["column"]) for each in found if each.code is Code.DATA_UNKNOWN_COLUMN}
