"""`perfrules verify`: whether a sealed record, or the proof of one entity, is whole, and who signed it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.record_words import give_up_on, give_up_on_key, opened_record, read_at_most, record_words, stop, tell
from perfrules.cli.shared import language_option
from perfrules.diagnostics.arguments import Argument

if TYPE_CHECKING:
    from perfrules.record import Opened
    from perfrules.record.proofs import Proof

_ARCHIVE: Final = b"PK"
_OBJECT: Final = b'{"'
_HEX: Final = re.compile(r"\s*[0-9A-Fa-f]{64}\s*")


@click.command("verify")
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--against",
    metavar="WHOLE",
    help="What it must be, or be part of: a record, its manifest.json, or its root or seal in hex.",
)
@click.option(
    "--signature",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A signature of the record: RECORD.dsse.json or RECORD.sig.",
)
@click.option(
    "--public-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PEM",
    help="The Ed25519 public key of whoever signed.",
)
@language_option
def command(record: Path, against: str | None, signature: Path | None, public_key: Path | None, lang: str) -> None:
    """Check RECORD, or the proof of one entity, byte by byte, without computing anything.

    The container is written again from its members and compared; digests, root, salts and what was made for reading
    must fit. A changed byte is named by its place. Exit status 1 where something is wrong, 3 where it is no record.
    """
    if (signature is None) != (public_key is None):
        stop(ExitCode.USAGE, record_words(lang).text("verify.needs-both"))
    with record.open("rb") as file:
        start = file.read(len(_ARCHIVE))
    is_record = start == _ARCHIVE or (start != _OBJECT and record.suffix != ".json")
    keys = None if signature is None or public_key is None else (signature, public_key)
    if is_record:
        _verify_record(record, against, keys, lang)
    else:
        _verify_proof(record, against, keys, lang)


def _verify_record(record: Path, against: str | None, keys: tuple[Path, Path] | None, lang: str) -> None:
    from perfrules.record.digests import sha256_hex
    from perfrules.record.proofs import is_meant
    from perfrules.record.statement import STATEMENT

    opened, text = opened_record(record, lang), record_words(lang)
    manifest = opened.manifest
    seal = sha256_hex(opened.members["manifest.json"])
    if against is not None and not is_meant(_whole(against, lang), root=manifest["tree"]["root"], seal=seal):
        stop(ExitCode.FINDINGS, text.text("verify.against-elsewhere", {"file": str(record)}))
    keyid = None if keys is None else _signed_by(opened.members[STATEMENT], *keys, lang)
    sizes = {"members": len(opened.members), "entities": len(opened.parts), "bytes": len(opened.content)}
    tell(text.text("verify.whole", {"file": str(record), **{name: str(size) for name, size in sizes.items()}}))
    ruleset = {name: str(manifest["ruleset"][name] or "") for name in ("name", "version", "hash")}
    tell(text.text("verify.ruleset", ruleset))
    tell(text.text("verify.root", {"root": manifest["tree"]["root"]}))
    tell(text.text("verify.seal", {"seal": seal}))
    if manifest["supersedes"] is not None:
        tell(text.text("verify.supersedes", {"seal": manifest["supersedes"]["manifest_sha256"]}))
    if against is not None:
        tell(text.text(_anchored(against, seal)))
    is_beside = _tell_renderings(opened, record.parent, lang)
    tell(text.text("verify.unsigned") if keyid is None else text.text("verify.signed", {"keyid": keyid}))
    tell(text.text("verify.not-computed"))
    if not is_beside:
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _anchored(against: str, seal: str) -> str:
    """Return what to say of what was compared: the root holds for entities only, all else for the whole."""
    is_root = _HEX.fullmatch(against) is not None and against.strip().lower() != seal
    return "verify.root-anchored" if is_root else "verify.proof-anchored"


def _tell_renderings(opened: Opened, folder: Path, lang: str) -> bool:
    """Say of every file that the record lists whether it lies beside it; tell whether none is another."""
    from perfrules.record.renderings import RENDERINGS, renderings_beside

    found = renderings_beside(opened.members.get(RENDERINGS), folder)
    kinds = {True: "verify.rendering-same", False: "verify.rendering-other", None: "verify.rendering-absent"}
    for each in found:
        tell(record_words(lang).text(kinds[each.is_same], {"file": each.name}))
    return all(each.is_same is not False for each in found)


def _verify_proof(path: Path, against: str | None, keys: tuple[Path, Path] | None, lang: str) -> None:
    from perfrules.record import NotARecord
    from perfrules.record.limits import PROOF_BYTES
    from perfrules.record.proofs import check_proof, is_meant

    text = record_words(lang)
    try:
        proof = check_proof(read_at_most(path, PROOF_BYTES))
    except NotARecord as wrong:
        give_up_on(path, wrong, lang)
    if against is not None and not is_meant(_whole(against, lang), root=proof.root, seal=proof.seal):
        stop(ExitCode.FINDINGS, text.text("verify.proof-elsewhere", {"file": str(path)}))
    keyid = None if keys is None else _proof_signed_by(proof, *keys, lang)
    tell(text.text("verify.proof", {"file": str(path), "entity": proof.entity, "root": proof.root}))
    tell(text.text("verify.proof-result", _result(proof, lang)))
    tell(text.text("verify.seal", {"seal": proof.seal}))
    if keyid is not None:
        tell(text.text("verify.signed", {"keyid": keyid}))
    if against is not None:
        tell(text.text(_anchored(against, proof.seal)))
    elif keyid is None:
        tell(text.text("verify.proof-unanchored"))
    tell(text.text("verify.not-computed"))


def _result(proof: Proof, lang: str) -> dict[str, Argument]:
    from perfrules.record.sample import interval_text

    result = proof.leaf["result"]
    return {
        "status": record_words(lang).template(f"status.{result['status']}") or str(result["status"]),
        "total": interval_text(result["total"]) or "–",
        "grade": interval_text(result["grade"]) or "–",
    }


def _whole(against: str, lang: str) -> Opened | bytes | str:
    """Return what was asked about: a root or seal in hex, a record, or the bytes of a manifest."""
    from perfrules.record.limits import MOST_BYTES

    if _HEX.fullmatch(against):
        return against
    path = Path(against)
    if not path.is_file():
        stop(ExitCode.USAGE, record_words(lang).text("verify.against-unreadable", {"text": against}))
    content = read_at_most(path, MOST_BYTES)
    return opened_record(path, lang) if content.startswith(_ARCHIVE) else content


def _signed_by(statement: bytes, signature: Path, public_key: Path, lang: str) -> str:
    """Return the id of the key that signed; stop where it did not."""
    from perfrules.record.ed25519 import UnusableKey, verifier_of
    from perfrules.record.limits import SIGNATURE_BYTES
    from perfrules.record.signing import signature_fault

    try:
        verifier = verifier_of(read_at_most(public_key, SIGNATURE_BYTES))
    except UnusableKey as wrong:
        give_up_on_key(public_key, wrong, lang)
    fault = signature_fault(statement, read_at_most(signature, SIGNATURE_BYTES), verifier)
    if fault is not None:
        stop(ExitCode.FINDINGS, record_words(lang).text(f"signature.{fault.value}", {"file": str(signature)}))
    return verifier.keyid


def _proof_signed_by(proof: Proof, signature: Path, public_key: Path, lang: str) -> str:
    """Return the id of the key that signed the record that a proof is of; the envelope has the statement."""
    from perfrules.record.limits import SIGNATURE_BYTES
    from perfrules.record.signing import envelope_of, sealed_manifest

    text = record_words(lang)
    opened = envelope_of(read_at_most(signature, SIGNATURE_BYTES))
    if opened is None:
        stop(ExitCode.FINDINGS, text.text("signature.no-envelope", {"file": str(signature)}))
    if sealed_manifest(opened[0]) != proof.seal:
        stop(ExitCode.FINDINGS, text.text("verify.signed-elsewhere"))
    return _signed_by(opened[0], signature, public_key, lang)
