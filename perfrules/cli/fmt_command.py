"""`perfrules fmt`: one layout, and either keyword language, without touching the meaning."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.cli.check_command import rulesets_in
from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, say, show_problems, words, write_file
from perfrules.diagnostics import has_errors
from perfrules.text import read_source


@click.command("fmt")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit status 1 if a file would change.")
@click.option("--language", type=click.Choice(["en", "zh"]), help="Rewrite the keywords in this language.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Write the result to the terminal instead of the file.")
@language_option
def command(files: tuple[Path, ...], check: bool, language: str | None, to_stdout: bool, lang: str) -> None:
    """Lay out the FILES in place. A file with syntax errors is left as it is."""
    outcomes = [_format(file, language, lang, check=check, to_stdout=to_stdout) for file in rulesets_in(files)]
    if not all(outcomes):
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _format(file: Path, language: str | None, lang: str, *, check: bool, to_stdout: bool) -> bool:
    """Format one file; return whether all is well with it."""
    from perfrules.syntax.formatter import format_text

    source, problems = read_source(file.read_bytes(), str(file))
    formatted = format_text(source, language)  # type: ignore[arg-type]  # click allows en and zh only
    if problems or has_errors(formatted.diagnostics):
        show_problems(formatted.diagnostics, {source.name: source}, lang)
        return False
    if to_stdout:
        say(formatted.text)
        return True
    changed = formatted.text.encode("utf-8") != file.read_bytes()
    if changed and check:
        say(words(lang).text("fmt.would-change", {"file": str(file)}))
        return False
    if changed:
        write_file(file, formatted.text.encode("utf-8"), lang)
        say(words(lang).text("fmt.changed", {"file": str(file)}))
    return True
