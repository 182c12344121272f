"""Reading a data file for a command: options, problems shown at once, the entities scored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import say, show_problems, words

if TYPE_CHECKING:
    from perfrules.api import Results, Ruleset

Function = TypeVar("Function", bound=Callable[..., Any])


def data_options(function: Function) -> Function:
    """Add the argument DATA and the options `--as-of` and `--set`."""
    function = click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="Give an input this value for every entity; may be repeated.",
    )(function)
    function = click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=_day,
        help="Read dated parameters as of this day (default: the end of the ruleset's period).",
    )(function)
    return click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))(function)


def scored(rules: Ruleset, data: Path, as_of: date | None, settings: tuple[str, ...], lang: str) -> Results:
    """Read and score every entity; problems of the data go to the error stream, all at once."""
    from perfrules.readers.raw import ReadOptions
    from perfrules.readers.table import read_data

    given = dict(_setting(text, lang) for text in settings)
    read = read_data(data, rules.plan, ReadOptions(as_of=as_of, settings=given))
    results = rules.score_rows(read.rows)
    found = [*read.problems, *(problem for result in results for problem in result.problems)]
    show_problems(found, {rules.source.name: rules.source}, lang)
    return results


def _setting(text: str, lang: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        say(words(lang).text("set.bad", {"text": text}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return name.strip(), value.strip()


def _day(_context: object, _option: object, moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
