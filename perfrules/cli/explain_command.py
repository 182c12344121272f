"""`perfrules explain`: how an entity's marks came about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, data_options, scored
from perfrules.cli.shared import (
    checked_ruleset,
    deliver,
    language_option,
    output_option,
    path_option,
    plugin_option,
    ruleset_argument,
    say,
    words,
)
from perfrules.diagnostics.did_you_mean import nearest

if TYPE_CHECKING:
    from perfrules.api import Result, Results, Ruleset


@click.command("explain")
@ruleset_argument
@data_options
@path_option
@plugin_option
@click.option("--entity", help="Which entity to explain (default: every one).")
@click.option("--indicator", help="Which indicator to explain (default: the whole entity).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@output_option
@language_option
def command(
    ruleset: Path,
    request: DataRequest,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    entity: str | None,
    indicator: str | None,
    form: str,
    out: Path | None,
    lang: str,
) -> None:
    """Tell how the marks came about: the rule in words, the numbers put in, each step, where marks were lost."""
    from perfrules.explain import text, to_dict

    rules: Ruleset = checked_ruleset(ruleset, lang, plugins, paths)
    found = scored(rules, request, lang, entity, plugins)
    results = found.results
    chosen = list(results) if entity is None else [_entity(results, entity, lang)]
    explanations = [result.explain(_indicator(result, indicator, lang)) for result in chosen]
    if form == "json":
        trees = [to_dict(each) for each in explanations]
        deliver(json.dumps(trees, ensure_ascii=False, indent=2, sort_keys=True) + "\n", out, lang)
    else:
        deliver("\n".join(text(each, lang) for each in explanations), out, lang)
    if not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)


def _entity(results: Results, entity: str, lang: str) -> Result:
    known = [result.entity for result in results]
    if entity not in known:
        say(words(lang).text("explain.no-entity", {"entity": entity, "known": tuple(known[:20])}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    found: Result = results[entity]
    return found


def _indicator(result: Result, code: str | None, lang: str) -> str | None:
    if code is None or not result.indicators:
        return None
    try:
        return result[code].code
    except KeyError:
        near = nearest(code, list(result.indicators))
        key = "explain.no-indicator" if near else "explain.no-indicator-like-it"
        say(words(lang).text(key, {"code": code, "suggestions": near}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE) from None
