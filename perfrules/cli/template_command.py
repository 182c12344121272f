"""`perfrules template`: a blank data sheet."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.cli.shared import checked_ruleset, language_option, ruleset_argument, say, words


@click.command("template")
@ruleset_argument
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .xlsx or .csv file.")
@language_option
def command(ruleset: Path, out: Path, lang: str) -> None:
    """Write a blank data workbook (.xlsx) or CSV for RULESET, with titles, units and ranges to fill in."""
    from perfrules.writers.atomic import write_whole
    from perfrules.writers.template import template

    content = template(checked_ruleset(ruleset, lang).plan, out.suffix.lower(), lang)
    write_whole(out, content)
    say(words(lang).text("template.written", {"file": str(out)}))
