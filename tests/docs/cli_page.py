"""The page of the command line, made from what `--help` prints; `python -m tests.docs.refresh` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from perfrules.cli.main import cli
from tests.docs.running import output_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"

HEAD = """# The command line

This page is made from `perfrules COMMAND --help`.

Exit status: 0 fine, warnings and provisional results included; 1 findings (errors in a ruleset, a test that fails, with
`--final` a result that is still provisional, a record that was changed or does not replay); 2 a call that cannot be
understood, a file that cannot be written, or results (`--results`, `--previous`) that are lacking or cannot be used; 3
an entity or a file of data was refused (the others are still scored); 70 a mistake of perfrules itself
(`PERFRULES_DEBUG=1` shows where).

Messages are in English or Chinese: `--lang`, else the variable `PERFRULES_LANG`, else the locale.

A ruleset that was compiled is kept, and every command (and `perfrules.load`) reads it back until its text, a file that
it reads, a file that would now be found before one of those, or perfrules itself is another. Rulesets that use plug-ins
are compiled each time. The folder is the user's own, `$XDG_CACHE_HOME/perfrules/rulesets` or where the system keeps
such things; the variable `PERFRULES_CACHE` names another or is `off`. A folder that others may write to is not used, a
file that is damaged is made anew, and beyond 256 MiB or 2000 files those not used for the longest time are removed.
"""


def cli_page(commands: tuple[str, ...]) -> str:
    """Return the page: one section per command, in the order of the table of commands."""
    sections = [f"## perfrules {name}\n\n```text\n{_help(name)}\n```\n" for name in _with_parts(commands)]
    return "\n".join([HEAD, *sections])


def _with_parts(commands: tuple[str, ...]) -> Iterator[str]:
    """Yield the commands, each followed by those it is made of."""
    for name in commands:
        yield name
        found = cli.get_command(click.Context(cli), name)
        if isinstance(found, click.Group):
            yield from (f"{name} {part}" for part in found.list_commands(click.Context(found)))


def _help(name: str) -> str:
    return "\n".join(line.rstrip() for line in output_of(f"perfrules {name} --help").rstrip("\n").split("\n"))
