"""The page of the command line, made from what `--help` prints; `python -m tests.docs.refresh` writes it."""

from __future__ import annotations

from pathlib import Path

from tests.docs.running import output_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"

HEAD = """# The command line

This page is made from `perfrules COMMAND --help`.

Exit status: 0 fine, warnings and provisional results included; 1 findings (errors in a ruleset, a test that fails, with
`--final` a result that is still provisional); 2 a call that cannot be understood, a file that cannot be written, or
results (`--results`, `--previous`) that are lacking or cannot be used; 3 an entity or a file of data was refused (the
others are still scored); 70 a mistake of perfrules itself (`PERFRULES_DEBUG=1` shows where).

Messages are in English or Chinese: `--lang`, else the variable `PERFRULES_LANG`, else the locale.
"""


def cli_page(commands: tuple[str, ...]) -> str:
    """Return the page: one section per command, in the order of the table of commands."""
    sections = [f"## perfrules {name}\n\n```text\n{_help(name)}\n```\n" for name in commands]
    return "\n".join([HEAD, *sections])


def _help(name: str) -> str:
    return "\n".join(line.rstrip() for line in output_of(f"perfrules {name} --help").rstrip("\n").split("\n"))
