"""`perfrules diff`: what changed between two rulesets, or two sets of data, and for whom."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import click
from attrs import evolve

from perfrules.cli.diff_reading import scored_apart
from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, optional_data_options
from perfrules.cli.shared import (
    checked_ruleset,
    deliver,
    language_option,
    output_option,
    path_option,
    plugin_option,
    say,
    words,
)

if TYPE_CHECKING:
    from perfrules.compare import Comparison

Form: TypeAlias = Literal["text", "json", "csv", "html"]

_FORMS: Final[dict[str, Form]] = {".html": "html", ".htm": "html", ".json": "json", ".csv": "csv"}
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("diff")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@optional_data_options
@click.option(
    "--data-new",
    type=_FILE,
    help="Score NEW with this file instead of DATA; the same ruleset twice tells what the data moved.",
)
@path_option
@plugin_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    help="Default: as the name of --out ends (.html, .json, .csv), else text.",
)
@output_option
@language_option
def command(
    old: Path,
    new: Path,
    request: DataRequest | None,
    data_new: Path | None,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    form: Form | None,
    out: Path | None,
    lang: str,
) -> None:
    """Tell what changed from ruleset OLD to ruleset NEW: in what they mean, never in their text.

    With DATA, also whose score and grade changes, by how much, and because of which rule. Columns that one of the two
    does not know are left aside. Exit status 0 if nothing changed, 1 if something did; 3 if the data as a whole were
    refused, or if nothing changed but entities were refused by both.
    """
    from perfrules.compare import compare_results, compare_rules

    form = form or _FORMS.get(out.suffix.lower() if out else "", "text")
    if request is None and (data_new is not None or form == "csv"):
        say(words(lang).text("diff.needs-data"), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    rulesets = tuple(checked_ruleset(each, lang, plugins, paths) for each in (old, new))
    before, after = rulesets
    refused = False
    if request is None:
        found = compare_rules(before, after)
    else:
        requests = request, request if data_new is None else evolve(request, path=data_new)
        first, second, refused = scored_apart(rulesets, requests, lang, plugins)
        found = compare_results(before, first, after, second)
    deliver(_rendered(found, form, lang, to_file=out is not None), out, lang)
    if out is not None:
        say(words(lang).text("diff.written", {"file": str(out)}), err=True)
    if refused:
        raise click.exceptions.Exit(ExitCode.REFUSED)
    if found.differs:
        raise click.exceptions.Exit(ExitCode.FINDINGS)
    if any(each.sort == "refused" for each in found.entities):
        raise click.exceptions.Exit(ExitCode.REFUSED)


def _rendered(found: Comparison, form: Form, lang: str, *, to_file: bool) -> str | bytes:
    from perfrules import compare

    match form:
        case "json":
            return compare.comparison_json(found)
        case "csv":
            table = compare.comparison_csv(found, lang)
            return table if to_file else table.decode("utf-8-sig")
        case "html":
            return compare.comparison_html(found, lang)
    at_terminal = not to_file and sys.stdout.isatty()
    return compare.text(found, lang, shutil.get_terminal_size().columns if at_terminal else compare.WIDTH)
