"""`perfrules score`: every entity of a data file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, Scored, data_options, scored
from perfrules.cli.record_words import record_words
from perfrules.cli.score_large import LARGE, ToFile, score_to_file
from perfrules.cli.score_record import Recording, record_options, scored_and_sealed, write_record
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

Form: TypeAlias = Literal["table", "json", "csv", "parquet"]

_FORMS: Final[Mapping[str, Form]] = {".csv": "csv", ".json": "json", ".parquet": "parquet"}


@click.command("score")
@ruleset_argument
@data_options
@path_option
@plugin_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "parquet"]),
    help="Default: as the name of --out ends (.csv, .json, .parquet), else table.",
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
@click.option(
    "--on-problem",
    type=click.Choice(["set-aside", "stop"]),
    default="set-aside",
    help="Refuse an entity whose data have problems and go on (the default), or write nothing.",
)
@click.option(
    "--aside",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the rows of refused entities to this CSV file too, with their problems in words; to a file only.",
)
@click.option("--threads", type=click.IntRange(min=1), help="So many threads (to a file only).")
@click.option(
    "--engine",
    type=click.Choice(["columns", "rows", "duckdb"]),
    help="Score by columns, or every row by itself; or read Parquet and CSV by DuckDB. All give the same (to a file "
    "only).",
)
@record_options
@click.option("--final", is_flag=True, help="Exit status 1 if a result is still provisional.")
@output_option
@language_option
def command(
    ruleset: Path,
    request: DataRequest,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    form: Form | None,
    others: tuple[tuple[Path, Path], ...],
    on_problem: str,
    aside: Path | None,
    threads: int | None,
    engine: Literal["columns", "rows", "duckdb"] | None,
    recording: Recording | None,
    final: bool,
    out: Path | None,
    lang: str,
) -> None:
    """Score the entities of DATA (CSV, JSON, JSON lines, Excel, Parquet) with RULESET.

    Entities whose data have problems are refused and reported; the others are scored. Exit status 3 if any was refused.
    With --together, the table and the CSV have what all rulesets have in common. Parquet, and CSV of large data, are
    written block by block, however many entities there are. With --record, the run is sealed in a file that anyone can
    verify and replay.
    """
    form = form or _FORMS.get(out.suffix.lower() if out else "", "table")
    stops, block_wise = on_problem == "stop", aside is not None or threads is not None or engine is not None
    _check_choice(form, out, block_wise=block_wise, together=bool(others), lang=lang)
    if recording is not None and (others or block_wise or form == "parquet"):
        say(record_words(lang).text("record.alone"), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    rulesets = [checked_ruleset(each, lang, plugins, paths) for each in (ruleset, *(other for other, _ in others))]
    if (
        out is not None
        and not (others or recording)
        and (form == "parquet" or (form == "csv" and (block_wise or _is_large(request))))
    ):
        asked = ToFile(
            out=out,
            form=form,
            aside=aside,
            stops=stops,
            threads=threads,
            engine=engine,
            plugins=plugins,
        )
        tally = score_to_file(rulesets[0], request, asked, lang)
        if final and tally.provisional:
            raise click.exceptions.Exit(ExitCode.FINDINGS)
        return
    record = None
    if recording is not None:
        found, record = scored_and_sealed(rulesets[0], ruleset, request, recording, lang, plugins)
    elif others:
        files = (request.path, *(data for _, data in others))
        found = scored_together(list(zip(rulesets, files, strict=True)), request, lang, plugins)
    else:
        found = scored(rulesets[0], request, lang, plugins=plugins)
    if stops and not found.is_whole:
        say(words(lang).text("score.nothing-written"), err=True)
        raise click.exceptions.Exit(ExitCode.REFUSED)
    deliver(_rendered(rulesets, found, form, lang, to_file=out is not None), out, lang)
    if record is not None and recording is not None:
        write_record(record, recording, lang)
    everyone = len(found.results)
    if out is not None:
        say(words(lang).text("score.written", {"file": str(out), "all": everyone - found.refused}), err=True)
    if found.refused:
        say(words(lang).text("score.refused-entities", {"count": found.refused, "all": everyone}), err=True)
    if not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)
    if final and any(result.status is Status.PROVISIONAL for result in found.results):
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _check_choice(form: str, out: Path | None, *, block_wise: bool, together: bool, lang: str) -> None:
    """Stop with exit status 2 where options do not go together, or pyarrow lacks."""
    text = words(lang)
    wants_blocks = form == "parquet" or block_wise
    if wants_blocks and (out is None or form not in ("csv", "parquet") or together):
        say(text.text("score.to-a-file"), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    if wants_blocks and find_spec("pyarrow") is None:
        say(text.text("score.needs-frames"), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)


def _is_large(request: DataRequest) -> bool:
    return request.path.stat().st_size >= LARGE and find_spec("pyarrow") is not None


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
