"""`perfrules check`: every problem of every file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, plugin_option, say, words
from perfrules.diagnostics import Diagnostic, Severity
from perfrules.diagnostics.render import github, sarif, terminal
from perfrules.diagnostics.render import json as as_json
from perfrules.text import SourceText


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json", "sarif", "github"]), default="terminal")
@plugin_option
@language_option
def command(files: tuple[Path, ...], form: str, plugins: tuple[str, ...], lang: str) -> None:
    """Report every problem of the FILES (folders are searched for .perfrules files). Exit status 1 if there are
    errors.
    """
    from perfrules.api import compile_file

    compiled = [compile_file(file, plugins=plugins) for file in rulesets_in(files)]
    found = [diagnostic for each in compiled for diagnostic in each.diagnostics]
    sources = {each.source.name: each.source for each in compiled}
    say(_rendered(form, found, sources, lang))
    if form == "terminal":
        say(_summary(found, len(compiled), lang))
    if any(each.severity is Severity.ERROR for each in found):
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def rulesets_in(places: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files as given, and of folders every .perfrules file below, in the order of their names."""
    for place in places:
        if place.is_dir():
            yield from sorted(place.rglob("*.perfrules"))
        else:
            yield place


def _rendered(form: str, found: list[Diagnostic], sources: dict[str, SourceText], lang: str) -> str:
    match form:
        case "json":
            return json.dumps(as_json.render(found, sources, lang), ensure_ascii=False, indent=2)
        case "sarif":
            return json.dumps(sarif.render(found, sources, lang), ensure_ascii=False, indent=2)
        case "github":
            return github.render(found, sources, lang)
        case _:
            return terminal.render(found, sources, lang, colour=sys.stdout.isatty())


def _summary(found: list[Diagnostic], files: int, lang: str) -> str:
    errors = sum(each.severity is Severity.ERROR for each in found)
    warnings = sum(each.severity is Severity.WARNING for each in found)
    return words(lang).text("check.summary", {"files": files, "errors": errors, "warnings": warnings})
