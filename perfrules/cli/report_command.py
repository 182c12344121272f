"""`perfrules report`: results as pages that people read, of one entity or of all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import click
from attrs import frozen

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
from perfrules.diagnostics.catalogue import translator

if TYPE_CHECKING:
    from perfrules.api import Results, Ruleset

_SUFFIXES: Final = (".html", ".pdf")
Made: TypeAlias = Callable[[str], bytes]


@frozen
class Written:
    """Where files of entities go, of which form, and how they are made."""

    folder: Path
    form: str
    made: Made
    day: date | None
    lang: str


@click.command("report")
@ruleset_argument
@data_options
@path_option
@plugin_option
@click.option("--entity", help="Report of this entity alone, with every rule (default: of all, with ranks).")
@click.option(
    "--each",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a report of each entity, and of all as index, into this folder.",
)
@click.option(
    "--format", "form", type=click.Choice(["html", "pdf"]), help="Default: as the name of --out ends, else html."
)
@output_option
@language_option
def command(
    ruleset: Path,
    request: DataRequest,
    paths: tuple[Path, ...],
    plugins: tuple[str, ...],
    entity: str | None,
    each: Path | None,
    form: str | None,
    out: Path | None,
    lang: str,
) -> None:
    """Write the results as pages that people read and print: HTML in one file, or PDF.

    Of one entity: where marks were lost, each rule in words with its numbers, what the next marks would take. Of all:
    ranks, distribution, what each indicator cost, and a section for each. Refused entities are told with their
    problems; exit status 3 if there are any.
    """
    form = form or (out.suffix.lower().removeprefix(".") if out else "html")
    _check_choice(entity, each, out, form, lang)
    made = _maker(form, lang)
    rules: Ruleset = checked_ruleset(ruleset, lang, plugins, paths)
    found = scored(rules, request, lang, entity, plugins)
    if not found.results and not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)
    if each is not None:
        _write_each(rules, found.results, Written(each, form, made, request.as_of, lang))
    else:
        page = _page(rules, found.results, entity, request.as_of, lang)
        deliver(made(page), out, lang)
    if not found.is_whole:
        raise click.exceptions.Exit(ExitCode.REFUSED)


def _check_choice(entity: str | None, each: Path | None, out: Path | None, form: str, lang: str) -> None:
    """Stop with exit status 2 where options do not go together."""
    if out is None and each is None:
        _stop("command.where", lang)
    if out is not None and each is not None:
        _stop("command.one-of", lang)
    if entity is not None and each is not None:
        _stop("command.each-entity", lang)
    if each is not None and each.exists() and not each.is_dir():
        _stop("command.not-folder", lang, file=str(each))
    if f".{form}" not in _SUFFIXES:
        _stop("command.suffix", lang, file=str(out))


def _stop(key: str, lang: str, **args: str) -> None:
    say(translator(lang, "report").text(key, args), err=True)
    raise click.exceptions.Exit(ExitCode.USAGE)


def _maker(form: str, lang: str) -> Made:
    """Return what makes a file of a page; where a package lacks, say which and stop with exit status 2."""
    needed = ("jinja2", "weasyprint") if form == "pdf" else ("jinja2",)
    lacking = [name for name in needed if find_spec(name) is None]
    if lacking:
        _stop("command.needs", lang, lacking=", ".join(lacking))
    from perfrules.report import pdf

    return pdf if form == "pdf" else lambda page: page.encode("utf-8")


def _page(rules: Ruleset, results: Results, entity: str | None, day: date | None, lang: str) -> str:
    from perfrules.report import cohort_report, entity_report

    used = results.results_used
    if entity is None:
        return cohort_report(rules.plan, results, lang, used=used, day=day)
    known = [result.entity for result in results]
    if entity not in known:
        say(words(lang).text("explain.no-entity", {"entity": entity, "known": tuple(known[:20])}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return entity_report(results[entity], lang, used=used, day=day)


def _write_each(rules: Ruleset, results: Results, to: Written) -> None:
    """Write a file for each entity and, last, the page of all, which links to them."""
    from perfrules.cli.shared import refusals_told
    from perfrules.report import address_of, cohort_report, entity_report, file_names

    with refusals_told(to.folder, to.lang):
        to.folder.mkdir(parents=True, exist_ok=True)
    used, names = results.results_used, file_names([result.entity for result in results], to.form)
    for result, name in zip(results, names, strict=True):
        page = entity_report(result, to.lang, used=used, day=to.day)
        deliver(to.made(page), to.folder / name, to.lang)
    index, links = to.folder / f"index.{to.form}", [address_of(name) for name in names]
    page = cohort_report(rules.plan, results, to.lang, used=used, links=links, day=to.day)
    deliver(to.made(page), index, to.lang)
    told = {"file": str(index), "count": str(len(results))}
    say(translator(to.lang, "report").text("command.written", told), err=True)
