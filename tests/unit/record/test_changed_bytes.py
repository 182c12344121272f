"""Whatever byte of a record is changed, it is found, and the place is told."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from perfrules.record import Fault, FaultKind, NotARecord, open_record
from perfrules.record.readings import readings

RECORDS = Path(__file__).parents[2] / "golden" / "records"
JUDGED = (RECORDS / "judged.zip").read_bytes()
KEPT = tuple(sorted(RECORDS.glob("*.zip")))


def faults(content: bytes) -> tuple[Fault, ...]:
    try:
        open_record(content)
    except NotARecord as wrong:
        return wrong.faults
    return ()


def expected(content: bytes, offset: int, now: int) -> Fault:
    """What must be told of a changed byte: its place in a member, else in the container."""
    for name, place in readings(content)[0].places.items():
        if place.start <= offset < place.start + place.size:
            return Fault(
                kind=FaultKind.BYTE, member=name, offset=offset - place.start, found=now, expected=content[offset]
            )
    return Fault(kind=FaultKind.CONTAINER, offset=offset, found=now)


def changed(content: bytes, offset: int, by: int) -> bytes:
    return content[:offset] + bytes([content[offset] ^ by]) + content[offset + 1 :]


def test_each_of_a_thousand_changed_bytes_is_found_and_located() -> None:
    draws = Random(20241122)
    contents = [path.read_bytes() for path in KEPT]
    for _ in range(1000):
        content = draws.choice(contents)
        offset, by = draws.randrange(len(content)), draws.randrange(1, 256)
        damaged = changed(content, offset, by)
        assert faults(damaged) == (expected(content, offset, damaged[offset]),)


def test_no_byte_of_the_container_can_be_changed_unseen() -> None:
    content = (RECORDS / "apart.zip").read_bytes()
    inside = [(place.start, place.start + place.size) for place in readings(content)[0].places.values()]
    offsets = [each for each in range(len(content)) if not any(start <= each < end for start, end in inside)]
    assert len(offsets) > 1000
    for offset in offsets:
        for by in (0x01, 0x80, 0xFF):
            damaged = changed(content, offset, by)
            found = Fault(kind=FaultKind.CONTAINER, offset=offset, found=damaged[offset])
            assert faults(damaged) == (found,)


def test_every_byte_of_the_statement_and_of_the_list_of_digests_counts() -> None:
    places = readings(JUDGED)[0].places
    for name in ("statement.json", "SHA256SUMS"):
        for offset in range(places[name].start, places[name].start + places[name].size, 7):
            assert faults(changed(JUDGED, offset, 0x20)) == (expected(JUDGED, offset, JUDGED[offset] ^ 0x20),)


@pytest.mark.parametrize(
    ("damaged", "told"),
    [
        (JUDGED + b"\0", Fault(kind=FaultKind.CONTAINER, offset=len(JUDGED), found=0)),
        (JUDGED[:-1], Fault(kind=FaultKind.CONTAINER, offset=len(JUDGED) - 1)),
        (b"MZ" + JUDGED, Fault(kind=FaultKind.NOT_A_RECORD)),
        (b"", Fault(kind=FaultKind.NOT_A_RECORD)),
        (b"PK", Fault(kind=FaultKind.NOT_A_RECORD)),
    ],
    ids=["one byte more", "one byte less", "something before it", "nothing", "two letters"],
)
def test_what_is_added_or_cut_off_is_found(damaged: bytes, told: Fault) -> None:
    assert faults(damaged) == (told,)


def test_several_changed_bytes_are_told_by_member() -> None:
    places = readings(JUDGED)[0].places
    start = places["entities/2.json"].start
    damaged = changed(changed(JUDGED, start + 10, 1), start + 500, 1)
    assert faults(damaged) == (Fault(kind=FaultKind.MEMBER, member="entities/2.json"),)


def test_cutting_a_record_anywhere_is_told() -> None:
    assert all(faults(JUDGED[:length]) for length in range(0, len(JUDGED), 97))
