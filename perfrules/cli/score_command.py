"""`perfrules score`: every entity of a data file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, Scored, data_options, scored
from perfrules.cli.shared import (
    checked_ruleset,
    deliver,
    language_option,
    output_option,
    path_option,
    plugin_option,
    ruleset_argument,
    say,
    words,
)
from perfrules.evaluate.result import Status

if TYPE_CHECKING:
    from perfrules.api import Ruleset

_FORMS: Final = {".csv": "csv", ".json": "json"}


@click.command("score")
@ruleset_argument
@data_options
@path_option
@plugin_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    help="Default: as the name of --out ends (.csv, .json), else table.",
)
@click.option("--final", is_flag=True, help="Exit status 1 if a result is still provisional.")
@output_option
@language_option
def command(
    ruleset: Path,
    request: DataRequest,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    form: str | None,
    final: bool,
    out: Path | None,
    lang: str,
) -> None:
    """Score the entities of DATA (CSV, JSON, JSON lines, Excel, Parquet) with RULESET.

    Entities whose data have problems are refused and reported; the others are scored. Exit status 3 if any was refused.
    """
    rules: Ruleset = checked_ruleset(ruleset, lang, plugins, paths)
    form = form or _FORMS.get(out.suffix.lower() if out else "", "table")
    found = scored(rules, request, lang, plugins=plugins)
    deliver(_rendered(rules, found, form, lang, to_file=out is not None), out, lang)
    everyone = len(found.results)
    if out is not None:
        say(words(lang).text("score.written", {"file": str(out), "all": everyone - found.refused}), err=True)
    if found.refused:
        say(words(lang).text("score.refused-entities", {"count": found.refused, "all": everyone}), err=True)
    if not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)
    if final and any(result.status is Status.PROVISIONAL for result in found.results):
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _rendered(rules: Ruleset, found: Scored, form: str, lang: str, *, to_file: bool) -> str | bytes:
    results = found.results
    match form:
        case "json":
            from perfrules.writers.canonical import canonical_json

            return canonical_json(rules.plan, results, results.results_used, readers=found.readers)
        case "csv":
            from perfrules.writers.csv_table import csv_bytes

            table = csv_bytes(rules.plan, results)
            return table if to_file else table.decode("utf-8-sig")
        case _:
            from perfrules.cli.score_table import score_table

            at_terminal = not to_file and sys.stdout.isatty()
            width = shutil.get_terminal_size().columns if at_terminal else None
            return score_table(rules.plan, results, lang, colour=at_terminal, width=width)
