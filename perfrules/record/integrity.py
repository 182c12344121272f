"""Whether every byte of a record is the one that was written: nothing is computed of what it says.

The container is written again from its members and compared byte by byte; every member has the digest that the
statement has of it. A single changed byte is found wherever it is, and told as a place in a member or in the
container.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from perfrules.record.changed_byte import one_changed_byte
from perfrules.record.container import container
from perfrules.record.digests import sha256_hex
from perfrules.record.limits import MOST_BYTES
from perfrules.record.readings import Reading, readings
from perfrules.record.statement import STATEMENT, statement_bytes


class FaultKind(StrEnum):
    """What is wrong with a record; the word is the key of its message."""

    NOT_A_RECORD = "not-a-record"
    TOO_LARGE = "too-large"
    CONTAINER = "container"
    BYTE = "byte"
    MEMBER = "member"
    ABSENT = "absent"
    UNNAMED = "unnamed"
    CONTRADICTION = "contradiction"
    FORMAT = "format"


@frozen(kw_only=True)
class Fault:
    """Something wrong: in which *member*, at which *offset* in it (or in the container), as far as that is known.

    Of one changed byte *found* and *expected* are known.
    """

    kind: FaultKind
    member: str | None = None
    offset: int | None = None
    found: int | None = None
    expected: int | None = None
    about: str = ""


@frozen(kw_only=True)
class Checked:
    """The members, and what is wrong; nothing, if every byte is as it was written."""

    members: Mapping[str, bytes] = field(repr=False)
    faults: tuple[Fault, ...]


_NO_MEMBERS: Final[Mapping[str, bytes]] = MappingProxyType({})


def check_container(content: bytes) -> Checked:
    """Compare every byte of a record with what its members and its statement say it is."""
    if len(content) > MOST_BYTES:
        return Checked(members=_NO_MEMBERS, faults=(Fault(kind=FaultKind.TOO_LARGE),))
    found = [_checked(reading, content) for reading in readings(content)]
    if not found:
        return Checked(members=_NO_MEMBERS, faults=(Fault(kind=FaultKind.NOT_A_RECORD),))
    return min(found, key=_severity)


def _severity(checked: Checked) -> tuple[int, int]:
    """Take the reading in which the fewest members are wrong: of two, the damage was done to the other."""
    of_members = sum(fault.kind is not FaultKind.CONTAINER for fault in checked.faults)
    return of_members, len(checked.faults)


def _checked(reading: Reading, content: bytes) -> Checked:
    members = reading.members
    if STATEMENT not in members:
        faults: tuple[Fault, ...] = (Fault(kind=FaultKind.ABSENT, member=STATEMENT),)
    elif members[STATEMENT] != (expected := statement_bytes(members)):
        faults = _of_members(reading, members, expected)
    else:
        offset = first_difference(content, container(members))
        faults = () if offset is None else (_in_container(content, offset),)
    return Checked(members=MappingProxyType(members), faults=faults)


def _in_container(content: bytes, offset: int) -> Fault:
    return Fault(kind=FaultKind.CONTAINER, offset=offset, found=content[offset] if offset < len(content) else None)


def _of_members(reading: Reading, members: Mapping[str, bytes], expected: bytes) -> tuple[Fault, ...]:
    """Say which members are not what was sealed; the statement itself, if its CRC-32 says so."""
    if not _is_as_stated(reading, STATEMENT):
        offset = first_difference(members[STATEMENT], expected)
        if offset is not None and zlib.crc32(expected) in reading.places[STATEMENT].crcs:
            return (_byte(STATEMENT, members[STATEMENT], offset, expected[offset : offset + 1]),)
        return (Fault(kind=FaultKind.MEMBER, member=STATEMENT),)
    sealed = _sealed(members[STATEMENT])
    if sealed is None:
        return (Fault(kind=FaultKind.FORMAT, member=STATEMENT),)
    faults = [Fault(kind=FaultKind.ABSENT, member=name) for name in sealed if name not in members]
    for name, content in members.items():
        if name not in sealed and name != STATEMENT:
            faults.append(Fault(kind=FaultKind.UNNAMED, member=name))
        elif name != STATEMENT and sha256_hex(content) != sealed[name]:
            faults.append(_changed(reading, name, content, sealed[name]))
    return tuple(faults) or (Fault(kind=FaultKind.CONTRADICTION, member=STATEMENT, about="statement"),)


def _changed(reading: Reading, name: str, content: bytes, sealed: str) -> Fault:
    """Find the one byte that was changed, if it was one; the digest tells whether it was that."""
    for crc in dict.fromkeys(reading.places[name].crcs):
        for offset, before in one_changed_byte(content, crc):
            if sha256_hex(content[:offset] + bytes([before]) + content[offset + 1 :]) == sealed:
                return _byte(name, content, offset, bytes([before]))
    return Fault(kind=FaultKind.MEMBER, member=name)


def _byte(name: str, content: bytes, offset: int, expected: bytes) -> Fault:
    found = content[offset] if offset < len(content) else None
    before = expected[0] if expected else None
    return Fault(kind=FaultKind.BYTE, member=name, offset=offset, found=found, expected=before)


def _is_as_stated(reading: Reading, name: str) -> bool:
    return zlib.crc32(reading.member(name)) in reading.places[name].crcs


def _sealed(statement: bytes) -> Mapping[str, str] | None:
    """Return the digests that a statement has of members; None where it is no statement."""
    try:
        tree: Any = json.loads(statement)
        return {str(each["name"]): str(each["digest"]["sha256"]) for each in tree["subject"]}
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def first_difference(found: bytes, expected: bytes) -> int | None:
    """Return the first offset at which two texts differ, or at which one ends; None where they are equal.

    >>> first_difference(b"abc", b"abd"), first_difference(b"ab", b"abc"), first_difference(b"a", b"a")
    (2, 2, None)
    """
    if found == expected:
        return None
    low, high = 0, min(len(found), len(expected))
    while low < high:  # the longest beginning that both share
        middle = (low + high + 1) // 2
        if found[low:middle] == expected[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
