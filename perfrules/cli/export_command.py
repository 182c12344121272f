"""`perfrules export`: a ruleset, with results or without, in a form that other programs work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, Scored, optional_data_options, scored
from perfrules.cli.shared import (
    checked_ruleset,
    language_option,
    path_option,
    plugin_option,
    ruleset_argument,
    say,
    write_file,
)
from perfrules.diagnostics.catalogue import Translator, translator

if TYPE_CHECKING:
    from perfrules.api import Result, Ruleset

_DOMAIN = "workbook"


@click.group("export")
def command() -> None:
    """Write a ruleset in a form that other programs work with."""


@command.command("excel")
@ruleset_argument
@optional_data_options
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .xlsx file.")
@click.option("--one", metavar="ENTITY", help="Only this entity, its values below one another.")
@path_option
@plugin_option
@language_option
def excel(
    ruleset: Path,
    request: DataRequest | None,
    out: Path,
    one: str | None,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    lang: str,
) -> None:
    """Write an Excel workbook whose formulas recompute every score of DATA; without DATA, with rows to fill in.

    It has the rubric, the data, the calculation, the results, and a check of every value against the engine's.
    """
    text = translator(lang, _DOMAIN)
    if out.suffix.lower() != ".xlsx" or (one is not None and request is None):
        say(text.text("cli.suffix" if request is not None or one is None else "cli.one-needs-data"), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    rules: Ruleset = checked_ruleset(ruleset, lang, plugins, paths)
    found = None if request is None else scored(rules, request, lang, one, plugins)
    results = () if found is None else _chosen(found, one, text)
    write_file(out, _workbook(rules, results, request, lang, one is not None), lang)
    say(text.text("cli.written", {"file": str(out)}))
    if found is not None and not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)


def _workbook(rules: Ruleset, results: tuple[Result, ...], request: DataRequest | None, lang: str, one: bool) -> bytes:
    from perfrules.workbook import export_workbook

    as_of = None if request is None else request.as_of
    try:
        return export_workbook(rules, results, language=lang, as_of=as_of, one=one)
    except ImportError as lacking:
        say(translator(lang, _DOMAIN).text("cli.lacking", {"problem": str(lacking)}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE) from None


def _chosen(found: Scored, one: str | None, text: Translator) -> tuple[Result, ...]:
    chosen = tuple(result for result in found.results if one in (None, result.entity))
    if one is not None and not chosen:
        say(text.text("cli.no-entity", {"entity": one}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return chosen
