"""The container: ordinary unpackers read it, and nothing but its own bytes is taken for one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from perfrules.record import FaultKind, NotARecord, open_record
from perfrules.record import integrity as limits_of
from perfrules.record.container import container, is_member_name, order_of, safe_name
from perfrules.record.manifest import ruleset_files
from perfrules.record.readings import readings
from perfrules.record.run import GivenFile, Run
from perfrules.record.statement import with_statement

RECORDS = Path(__file__).parents[2] / "golden" / "records"
JUDGED = (RECORDS / "judged.zip").read_bytes()


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def kinds(content: bytes) -> set[FaultKind]:
    with pytest.raises(NotARecord) as wrong:
        open_record(content)
    return {fault.kind for fault in wrong.value.faults}


def test_an_ordinary_unpacker_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(JUDGED)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names, key=order_of)
        assert {(each.compress_type, each.date_time, each.extra, each.comment) for each in archive.infolist()} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), b"", b"")
        }
        assert {name: archive.read(name) for name in names} == open_record(JUDGED).members


def test_numbered_members_are_in_the_order_of_numbers() -> None:
    names = ["entities/10.json", "statement.json", "entities/9.json", "manifest.json", "ruleset/b", "ruleset/a"]
    ordered = ["manifest.json", "ruleset/a", "ruleset/b", "entities/9.json", "entities/10.json", "statement.json"]
    assert sorted(names, key=order_of) == ordered


@pytest.mark.parametrize("name", ["../a", "/a", "a//b", "a/./b", "a\\b", "", "é", "a\0b", "a" * 300, "..", "C:x"])
def test_names_that_lead_elsewhere_are_none(name: str) -> None:
    assert not is_member_name(name)
    assert is_member_name(f"ruleset/{safe_name(name, 1)}")


def test_the_same_members_packed_otherwise_are_told_apart() -> None:
    members = dict(open_record(JUDGED).members)
    assert kinds(packed(members)) <= {FaultKind.CONTAINER, FaultKind.NOT_A_RECORD}
    assert kinds(packed(members, zipfile.ZIP_DEFLATED)) & {FaultKind.NOT_A_RECORD, FaultKind.MEMBER, FaultKind.ABSENT}


def test_a_name_that_stands_twice_is_refused() -> None:
    twice = JUDGED.replace(b"entities/2.json", b"entities/1.json")
    assert kinds(twice)


def test_a_member_that_nobody_sealed_is_told() -> None:
    members = dict(open_record(JUDGED).members)
    assert kinds(container({**members, "extra.txt": b"more"})) == {FaultKind.UNNAMED}
    assert kinds(container(with_statement({**members, "extra.txt": b"more"}))) == {FaultKind.CONTRADICTION}
    del members["trace.csv"]
    assert kinds(container(members)) == {FaultKind.ABSENT}


def test_members_within_members_do_not_multiply() -> None:
    """A directory that points a thousand times at the same bytes would unpack to a thousand times as much."""
    bomb = b"x" * 100_000
    honest = container({f"entities/{number}.json": bomb if number == 1 else b"" for number in range(1, 1001)})
    place = honest.index(b"PK\x01\x02")
    directory = bytearray(honest[place:])
    first = directory[16:28]
    entry = 0
    while directory[entry : entry + 4] == b"PK\x01\x02":
        directory[entry + 16 : entry + 28] = first
        directory[entry + 42 : entry + 46] = bytes(4)
        entry += 46 + int.from_bytes(directory[entry + 28 : entry + 30], "little")
    found = readings(honest[:place] + bytes(directory))
    assert sum(len(each) for reading in found for each in reading.members.values()) <= 2 * len(honest)


def test_what_is_larger_than_a_record_can_be_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_of, "MOST_BYTES", 1000)
    assert kinds(JUDGED) == {FaultKind.TOO_LARGE}


def test_the_library_of_python_writes_the_same_bytes() -> None:
    """What the page on the format says of the container, done by another program."""
    for path in RECORDS.glob("*.zip"):
        content = path.read_bytes()
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as sealed, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as again:
            for name in sealed.namelist():
                about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                about.create_system, about.external_attr = 3, 0o100644 << 16
                again.writestr(about, sealed.read(name))
        assert stream.getvalue() == content


def test_names_that_differ_in_case_only_do_not_fall_on_one_another() -> None:
    """On systems that take `A.csv` and `a.csv` for one file, unpacking loses nothing."""
    run = Run(
        ruleset=GivenFile("a.csv", b"1"),
        resources={"A.csv": b"2", "a.csv": b"3", "标.csv": b"4"},
        data=GivenFile("data.csv", b""),
    )
    found = ruleset_files(run)
    assert [content for _, _, content in found] == [b"1", b"2", b"3", b"4"]
    assert len({name.casefold() for name, _, _ in found}) == 4
    assert all(is_member_name(name) for name, _, _ in found)
