"""`perfrules score` from file to file: block by block, so that any number of entities fits into memory."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

import click
from attrs import evolve, frozen

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, read_options, supplied
from perfrules.cli.shared import refusals_told, say, show_problems, words
from perfrules.diagnostics import Diagnostic, has_errors
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import message

if TYPE_CHECKING:
    from perfrules.api import Ruleset
    from perfrules.readers.raw import ReadOptions
    from perfrules.tables.files.refused_rows import RefusedRows
    from perfrules.tables.files.score_file import Tally
    from perfrules.tables.files.seen import Seen
    from perfrules.tables.options import Progress, TableOptions
    from perfrules.tables.results.layout import Layout

LARGE: Final = 2_000_000
"""Bytes of a data file from which CSV is written block by block, too."""
_SHOWN: Final = 20
_TENTH: Final = 100_000_000


@frozen(kw_only=True)
class ToFile:
    """What was asked for: where results go and as what, and what becomes of rows with problems."""

    out: Path
    form: Literal["csv", "parquet"]
    aside: Path | None = None
    stops: bool = False
    threads: int | None = None
    engine: Literal["columns", "rows", "duckdb"] | None = None
    plugins: tuple[str, ...] = ()


def score_to_file(rules: Ruleset, request: DataRequest, asked: ToFile, lang: str) -> Tally:
    """Score the data into a file and tell what became of them; stops with exit status 3 where some were refused."""
    from perfrules.tables.error import TableError
    from perfrules.tables.files.broken import BrokenFile
    from perfrules.tables.files.seen import Seen

    started = monotonic_ns()
    seen = Seen(keeps_refused=asked.aside is not None, names=set() if request.results or request.previous else None)
    try:
        with refusals_told(asked.out, lang), _progress(request.path) as progress:
            problems, tally = _score(rules, request, asked, seen, lang, progress)
    except TableError as wrong:
        _give_up(wrong.diagnostics, rules, lang)
    except BrokenFile as broken:
        _give_up([broken.diagnostic], rules, lang)
    show_problems([*problems, *seen.samples], rules.sources, lang)
    _sum_up(asked, tally, seen, (monotonic_ns() - started) // _TENTH, lang)
    if tally.refused or has_errors(problems):
        raise click.exceptions.Exit(ExitCode.REFUSED)
    return tally


def _score(
    rules: Ruleset, request: DataRequest, asked: ToFile, seen: Seen, lang: str, progress: Progress | None
) -> tuple[Sequence[Diagnostic], Tally]:
    """Return the problems of the data as a whole, and what became of the entities."""
    from perfrules.tables.files.opened import open_data
    from perfrules.tables.files.score_file import begin, write_all

    reading = read_options(request, lang, asked.plugins)
    [supply] = supplied([rules], request, lang)
    opened = open_data(request.path, rules.plan, reading)
    options = _options(reading, asked, progress)
    if asked.engine == "duckdb" and opened.table is not None and request.path.suffix.lower() in (".parquet", ".csv"):
        from perfrules.engines.duckdb_files import opened_by_duckdb

        table, options = opened_by_duckdb(request.path, opened.table, rules.plan, options)
        opened = evolve(opened, table=table)
    begun = begin(rules.plan, lambda rows: rules.score_rows(rows, supply).all, opened, options, seen)
    with ExitStack() as stack:
        refused = _refused_rows(asked, stack, opened.columns, lang)
        sink = _sink(asked, stack, begun.layout)
        tally = write_all(begun, sink, seen, refused)
    strays = () if seen.names is None else supply.strays(sorted(seen.names))
    return (*begun.problems, *strays), tally


def _options(reading: ReadOptions, asked: ToFile, progress: Progress | None) -> TableOptions:
    from perfrules.tables.options import TableOptions

    return TableOptions(
        as_of=reading.as_of,
        settings=reading.settings,
        ignore_unknown=reading.ignore_unknown,
        threads=asked.threads,
        on_problem="stop" if asked.stops else "keep",
        engine=None if asked.engine == "duckdb" else asked.engine,
        progress=progress,
        named=asked.form == "csv",
    )


def _sink(asked: ToFile, stack: ExitStack, layout: Layout) -> Any:
    from perfrules.writers.atomic import opened_atomically

    file = stack.enter_context(opened_atomically(asked.out))
    if asked.form == "csv":
        from perfrules.tables.files.csv_results import CsvResults

        return stack.enter_context(closing(CsvResults(file, layout)))
    from perfrules.tables.files.parquet_results import ParquetResults

    return stack.enter_context(closing(ParquetResults(file, layout)))


def _refused_rows(asked: ToFile, stack: ExitStack, columns: Sequence[str], lang: str) -> RefusedRows | None:
    if asked.aside is None:
        return None
    from perfrules.tables.files.refused_rows import RefusedRows
    from perfrules.writers.atomic import opened_atomically

    text, catalogue = words(lang), translator(lang)
    stack.enter_context(refusals_told(asked.aside, lang))
    file = stack.enter_context(opened_atomically(asked.aside))
    headings = (text.text("aside.row"), text.text("aside.problems"))
    return RefusedRows(file, columns, headings, partial(message, words=catalogue))


@contextmanager
def _progress(path: Path) -> Iterator[Progress | None]:
    """Show how far a run is, where somebody sits at a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(path.name, total=None)
        yield lambda done, rows: bar.update(task, completed=done, total=rows)


def _give_up(problems: Iterable[Diagnostic], rules: Ruleset, lang: str) -> NoReturn:
    """Tell what stopped the run."""
    found = tuple(problems)
    show_problems(found[:_SHOWN], rules.sources, lang)
    if len(found) > _SHOWN:
        say(words(lang).text("score.more", {"count": len(found) - _SHOWN}), err=True)
    say(words(lang).text("score.nothing-written"), err=True)
    raise click.exceptions.Exit(ExitCode.REFUSED)


def _sum_up(asked: ToFile, tally: Tally, seen: Seen, tenths: int, lang: str) -> None:
    text, shown = words(lang), seen.shown
    for code, count in sorted(seen.counts.items()):
        if count > shown[code]:
            say(text.text("score.more-of", {"count": count - shown[code], "code": code.value}), err=True)
    if asked.aside is not None:
        say(text.text("score.aside", {"count": tally.refused, "file": str(asked.aside)}), err=True)
    told: dict[str, str | int] = {
        "file": str(asked.out),
        "all": tally.rows,
        "refused": tally.refused,
        "provisional": tally.provisional,
        "seconds": f"{tenths // 10}.{tenths % 10}",
        "again": seen.recomputed,
    }
    say(text.text("score.summary", told), err=True)
