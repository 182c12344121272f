"""Reading and scoring the data of several rulesets that extend one base, each file with its own ruleset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, Scored, read_options, sources_of, supplied
from perfrules.cli.shared import say, show_problems, words
from perfrules.diagnostics import has_errors
from perfrules.evaluate.result import Status

if TYPE_CHECKING:
    from perfrules.api import Ruleset


def scored_together(
    parts: Sequence[tuple[Ruleset, Path]], request: DataRequest, lang: str, plugins: tuple[str, ...] = ()
) -> Scored:
    """Score the entities of all files as one cohort; problems of the data go to the error stream, all at once.

    *request* says how every file is read. Rulesets that cannot be scored together stop the command.
    """
    from perfrules.api import RulesetError
    from perfrules.readers.table import read_data
    from perfrules.together import score_rows_together

    rulesets = [rules for rules, _ in parts]
    supplies = supplied(rulesets, request, lang)
    options = read_options(request, lang, plugins)
    read = [read_data(path, rules.plan, options) for rules, path in parts]
    try:
        results = score_rows_together(
            [(rules, each.rows) for rules, each in zip(rulesets, read, strict=True)], supplies
        )
    except RulesetError as refused:
        show_problems(refused.diagnostics, refused.sources, lang)
        raise click.exceptions.Exit(ExitCode.FINDINGS) from None
    entities = [row.entity for each in read for row in each.rows]
    strays = dict.fromkeys(problem for each in supplies for problem in each.strays(entities))
    of_files = [problem for each in read for problem in each.problems]
    of_entities = [problem for result in results for problem in result.problems]
    show_problems([*of_files, *strays, *of_entities], sources_of(rulesets), lang)
    for (_, path), each in zip(parts, read, strict=True):
        if not each.rows and not has_errors(each.problems):
            say(words(lang).text("data.nobody", {"file": str(path)}), err=True)
    refusals = sum(result.status is Status.REFUSED for result in results)
    readers = tuple(dict.fromkeys(plugin for each in read for plugin in each.plugins))
    return Scored(results, refusals, not refusals and not has_errors((*of_files, *strays)), readers)
