"""`perfrules graph`: how values depend on one another."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.cli.shared import (
    checked_ruleset,
    deliver,
    language_option,
    output_option,
    path_option,
    plugin_option,
    ruleset_argument,
)


@click.command("graph")
@ruleset_argument
@click.option("--format", "form", type=click.Choice(["text", "dot", "mermaid"]), default="text")
@path_option
@plugin_option
@output_option
@language_option
def command(
    ruleset: Path, form: str, paths: tuple[Path, ...], plugins: tuple[str, ...], out: Path | None, lang: str
) -> None:
    """Draw the dependencies of RULESET: as text, for Graphviz (dot) or as Mermaid."""
    from perfrules.writers.graph import draw

    deliver(draw(checked_ruleset(ruleset, lang, plugins, paths).plan, form), out, lang)
