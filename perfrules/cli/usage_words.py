"""What is wrong with a call, in the language of the reader: click says it in English, which is put into words again.

What has no form here stays as click says it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import click

from perfrules.cli.shared import words
from perfrules.diagnostics.catalogue import LANGUAGES, choose_language

_ABOUT: Final = re.compile(r"Invalid value(?: for (?P<where>.+?))?: (?P<rest>.+)", re.DOTALL)
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "missing-argument": re.compile(r"Missing argument (?P<name>.+?)\."),
    "missing-option": re.compile(r"Missing option (?P<name>.+?)\."),
    "missing-command": re.compile(r"Missing command\."),
    "no-option": re.compile(r"No such option:? '?(?P<name>[^' ]+?)'?\.?"),
    "no-option-like-it": re.compile(
        r"No such option:? '?(?P<name>[^' ]+?)'?\.? "
        r"\(?(?:Did you mean|Possible options:)(?: one of:)? (?P<near>.+?)[?)]+"
    ),
    "no-command": re.compile(r"No such command (?P<name>'[^']*')\.?(?: .*)?"),
    "extra": re.compile(r"Got unexpected extra arguments? \((?P<args>.*)\)"),
    "no-value": re.compile(r"Option '?(?P<name>[^' ]+)'? requires an argument\."),
    "value-not-taken": re.compile(r"Option '?(?P<name>[^' ]+)'? does not take a value\."),
    "not-one-of": re.compile(r"(?P<value>'.*') is not one of (?P<choices>.+)\."),
    "no-date": re.compile(r"(?P<value>'.*') does not match the formats? .+\."),
    "no-file": re.compile(r"\w+ (?P<file>'.*') does not exist\."),
    "is-a-file": re.compile(r"\w+ (?P<file>'.*') is a file\."),
    "is-a-folder": re.compile(r"\w+ (?P<file>'.*') is a directory\."),
    "not-readable": re.compile(r"\w+ (?P<file>'.*') is not readable\."),
}


def language_of_call(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language that a call asks for, whatever else is wrong with it.

    >>> language_of_call(["score", "--lang", "zh"], {}), language_of_call(["--lang=zh"], {}), language_of_call([], {})
    ('zh', 'zh', 'en')
    """
    asked = [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    return choose_language(next((each for each in asked if each in LANGUAGES), None), environ)


def tell_usage(wrong: click.UsageError, language: str) -> None:
    """Say on the error stream how the command is called, and what is wrong."""
    said = words(language)
    if wrong.ctx is not None:
        usage = wrong.ctx.get_usage().removeprefix("Usage: ")
        help_ = {"command": wrong.ctx.command_path, "option": wrong.ctx.help_option_names[-1]}
        click.echo(said.text("usage.how", {"usage": usage}), err=True)
        click.echo(said.text("usage.help", help_) + "\n", err=True)
    click.echo(said.text("usage.error", {"message": in_words(wrong.format_message(), language)}), err=True)


def in_words(message: str, language: str) -> str:
    """Put what click says into another language.

    >>> in_words("Missing argument 'DATA'.", "zh"), in_words("Something else.", "zh")
    ('缺少参数“DATA”', 'Something else.')
    """
    said = words(language)
    about = _ABOUT.fullmatch(message)
    if about is not None:
        where = {"where": _bare(about["where"] or ""), "message": in_words(about["rest"], language)}
        return said.text("usage.value-of" if about["where"] else "usage.value", where)
    for key, form in _FORMS.items():
        found = form.fullmatch(message)
        if found is not None:
            return said.text(f"usage.{key}", {name: _bare(text) for name, text in found.groupdict().items()})
    return message


def _bare(text: str) -> str:
    """Take the quotes away that click writes."""
    return text.replace("'", "")
