"""`perfrules cache`: the folder in which compiled rulesets are kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, say, words


@click.group("cache")
def command() -> None:
    """Compiled rulesets are kept, and read back while nothing that they rest on has changed. PERFRULES_CACHE names
    another folder than the user's own, or is off. Clearing it is always safe.
    """


@command.command("info")
@language_option
def info(lang: str) -> None:
    """Tell the folder, how much is kept in it, and whether anything is in the way."""
    from perfrules.cache.folder import MOST_BYTES, MOST_FILES, kept_in, why_nothing_is_kept

    folder = _folder(lang)
    files = list(kept_in(folder))
    text = words(lang)
    say(text.text("cache.folder", {"folder": str(folder)}))
    say(text.text("cache.files", {"count": len(files), "most": MOST_FILES}))
    say(text.text("cache.size", {"size": _size(sum(each.size for each in files)), "most": _size(MOST_BYTES)}))
    reason = why_nothing_is_kept(folder)
    if reason is not None:
        key = f"cache.{reason}"
        shown = text.text(key) if text.has(key) else reason
        say(text.text("cache.unusable", {"reason": shown}), err=True)
        raise click.exceptions.Exit(ExitCode.FINDINGS)


@command.command("clear")
@language_option
def clear(lang: str) -> None:
    """Remove everything that is kept."""
    from perfrules.cache.folder import kept_in

    folder = _folder(lang)
    removed = 0
    for each in kept_in(folder):
        with suppress(OSError):
            each.path.unlink()
            removed += 1
    say(words(lang).text("cache.cleared", {"count": removed}))


@command.command("path")
@language_option
def path(lang: str) -> None:
    """Write the folder's path."""
    say(str(_folder(lang)))


def _folder(lang: str) -> Path:
    """Return the folder, or say that there is none and stop with exit status 1."""
    from perfrules.cache.folder import cache_folder

    folder = cache_folder()
    if folder is None:
        say(words(lang).text("cache.off"), err=True)
        raise click.exceptions.Exit(ExitCode.FINDINGS)
    return folder


def _size(count: int) -> str:
    if count < 2**20:
        return f"{-(-count // 2**10)} KiB"
    tenths = count * 10 // 2**20
    return f"{tenths // 10}.{tenths % 10} MiB"
