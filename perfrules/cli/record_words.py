"""What several commands about records share: their words, reading files, telling what is wrong with one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import say
from perfrules.diagnostics.arguments import Word
from perfrules.diagnostics.catalogue import Translator, translator

if TYPE_CHECKING:
    from perfrules.record import Fault, Opened
    from perfrules.record.ed25519 import UnusableKey


def record_words(language: str) -> Translator:
    """Return the sentences about records in this language."""
    return translator(language, domain="record")


def tell(text: str, *, err: bool = False) -> None:
    """Write one line. What a record says is somebody else's: nothing in it ends the line or moves the cursor."""
    say("".join(map(_visible, text)), err=err)


def _visible(character: str) -> str:
    is_hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return f"\\u{ord(character):04x}" if is_hidden else character


def stop(code: ExitCode, text: str) -> NoReturn:
    """Say why, and end with this exit status."""
    tell(text, err=True)
    raise click.exceptions.Exit(code)


def tell_faults(path: Path, faults: Iterable[Fault], lang: str) -> None:
    """Say what is wrong with a record, a line for each fault."""
    text = record_words(lang)
    for fault in faults:
        about = text.template(f"about.{fault.about}") or fault.about or "?"
        args = {
            "file": str(path),
            "member": fault.member or "?",
            "offset": "?" if fault.offset is None else str(fault.offset),
            "found": _byte(fault.found),
            "expected": _byte(fault.expected),
            "about": Word(about),
        }
        tell(text.text(f"fault.{fault.kind.value}", args), err=True)


def opened_record(path: Path, lang: str) -> Opened:
    """Open a record, or say what is wrong with it and end: status 1 where it was changed, 3 where it is none."""
    from perfrules.record import NotARecord, open_record
    from perfrules.record.limits import MOST_BYTES

    try:
        return open_record(read_at_most(path, MOST_BYTES))
    except NotARecord as wrong:
        give_up_on(path, wrong, lang)


def read_at_most(path: Path, limit: int) -> bytes:
    """Read a file; of one that is larger than the *limit* only so much that this is seen."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def refuse_to_replace(out: Path, read: Iterable[Path], lang: str) -> None:
    """Stop where *out* is one of the files that were read: they would be gone."""
    if out.exists() and any(path.exists() and out.samefile(path) for path in read):
        stop(ExitCode.USAGE, record_words(lang).text("record.over-input", {"file": str(out)}))


def give_up_on(path: Path, wrong: Exception, lang: str) -> NoReturn:
    """Say what is wrong with what should be a record, and end."""
    from perfrules.record import FaultKind, NotARecord

    assert isinstance(wrong, NotARecord)
    tell_faults(path, wrong.faults, lang)
    is_none = {fault.kind for fault in wrong.faults} <= {FaultKind.NOT_A_RECORD, FaultKind.TOO_LARGE, FaultKind.FORMAT}
    raise click.exceptions.Exit(ExitCode.REFUSED if is_none else ExitCode.FINDINGS)


def give_up_on_key(path: Path, wrong: UnusableKey, lang: str) -> NoReturn:
    """Say what is wrong with a key, and end."""
    stop(ExitCode.USAGE, record_words(lang).text(f"key.{wrong.fault.value}", {"file": str(path)}))


def secret_of(path: Path | None, lang: str) -> bytes | None:
    """Read the secret that salts are made of; one that can be guessed stops the command."""
    if path is None:
        return None
    from perfrules.record.limits import SALT_BYTES
    from perfrules.record.salts import secret_salting

    secret = read_at_most(path, SALT_BYTES)
    try:
        secret_salting(secret)
    except ValueError:
        stop(ExitCode.USAGE, record_words(lang).text("record.short-salt", {"file": str(path)}))
    return secret


def _byte(value: int | None) -> str:
    return "?" if value is None else f"0x{value:02X}"
