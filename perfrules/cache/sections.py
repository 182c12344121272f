"""Named sections of bytes in one file, each with its SHA-256: a file that is not whole is no file.

The first line tells the SHA-256 and the length of the head; the head names the key and the sections, which follow it
in that order without gaps. The same sections are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

_MAGIC: Final = b"perfrules-compiled-ruleset"


def packed(key: str, sections: Mapping[str, bytes]) -> bytes:
    """Return the content of the file."""
    listed = [[name, len(content), sha256(content).hexdigest()] for name, content in sections.items()]
    head = json.dumps([key, listed], separators=(",", ":")).encode()
    line = b" ".join((_MAGIC, sha256(head).hexdigest().encode(), str(len(head)).encode()))
    return b"".join((line, b"\n", head, *sections.values()))


def unpacked(key: str, content: bytes) -> Mapping[str, memoryview] | None:
    """Return the sections; None where the file is damaged, or not the one of that key."""
    end = content.find(b"\n")
    match content[: max(end, 0)].split(b" "):
        case [magic, digest, length] if magic == _MAGIC and length.isdigit():
            start = end + 1 + int(length)
            head = content[end + 1 : start]
            if sha256(head).hexdigest().encode() == digest:
                return _named(key, head, memoryview(content)[start:])
    return None


def _named(key: str, head: bytes, content: memoryview) -> Mapping[str, memoryview] | None:
    match json.loads(head):
        case [named, list(listed)] if named == key:
            return _checked(listed, content)
    return None


def _checked(listed: list[tuple[str, int, str]], content: memoryview) -> Mapping[str, memoryview] | None:
    found: dict[str, memoryview] = {}
    start = 0
    for name, length, digest in listed:
        section = content[start : start + length]
        if sha256(section).hexdigest() != digest:
            return None
        found[name] = section
        start += length
    return found if start == len(content) else None
