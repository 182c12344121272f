"""`perfrules plugins`: what is installed, from the metadata of packages; nothing is loaded."""

from __future__ import annotations

import click

from perfrules.cli.shared import language_option, say, words


@click.command("plugins")
@language_option
def command(lang: str) -> None:
    """List the plug-ins that are installed: kind, name, package and version. None of them is loaded."""
    from perfrules.plugins.installed import installed

    text = words(lang)
    found = installed()
    for each in found:
        args = {"name": each.name, "package": each.package, "version": each.version}
        say(text.text(f"plugins.{each.kind}", args))
    if not found:
        say(text.text("plugins.none"))
