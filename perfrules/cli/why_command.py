"""`perfrules why CODE`: the page of a problem's code."""

from __future__ import annotations

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, say, words
from perfrules.diagnostics import Code
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.error_pages import error_page


@click.command("why")
@click.argument("code", required=False)
@language_option
def command(code: str | None, lang: str) -> None:
    """Explain the problem CODE (as printed in brackets by `check`); without CODE, list them all."""
    if code is None:
        say("\n".join(sorted(known.value for known in Code)))
        return
    page = error_page(code, lang)
    if page is None:
        known = nearest(code, [each.value for each in Code])
        key = "why.unknown" if known else "why.unlike-any"
        say(words(lang).text(key, {"code": code, "suggestions": known}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE)
    say(page)
