"""`perfrules template`: a blank data sheet."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import (
    checked_ruleset,
    language_option,
    path_option,
    plugin_option,
    ruleset_argument,
    say,
    show_problems,
    words,
    write_file,
)
from perfrules.diagnostics import Diagnostic
from perfrules.ir.plan import Plan
from perfrules.writers.template import TemplateOptions, template_csv


@click.command("template")
@ruleset_argument
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .xlsx or .csv file.")
@click.option("--overrides", is_flag=True, help="Add columns for overrides of computed marks.")
@path_option
@plugin_option
@language_option
def command(
    ruleset: Path, out: Path, overrides: bool, paths: tuple[Path, ...], plugins: tuple[str, ...], lang: str
) -> None:
    """Write a blank data workbook (.xlsx) or CSV for RULESET, with titles, units and ranges to fill in."""
    suffix = out.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        say(words(lang).text("template.suffix", {"file": str(out)}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    options = TemplateOptions(language=lang, overrides=overrides)
    plan = checked_ruleset(ruleset, lang, plugins, paths).plan
    files = _workbook(out, plan, options, lang) if suffix == ".xlsx" else _csv_files(out, plan, options)
    for file, content in files.items():
        write_file(file, content, lang)
        say(words(lang).text("template.written", {"file": str(file)}))


def _workbook(out: Path, plan: Plan, options: TemplateOptions, lang: str) -> dict[Path, bytes]:
    from perfrules.writers.template_workbook import template_workbook

    content = template_workbook(plan, options)
    if isinstance(content, Diagnostic):
        show_problems([content], {}, lang)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return {out: content}


def _csv_files(out: Path, plan: Plan, options: TemplateOptions) -> dict[Path, bytes]:
    """The data sheet takes the name asked for; each table of records stands beside it under its own name."""
    sheets = template_csv(plan, options)
    return {out if name == "data.csv" else out.with_name(name): content for name, content in sheets.items()}
