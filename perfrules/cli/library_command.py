"""`perfrules library`: which definitions there are, where, and how one is used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from perfrules.cli.columns import columns
from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, path_option, say, words
from perfrules.diagnostics.catalogue import Translator

if TYPE_CHECKING:
    from perfrules.compose.catalogue import Entry, Shelf, Tag


@frozen
class _Placed:
    """A definition, its library, and the line it begins on."""

    shelf: Shelf
    entry: Entry
    line: int


@click.group("library")
def command() -> None:
    """Find definitions in the libraries of this folder, of the folders named with --path, and of installed packages."""


_form_option = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")


@command.command("search")
@click.argument("terms", nargs=-1, metavar="WORDS...")
@click.option("--sector", help="Only definitions with this tag sector.")
@click.option("--tier", help="Only definitions with this tag tier.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", help="Only definitions with this tag; repeatable.")
@path_option
@_form_option
@language_option
def search(
    terms: tuple[str, ...],
    sector: str | None,
    tier: str | None,
    tags: tuple[str, ...],
    paths: tuple[Path, ...],
    form: str,
    lang: str,
) -> None:
    """List the definitions in whose name, title or tags all of WORDS stand. Exit status 1 if there is none."""
    from perfrules.compose.catalogue import Tag, Wanted, fitting

    named = [Tag(key, value) for key, value in (("sector", sector), ("tier", tier)) if value is not None]
    wanted = Wanted(words=terms, tags=(*named, *(_tag(text, lang) for text in tags)))
    found = [each for shelf in _shelves(paths) for each in _placed(shelf, fitting(shelf, wanted))]
    text = words(lang)
    if form == "json":
        say(json.dumps([_tree(each) for each in found], ensure_ascii=False, indent=2))
    elif found:
        heads = [text.text(f"library.{head}") for head in ("name", "title", "parameters", "tags", "place")]
        say(columns(heads, [_row(each) for each in found]))
        say(text.text("library.found", {"count": len(found)}))
    else:
        say(text.text("library.none"), err=True)
    if not found:
        raise click.exceptions.Exit(ExitCode.FINDINGS)


@command.command("list")
@path_option
@_form_option
@language_option
def list_libraries(paths: tuple[Path, ...], form: str, lang: str) -> None:
    """List the libraries: name, title, version, how many definitions, file."""
    found = list(_shelves(paths))
    if form == "json":
        say(json.dumps([_library_tree(shelf) for shelf in found], ensure_ascii=False, indent=2))
        return
    heads = [words(lang).text(f"library.{head}") for head in ("name", "title", "version", "definitions", "place")]
    rows = [[each.name, each.title, each.version or "", str(len(each.entries)), each.file] for each in found]
    say(columns(heads, rows))


@command.command("show")
@click.argument("name")
@path_option
@language_option
def show(name: str, paths: tuple[Path, ...], lang: str) -> None:
    """Show the definition NAME, with or without its library's name, and how it is used."""
    from perfrules.compose.catalogue import called

    text = words(lang)
    everywhere = list(_shelves(paths))
    found = called(everywhere, name)
    if len(found) > 1:
        candidates = tuple(entry.full_name for _, entry in found)
        say(text.text("library.of-several", {"name": name, "candidates": candidates}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    if not found:
        say(_unknown(name, everywhere, text), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    [(shelf, entry)] = found
    [placed] = _placed(shelf, [entry])
    place = text.text("library.where", {"file": shelf.file, "line": placed.line})
    say(f"{entry.full_name}  {entry.title}".rstrip())
    say(f"{place}\n\n  {shelf.text[entry.item.start : entry.item.end]}\n\n{text.text('library.to-use')}")
    for line in _usage(shelf, entry):
        say(f"  {line}")


def _shelves(paths: Sequence[Path]) -> Iterator[Shelf]:
    from perfrules.compose.catalogue import shelves
    from perfrules.files import folder_place, installed_places

    folders = dict.fromkeys((Path(), *paths))
    return shelves(chain((folder_place(folder) for folder in folders), installed_places()))


def _tag(text: str, lang: str) -> Tag:
    from perfrules.compose.catalogue import Tag

    key, equals, value = text.partition("=")
    if not equals:
        say(words(lang).text("library.bad-tag", {"text": text}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    return Tag(key.strip(), value.strip())


def _placed(shelf: Shelf, entries: Sequence[Entry]) -> Iterator[_Placed]:
    for entry in entries:
        yield _Placed(shelf, entry, shelf.text.count("\n", 0, entry.item.start) + 1)


def _row(placed: _Placed) -> list[str]:
    entry = placed.entry
    place = f"{placed.shelf.file}:{placed.line}"
    return [entry.full_name, entry.title, entry.parameters, _tags(entry.tags), place]


def _tags(tags: Iterable[Tag]) -> str:
    return ", ".join(f"{tag.key}: {tag.value}" if tag.key else tag.value for tag in tags)


def _tree(placed: _Placed) -> dict[str, Any]:
    shelf, entry = placed.shelf, placed.entry
    return {
        "library": shelf.name,
        "version": shelf.version,
        "name": entry.name,
        "title": entry.title,
        "parameters": entry.parameters,
        "tags": [{"key": tag.key, "value": tag.value} for tag in entry.tags],
        "file": shelf.file,
        "line": placed.line,
    }


def _library_tree(shelf: Shelf) -> dict[str, Any]:
    return {
        "library": shelf.name,
        "title": shelf.title,
        "version": shelf.version,
        "definitions": len(shelf.entries),
        "file": shelf.file,
    }


def _unknown(name: str, everywhere: Iterable[Shelf], text: Translator) -> str:
    from perfrules.diagnostics.did_you_mean import nearest

    known = [each for shelf in everywhere for entry in shelf.entries for each in (entry.name, entry.full_name)]
    near = nearest(name, known)
    key = "library.no-definition-like-it" if near else "library.no-definition"
    return text.text(key, {"name": name, "suggestions": near})


def _usage(shelf: Shelf, entry: Entry) -> Iterator[str]:
    from perfrules.syntax.ast.composition import Definition
    from perfrules.syntax.parse_part import parse_item

    version = f' version "{shelf.version}"' if shelf.version else ""
    yield f"use {shelf.name}{version}"
    item = parse_item(shelf.source, entry.item.start, entry.item.end).item
    if isinstance(item, Definition):
        call = f"{entry.name}({', '.join(parameter.name.text for parameter in item.parameters)})"
        yield f"indicator A1 10 points = {call}" if isinstance(item.body, tuple) else f"let value = {call}"
