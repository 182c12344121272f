"""`perfrules record`: what can be done with a sealed record besides checking it."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.record_sample import write_sheet
from perfrules.cli.record_words import give_up_on_key, opened_record, record_words, refuse_to_replace, stop, tell
from perfrules.cli.shared import language_option, write_file
from perfrules.diagnostics.arguments import Argument


def _record_argument(function: click.decorators.FC) -> click.decorators.FC:
    return click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))(function)


@click.group("record")
def command() -> None:
    """Show one entity of a sealed record, sign a record, draw a sample for an auditor."""


@command.command("show")
@_record_argument
@click.argument("entity")
@click.option("--position", type=click.IntRange(min=1), help="Which of several entities of that name: its place.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Write to this file.")
@language_option
def show(record: Path, entity: str, position: int | None, out: Path, lang: str) -> None:
    """Write the part of RECORD that is about ENTITY, with the proof that it belongs to the whole.

    Nothing of other entities is in it but the statistics that the rules took across entities. `perfrules verify` checks
    the proof.
    """
    from perfrules.record.proofs import SeveralOfThatName, proof_of

    refuse_to_replace(out, [record], lang)
    opened, text = opened_record(record, lang), record_words(lang)
    try:
        content = proof_of(opened, entity, position)
    except LookupError:
        stop(ExitCode.USAGE, text.text("show.no-entity", {"file": str(record), "entity": entity}))
    except SeveralOfThatName as several:
        args: dict[str, Argument] = {"file": str(record), "entity": entity, "positions": several.positions}
        stop(ExitCode.USAGE, text.text("show.several", args))
    write_file(out, content, lang)
    root = str(opened.manifest["tree"]["root"])
    tell(text.text("show.written", {"entity": entity, "file": str(out), "root": root}), err=True)
    if "seed" in opened.manifest["salts"]:
        tell(text.text("show.stated-seed"), err=True)


@command.command("sign")
@_record_argument
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="PEM",
    help="An Ed25519 private key, as `openssl genpkey -algorithm ed25519` makes one.",
)
@language_option
def sign(record: Path, key: Path, lang: str) -> None:
    """Sign RECORD: the signature goes beside it, to RECORD.dsse.json (an envelope) and RECORD.sig (for openssl)."""
    from perfrules.record.ed25519 import UnusableKey, signer_of
    from perfrules.record.signing import signed
    from perfrules.record.statement import STATEMENT

    opened = opened_record(record, lang)
    try:
        signer = signer_of(key.read_bytes())
    except UnusableKey as wrong:
        give_up_on_key(key, wrong, lang)
    signature = signed(opened.members[STATEMENT], signer)
    envelope, bare = (record.with_name(record.name + ending) for ending in (".dsse.json", ".sig"))
    write_file(envelope, signature.envelope, lang)
    write_file(bare, signature.bare, lang)
    args: dict[str, Argument] = {"keyid": signer.keyid, "files": (str(envelope), str(bare))}
    tell(record_words(lang).text("sign.written", args), err=True)


@command.command("sample")
@_record_argument
@click.option("--sample", type=click.IntRange(min=1), required=True, help="Draw so many entities.")
@click.option("--seed", required=True, metavar="TEXT", help="What the draw depends on; choose it after the sealing.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Write to this file: CSV, or a workbook where it ends in .xlsx.",
)
@language_option
def sample(record: Path, sample: int, seed: str, out: Path, lang: str) -> None:
    """Write a sampling sheet of RECORD: inputs, cells and marks of entities drawn by a stated method.

    Drawn are the entities whose HMAC-SHA-256 under the seed is smallest; there are blank columns for the auditor.
    """
    refuse_to_replace(out, [record], lang)
    write_sheet(opened_record(record, lang), sample, seed, out, lang)
