"""`perfrules document`: a ruleset as the rubric that a bureau publishes."""

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
    write_file,
)
from perfrules.diagnostics.catalogue import translator

_SUFFIXES = (".html", ".htm", ".docx")


@click.command("document")
@ruleset_argument
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .html or .docx file.")
@path_option
@plugin_option
@language_option
def command(ruleset: Path, out: Path, paths: tuple[Path, ...], plugins: tuple[str, ...], lang: str) -> None:
    """Write RULESET as a rubric to publish: levels, marks and scoring standards, as a page or for Word."""
    own = translator(lang, "rubrics")
    if out.suffix.lower() not in _SUFFIXES:
        say(own.text("document.suffix", {"file": str(out)}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    rules = checked_ruleset(ruleset, lang, plugins, paths)
    try:
        from perfrules.rubrics import document_html, document_word

        write = document_word if out.suffix.lower() == ".docx" else document_html
        content = write(rules, lang)
    except ModuleNotFoundError as lacking:
        say(own.text("lacking.report", {"name": lacking.name or ""}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE) from None
    write_file(out, content, lang)
    say(own.text("document.written", {"file": str(out)}))
