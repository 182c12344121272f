"""The command `perfrules`: finds the subcommand, loads only that one, and turns our own mistakes into exit code 70."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import words
from perfrules.cli.usage_words import language_of_call, tell_usage
from perfrules.diagnostics.catalogue import choose_language

COMMANDS: Final = {
    "new": "Start a ruleset that runs, with data to try it on.",
    "check": "Report every problem of a ruleset.",
    "fmt": "Lay out a ruleset; rewrite its keywords in English or Chinese.",
    "test": "Run the tests inside a ruleset and say what they do not reach.",
    "template": "Write a blank data sheet for a ruleset.",
    "score": "Score the entities of a data file.",
    "replay": "Compute a sealed record again and name the first difference.",
    "verify": "Check that a sealed record, or the proof of one entity, is whole.",
    "record": "Show one entity of a sealed record, sign a record, draw a sample.",
    "explain": "Tell how an entity's marks came about.",
    "document": "Write a ruleset as a rubric to publish.",
    "report": "Write results as pages that people read, HTML or PDF.",
    "diff": "Tell what changed between two rulesets, or two sets of data, and for whom.",
    "import": "Make the skeleton of a ruleset from a rubric in Excel.",
    "export": "Write a ruleset as a workbook with live formulas.",
    "library": "Find definitions in libraries, and show how one is used.",
    "graph": "Draw how values depend on one another.",
    "plan": "Tell how tables are computed, and why that is exact.",
    "schema": "Write the JSON Schema of a ruleset's data, or of results.",
    "cache": "Tell or clear what is kept of compiled rulesets.",
    "plugins": "List the plug-ins that are installed.",
    "why": "Explain a problem's code, with a ruleset that causes it and its mending.",
}


class Commands(click.Group):
    """Subcommands from the table, each imported when it is asked for."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"perfrules.cli.{name}_command").command
        return command

    def main(  # type: ignore[override]  # nobody calls it with more by position
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run as click does, but say in the language of the reader what is wrong with a call."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except click.UsageError as wrong:
            tell_usage(wrong, language_of_call(sys.argv[1:] if args is None else args, os.environ))
            sys.exit(ExitCode.USAGE)
        except click.ClickException as wrong:
            wrong.show()
            sys.exit(wrong.exit_code)
        except click.Abort:
            sys.exit(ExitCode.FINDINGS)
        sys.exit(code if isinstance(code, int) else ExitCode.FINE)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="perfrules")
def cli() -> None:
    """Scored evaluation rules: check a rubric, score with it exactly, and read why."""


def _give_up_writing(refused: OSError) -> NoReturn:
    """Say that what was to be printed could not be, and leave without trying again."""
    with suppress(OSError):
        text = words(choose_language(None, os.environ))
        click.echo(text.text("write.refused", {"file": "stdout", "reason": refused.strerror or ""}), err=True)
    os._exit(ExitCode.USAGE)


def main() -> None:
    """Run the command line and exit: 0 fine, 1 findings, 2 usage, 3 data refused, 70 a mistake of perfrules itself."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", newline="\n")
    try:
        cli()
        sys.stdout.flush()
    except Exception as mistake:
        if isinstance(mistake, OSError) and mistake.filename is None:  # of a stream: every file is written by us
            _give_up_writing(mistake)
        if os.environ.get("PERFRULES_DEBUG"):
            traceback.print_exc()
        click.echo(
            f"perfrules made a mistake: {type(mistake).__name__}: {mistake}\n"
            "This is a defect of perfrules, not of your files. PERFRULES_DEBUG=1 shows where it happened.",
            err=True,
        )
        sys.exit(ExitCode.OUR_MISTAKE)
