"""`perfrules schema`: JSON Schemas."""

from __future__ import annotations

import json
from pathlib import Path

import click

from perfrules.cli.shared import checked_ruleset, deliver, language_option, output_option, path_option, plugin_option


@click.command("schema")
@click.argument("ruleset", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@path_option
@plugin_option
@output_option
@language_option
def command(
    ruleset: Path | None, paths: tuple[Path, ...], plugins: tuple[str, ...], out: Path | None, lang: str
) -> None:
    """Write the JSON Schema (2020-12) of one entity's data for RULESET; without RULESET, of `score --format json`."""
    if ruleset is None:
        from perfrules.writers.canonical import result_schema

        content = result_schema()
    else:
        content = checked_ruleset(ruleset, lang, plugins, paths).input_schema()
    deliver(json.dumps(content, ensure_ascii=False, indent=2) + "\n", out, lang)
