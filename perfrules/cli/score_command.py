"""`perfrules score`: every entity of a data file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, Scored, data_options, scored
from perfrules.cli.score_together import scored_together
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
    from perfrules.ir.plan import Plan

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
@click.option(
    "--together",
    "others",
    nargs=2,
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="RULESET DATA",
    help="Score DATA with another RULESET that extends the same base, as one cohort for what that base says; may be "
    "repeated.",
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
    others: tuple[tuple[Path, Path], ...],
    final: bool,
    out: Path | None,
    lang: str,
) -> None:
    """Score the entities of DATA (CSV, JSON, JSON lines, Excel, Parquet) with RULESET.

    Entities whose data have problems are refused and reported; the others are scored. Exit status 3 if any was refused.
    With --together, the table and the CSV have what all rulesets have in common.
    """
    rulesets = [checked_ruleset(each, lang, plugins, paths) for each in (ruleset, *(other for other, _ in others))]
    form = form or _FORMS.get(out.suffix.lower() if out else "", "table")
    if others:
        files = (request.path, *(data for _, data in others))
        found = scored_together(list(zip(rulesets, files, strict=True)), request, lang, plugins)
    else:
        found = scored(rulesets[0], request, lang, plugins=plugins)
    deliver(_rendered(rulesets, found, form, lang, to_file=out is not None), out, lang)
    everyone = len(found.results)
    if out is not None:
        say(words(lang).text("score.written", {"file": str(out), "all": everyone - found.refused}), err=True)
    if found.refused:
        say(words(lang).text("score.refused-entities", {"count": found.refused, "all": everyone}), err=True)
    if not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)
    if final and any(result.status is Status.PROVISIONAL for result in found.results):
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _rendered(rulesets: Sequence[Ruleset], found: Scored, form: str, lang: str, *, to_file: bool) -> str | bytes:
    plans, results = [rules.plan for rules in rulesets], found.results
    if form == "json":
        return _json(plans, found)
    from perfrules.writers.in_common import in_common

    plan = in_common(plans) if len(plans) > 1 else plans[0]
    if form == "csv":
        from perfrules.writers.csv_table import csv_bytes

        table = csv_bytes(plan, results, together=len(plans) > 1)
        return table if to_file else table.decode("utf-8-sig")
    from perfrules.cli.score_table import score_table

    at_terminal = not to_file and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if at_terminal else None
    return score_table(plan, results, lang, colour=at_terminal, width=width)


def _json(plans: Sequence[Plan], found: Scored) -> str:
    from perfrules.writers.canonical import canonical_json, canonical_together

    used = found.results.results_used
    if len(plans) > 1:
        return canonical_together(plans, found.results, used, readers=found.readers)
    return canonical_json(plans[0], found.results, used, readers=found.readers)
