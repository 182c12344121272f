"""`perfrules new`: a ruleset that runs, with data to try it on."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, say, words, write_file

STARTERS = Path(__file__).parent / "starters"


@click.command("new")
@click.argument("name", type=click.Path(path_type=Path))
@language_option
def command(name: Path, lang: str) -> None:
    """Write NAME.perfrules and NAME-data.csv, a small rubric in the chosen language; never over existing files."""
    stem = name.with_suffix("") if name.suffix == ".perfrules" else name
    rules, data = stem.with_name(f"{stem.name}.perfrules"), stem.with_name(f"{stem.name}-data.csv")
    text = words(lang)
    for place in (rules, data):
        if place.exists():
            say(text.text("new.exists", {"file": str(place)}), err=True)
            raise click.exceptions.Exit(ExitCode.USAGE)
    write_file(rules, (STARTERS / f"{lang}.perfrules").read_bytes(), lang)
    write_file(data, (STARTERS / f"{lang}.csv").read_bytes(), lang)
    say(text.text("new.written", {"rules": str(rules), "data": str(data)}))
