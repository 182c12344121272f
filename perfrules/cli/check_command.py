"""`perfrules check`: every problem of every file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, path_option, plugin_option, say, words
from perfrules.diagnostics import Argument, Code, Diagnostic, Severity
from perfrules.diagnostics.render import github, sarif, terminal
from perfrules.diagnostics.render import json as as_json
from perfrules.text import SourceText


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json", "sarif", "github"]), default="terminal")
@path_option
@plugin_option
@language_option
def command(files: tuple[Path, ...], form: str, paths: tuple[Path, ...], plugins: tuple[str, ...], lang: str) -> None:
    """Report every problem of the FILES, rulesets and libraries (folders are searched for .perfrules files). A template
    may have slots to fill. Exit status 1 if there are errors.
    """
    from perfrules.api import compile_file

    compiled = [compile_file(file, plugins=plugins, paths=paths) for file in rulesets_in(files)]
    told = (diagnostic for each in compiled for diagnostic in each.diagnostics)
    found = [diagnostic for diagnostic in dict.fromkeys(told) if diagnostic.code is not Code.SLOT_UNFILLED]
    sources = {name: text for each in compiled for name, text in each.sources.items()}
    say(_rendered(form, found, sources, lang))
    if form == "terminal":
        for each in compiled:
            if each.slots:
                args: dict[str, Argument] = {"file": each.source.name, "slots": each.slots, "count": len(each.slots)}
                say(words(lang).text("check.template", args))
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
