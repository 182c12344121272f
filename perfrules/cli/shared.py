"""What several commands share: the language option, reading a ruleset, showing problems."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import evolve

from perfrules.cli.exit_codes import ExitCode
from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.catalogue import Translator, choose_language, translator
from perfrules.text import SourceText

Function = TypeVar("Function", bound=Callable[..., Any])


def language_option(function: Function) -> Function:
    """Add `--lang`; the command receives the chosen language: the option, else PERFRULES_LANG, else the locale."""
    option = click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        callback=lambda _context, _option, value: choose_language(value, os.environ),
        help="Language of messages (default: PERFRULES_LANG, else the locale).",
    )
    return option(function)


def ruleset_argument(function: Function) -> Function:
    """Add the argument RULESET: a file that exists."""
    return click.argument("ruleset", type=click.Path(exists=True, dir_okay=False, path_type=Path))(function)


def plugin_option(function: Function) -> Function:
    """Add `--plugin NAME`, repeatable; the command receives the names as `plugins`."""
    option = click.option(
        "--plugin",
        "plugins",
        multiple=True,
        metavar="NAME",
        help="Allow this installed plug-in to be loaded; may be repeated.",
    )
    return option(function)


def path_option(function: Function) -> Function:
    """Add `--path DIR`, repeatable; the command receives the folders as `paths`."""
    option = click.option(
        "--path",
        "paths",
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Look for libraries and base rulesets in this folder too; may be repeated.",
    )
    return option(function)


def output_option(function: Function) -> Function:
    """Add `--out FILE`: write there instead of to the terminal, whole or not at all."""
    option = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
    return option(function)


def words(language: str) -> Translator:
    """Return the command line's own sentences in this language."""
    return translator(language, domain="cli")


def say(text: str, *, err: bool = False) -> None:
    """Write a text, ending its last line; nothing where it is empty."""
    if text:
        click.echo(text, nl=not text.endswith("\n"), err=err)


def show_problems(found: Iterable[Diagnostic], sources: Mapping[str, SourceText], language: str) -> None:
    """Write problems to the error stream, coloured on a terminal.

    What refused data of some entities do to all others is told after its causes, once and not of each of the others.
    """
    from perfrules.diagnostics.render import terminal

    found = tuple(found)
    causes = [each for each in found if each.code is not Code.STATISTIC_REFUSED]
    consequences = [evolve(each, where=None) for each in found if each.code is Code.STATISTIC_REFUSED]
    texts = (terminal.render(each, sources, language, colour=sys.stderr.isatty()) for each in (causes, consequences))
    say("\n".join(text for text in texts if text), err=True)


def checked_ruleset(path: Path, language: str, plugins: Iterable[str] = (), paths: Iterable[Path] = ()) -> Any:
    """Return the compiled ruleset, or show its problems and stop with exit status 1."""
    from perfrules.api import compile_file, problems_of

    compiled = compile_file(path, plugins=plugins, paths=paths)
    if compiled.ruleset is None:
        show_problems(problems_of(compiled), compiled.sources, language)
        raise click.exceptions.Exit(ExitCode.FINDINGS)
    return compiled.ruleset


def write_file(path: Path, content: bytes, language: str) -> None:
    """Write *content* to *path* in one piece; where the system does not let us, say why and stop with exit status 2."""
    from perfrules.writers.atomic import write_atomically

    with refusals_told(path, language):
        write_atomically(path, content)


@contextmanager
def refusals_told(path: Path, language: str) -> Iterator[None]:
    """Where the system does not let us write to *path*, say why and stop with exit status 2."""
    try:
        yield
    except OSError as refused:
        text = words(language)
        key = f"write.{errno.errorcode.get(refused.errno or 0, '')}"
        reason = text.text(key) if text.has(key) else refused.strerror or str(refused)
        say(text.text("write.refused", {"file": str(path), "reason": reason}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE) from None


def deliver(content: str | bytes, out: Path | None, language: str) -> None:
    """Write *content* to *out* in one piece, or to the terminal."""
    if out is not None:
        write_file(out, content.encode("utf-8") if isinstance(content, str) else content, language)
    elif isinstance(content, str):
        say(content)
    else:
        sys.stdout.buffer.write(content)
