"""Reading a container that may be damaged: by its directory, and by the headers before its members.

The archive says everything twice. Whatever one byte was changed, one of the two readings is right. A reading only finds
where members lie; whether their bytes are the right ones is for `perfrules.record.integrity` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from perfrules.record.container import END, END_MARK, ENTRY, ENTRY_MARK, LOCAL, LOCAL_MARK, is_member_name
from perfrules.record.limits import MOST_MEMBERS


@frozen
class Member:
    """Where the bytes of a member lie, and the CRC-32 that its headers state: by its own and by the directory's."""

    start: int
    size: int
    crcs: tuple[int, ...]


@frozen(kw_only=True)
class Reading:
    """The members of a container as one way of reading finds them."""

    content: bytes = field(repr=False)
    places: Mapping[str, Member]

    def member(self, name: str) -> bytes:
        """Return the bytes of a member."""
        place = self.places[name]
        return self.content[place.start : place.start + place.size]

    @property
    def members(self) -> Mapping[str, bytes]:
        """The bytes of all members."""
        return {name: self.member(name) for name in self.places}


def readings(content: bytes) -> tuple[Reading, ...]:
    """Return what can be read of *content*: by the directory, by the headers, or not at all."""
    found = (_by_directory(content), _by_headers(content))
    return tuple(reading for reading in found if reading is not None and _is_plausible(reading))


def _is_plausible(reading: Reading) -> bool:
    """Tell whether there are members, and no more bytes in them than there are: none lies within another."""
    sizes = sum(place.size for place in reading.places.values())
    return bool(reading.places) and sizes <= len(reading.content)


def _by_directory(content: bytes) -> Reading | None:
    if len(content) < END.size:
        return None
    mark, _, _, _, count, size, offset, _ = END.unpack_from(content, len(content) - END.size)
    if mark != END_MARK or count > MOST_MEMBERS or offset + size + END.size != len(content):
        return None
    places: dict[str, Member] = {}
    place, end = offset, offset + size
    for _ in range(count):
        if place + ENTRY.size > end:
            return None
        entry = ENTRY.unpack_from(content, place)
        mark, crc, length, name_length, start = entry[0], entry[7], entry[9], entry[10], entry[16]
        name = _name(content, place + ENTRY.size, name_length, end)
        if mark != ENTRY_MARK or name is None or name in places or start + LOCAL.size + name_length + length > offset:
            return None
        stated = LOCAL.unpack_from(content, start)[6]
        places[name] = Member(start + LOCAL.size + name_length, length, (crc, stated))
        place += ENTRY.size + name_length
    return Reading(content=content, places=MappingProxyType(places)) if place == end else None


def _by_headers(content: bytes) -> Reading | None:
    places: dict[str, Member] = {}
    place = 0
    while place + LOCAL.size <= len(content) and len(places) <= MOST_MEMBERS:
        head = LOCAL.unpack_from(content, place)
        mark, crc, length, name_length = head[0], head[6], head[8], head[9]
        if mark != LOCAL_MARK:
            break
        name = _name(content, place + LOCAL.size, name_length, len(content))
        start = place + LOCAL.size + name_length
        if name is None or name in places or start + length > len(content):
            return None
        places[name] = Member(start, length, (crc,))
        place = start + length
    return Reading(content=content, places=MappingProxyType(places))


def _name(content: bytes, start: int, length: int, end: int) -> str | None:
    if start + length > end:
        return None
    try:
        name = content[start : start + length].decode("ascii")
    except UnicodeDecodeError:
        return None
    return name if is_member_name(name) else None
