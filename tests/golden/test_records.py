"""Records that were sealed once stay verifiable and replayable, and the same runs still give the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from perfrules.record import open_record, replay, signature_fault, signed
from perfrules.record.ed25519 import signer_of, verifier_of
from perfrules.record.statement import STATEMENT
from tests.golden.record_kinds import KINDS, RECORDS, SECRET, record_of

TOTALS = {
    # 90.5/120 of 95% is 79.39%: 7.94, with 9 and 10; 6 by hand, 8, nothing said; experts silent; no number
    "judged": ["26.9", "14", {"lo": "18", "hi": "28", "lo_closed": True, "hi_closed": True}, None],
    # (90% − 60%)/40% of 10 and 10 − 0.9 · (8 − 2); nothing planned, 10 − 0.9 · (6 − 5) of 10 for 20
    "library": ["12.1", "18.2"],
    # 120.5, 88 in the east, whose mean is 104.25; 120.5, 3 in the west, whose mean is 61.75; nothing known
    "cohort": ["20", "12", "20", "9", "0"],
    "previous": ["70", "70", "70"],
    # (60 · 50% + 60 · 20%) / 2 / 10; 60 / 10; no project
    "results": ["2.1", "6", "0"],
    # the tunnel's spending is not known and does not count; no works; 0.5 of 1 is less than 90%
    "nested": ["10", "0", "0"],
    "apart": ["10", "10"],
    "workbook": ["10", "10"],
}
TOTALS["renderings"] = TOTALS["nested"]
TOTALS["secret"] = TOTALS["judged"]
TOTALS["superseding"] = [*TOTALS["judged"][:3], "19.4"]  # 80/100 of 95% is 84.21%: 8.42, with 3 and 8


def kept(name: str) -> bytes:
    return (RECORDS / f"{name}.zip").read_bytes()


def test_every_kind_is_kept() -> None:
    assert {path.stem for path in RECORDS.glob("*.zip")} == set(KINDS) == set(TOTALS)


@pytest.mark.parametrize("name", KINDS)
def test_a_kept_record_is_whole_and_says_what_it_should(name: str) -> None:
    opened = open_record(kept(name))
    in_order = sorted(opened.leaves, key=lambda leaf: int(leaf["position"]))
    assert [leaf["result"]["total"] for leaf in in_order] == TOTALS[name]


@pytest.mark.parametrize("name", KINDS)
def test_a_kept_record_replays_to_the_last_byte(name: str) -> None:
    replayed = replay(kept(name))
    assert replayed.difference is None
    assert replayed.again.content == kept(name)


@pytest.mark.parametrize("name", KINDS)
def test_the_same_run_is_sealed_in_the_same_bytes(name: str, tmp_path: Path) -> None:
    assert record_of(name, tmp_path).content == kept(name)


def test_the_secret_of_the_salts_replays_too() -> None:
    assert replay(kept("secret"), salt=SECRET).difference is None


def test_a_kept_signature_holds_and_is_made_again() -> None:
    statement = open_record(kept("judged")).members[STATEMENT]
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    envelope, bare = ((RECORDS / f"judged.zip{ending}").read_bytes() for ending in (".dsse.json", ".sig"))
    verifier = verifier_of((RECORDS / "public.pem").read_bytes())
    assert signature_fault(statement, envelope, verifier) is None
    assert signature_fault(statement, bare, verifier) is None
    again = signed(statement, signer_of(pem))
    assert (again.envelope, again.bare) == (envelope, bare)
