"""Reading a data file for a command: options, problems shown at once, the entities scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.record_words import opened_record, read_at_most
from perfrules.cli.shared import say, show_problems, words
from perfrules.diagnostics import has_errors
from perfrules.evaluate.result import Status

if TYPE_CHECKING:
    from perfrules.api import Results, Ruleset
    from perfrules.ir.plan import PluginIdentity
    from perfrules.readers.raw import ReadOptions
    from perfrules.readers.supplied import Supply
    from perfrules.text import SourceText


@frozen(kw_only=True)
class DataRequest:
    """The data file a command was given, and how it is to be read."""

    path: Path
    as_of: date | None
    settings: tuple[str, ...]
    ignore_unknown: bool
    results: tuple[str, ...] = ()
    previous: str | None = None


def data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the argument DATA and the options that say how it is read; they arrive as one `request`."""
    return _data_options(command, required=True)


def optional_data_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what `data_options` adds, but DATA may be left out; `request` is then None."""
    return _data_options(command, required=False)


def _data_options(command: Callable[..., None], *, required: bool) -> Callable[..., None]:
    @click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=required)
    @click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Read dated parameters as of this day (default: the end of the ruleset's period).",
    )
    @click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="Give an input this value for every entity; may be repeated.",
    )
    @click.option("--ignore-unknown", is_flag=True, help="Leave aside columns that the ruleset does not know.")
    @click.option(
        "--results",
        multiple=True,
        metavar="NAME=FILE",
        help="Results of another ruleset (JSON, as score writes it, or a record) that this one reads under NAME; may "
        "be repeated.",
    )
    @click.option(
        "--previous",
        metavar="FILE",
        help="Results of this ruleset for an earlier period (JSON, as score writes it, or a record); none where there "
        "are none.",
    )
    @wraps(command)
    def with_request(
        data: Path | None,
        as_of: datetime | None,
        settings: tuple[str, ...],
        ignore_unknown: bool,
        results: tuple[str, ...],
        previous: str | None,
        **others: object,
    ) -> None:
        if data is None:
            command(request=None, **others)
            return
        request = DataRequest(
            path=data,
            as_of=None if as_of is None else as_of.date(),
            settings=settings,
            ignore_unknown=ignore_unknown,
            results=results,
            previous=previous,
        )
        command(request=request, **others)

    return with_request


@frozen
class Scored:
    """The results, and whether the data as a whole or any entity was refused; the plug-ins that read the data."""

    results: Results
    refused: int
    is_whole: bool
    readers: tuple[PluginIdentity, ...] = ()


def scored(
    rules: Ruleset, request: DataRequest, lang: str, entity: str | None = None, plugins: tuple[str, ...] = ()
) -> Scored:
    """Read and score every entity; problems of the data go to the error stream, all at once.

    Where only one *entity* is asked for, what is wrong with the others is of no concern.
    Of readers, only *plugins* are loaded.
    """
    from perfrules.readers.table import read_data

    options = read_options(request, lang, plugins)
    [supply] = supplied([rules], request, lang)
    read = read_data(request.path, rules.plan, options)
    results = rules.score_rows(read.rows, supply)
    strays = () if entity else supply.strays([row.entity for row in read.rows])
    chosen = [result for result in results if entity in (None, result.entity)]
    found = [*read.problems, *strays, *(problem for result in chosen for problem in result.problems)]
    show_problems(found, rules.sources, lang)
    refused = sum(result.status is Status.REFUSED for result in chosen)
    if not results and not has_errors(read.problems):
        say(words(lang).text("data.nobody", {"file": str(request.path)}), err=True)
    is_whole = not refused and not has_errors((*read.problems, *strays))
    return Scored(results, refused, is_whole, read.plugins)


def supplied(rulesets: Sequence[Ruleset], request: DataRequest, lang: str) -> tuple[Supply, ...]:
    """Make the other results ready; what is wrong with them as a whole is told once and stops the command."""
    from perfrules.supplying import supply_each, unread

    plans = [rules.plan for rules in rulesets]
    given = dict(_named(text, "results.bad", lang) for text in request.results)
    names = sorted(set(given).intersection(*(unread(plan, given) for plan in plans)))
    if names:
        say(words(lang).text("results.unread", {"names": tuple(names)}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    results, previous = supplied_files(request, lang)
    _hold_to_their_seals([*results.values(), *([previous] if isinstance(previous, Path) else [])], lang)
    found = supply_each(plans, given, request.previous)
    problems = dict.fromkeys(problem for each in found for problem in each.problems)
    if problems:
        show_problems(problems, sources_of(rulesets), lang)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return found


def _hold_to_their_seals(files: Iterable[Path], lang: str) -> None:
    """Stop at a sealed record among *files* that is not what was sealed."""
    from perfrules.readers.sealed_results import is_archive

    for path in files:
        with suppress(OSError):
            if is_archive(read_at_most(path, 1024)):
                opened_record(path, lang)


def supplied_files(request: DataRequest, lang: str) -> tuple[dict[str, Path], Path | str | None]:
    """Return the files of other results by name, and that of earlier ones, or that there are none."""
    from perfrules.supplying import NONE

    results = {alias: Path(file) for alias, file in (_named(text, "results.bad", lang) for text in request.results)}
    previous = request.previous
    return results, previous if previous in (None, NONE) else Path(previous)


def sources_of(rulesets: Sequence[Ruleset]) -> dict[str, SourceText]:
    """Return all texts that problems may point into, by name."""
    return {name: source for rules in rulesets for name, source in rules.sources.items()}


def read_options(request: DataRequest, lang: str, plugins: Iterable[str]) -> ReadOptions:
    """Return how data are to be read."""
    from perfrules.readers.raw import ReadOptions

    return ReadOptions(
        as_of=request.as_of,
        settings=dict(_named(text, "set.bad", lang) for text in request.settings),
        ignore_unknown=request.ignore_unknown,
        plugins=frozenset(plugins),
    )


def _named(text: str, bad: str, lang: str) -> tuple[str, str]:
    """Cut `NAME=VALUE`; *bad* is the message where it has another form."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        say(words(lang).text(bad, {"text": text}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return name.strip(), value.strip()
