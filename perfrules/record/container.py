"""The container: a ZIP archive whose bytes follow from its members alone.

Members are stored, not compressed, in one order, all dated 1 January 1980, with ASCII names and neither extra fields
nor comments: for one set of members there is one sequence of bytes. Whoever has the members can write the archive again
and compare it byte by byte.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from typing import Final

LOCAL: Final = struct.Struct("<4s5H3I2H")
ENTRY: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
LOCAL_MARK: Final = b"PK\x03\x04"
ENTRY_MARK: Final = b"PK\x01\x02"
END_MARK: Final = b"PK\x05\x06"

_VERSION: Final = 20
_MADE_BY: Final = 0x0314  # Unix, so that modes are read
_MODE: Final = 0o100644 << 16
_DATE: Final = 0x0021  # 1980-01-01, the first day that the format knows
_NAME: Final = re.compile(r"[A-Za-z0-9%._@+-]+(?:/[A-Za-z0-9%._@+-]+)*")

_FIRST: Final = ("VERIFY.txt", "manifest.json")
_FOLDERS: Final = ("ruleset/", "inputs/given/", "inputs/results/", "entities/")
_LAST: Final = (
    "nodes.json",
    "results.json",
    "cohort.json",
    "problems.json",
    "trace.csv",
    "renderings.json",
    "common.json",
    "SHA256SUMS",
    "statement.json",
)

OrderKey = tuple[int, int, str]


def order_of(name: str) -> OrderKey:
    """Return the key by which members are sorted: by what they are, numbered ones by number, then by name."""
    if name in _FIRST:
        return _FIRST.index(name), 0, name
    for place, folder in enumerate(_FOLDERS, start=len(_FIRST)):
        if name.startswith(folder):
            stem = name.removeprefix(folder).partition(".")[0]
            number = int(stem) if folder == "entities/" and stem.isascii() and stem.isdigit() and len(stem) < 10 else 0
            return place, number, name
    return len(_FIRST) + len(_FOLDERS) + (_LAST.index(name) if name in _LAST else len(_LAST)), 0, name


def is_member_name(name: str) -> bool:
    """Tell whether *name* can be that of a member: relative, ASCII, nothing that leads out of a folder.

    >>> is_member_name("entities/1.json"), is_member_name("../x"), is_member_name("/x")
    (True, False, False)
    """
    return bool(_NAME.fullmatch(name)) and not {".", ".."} & set(name.split("/")) and len(name) <= 240


def safe_name(name: str, number: int) -> str:
    """Return *name* as one part of a member's name: other characters as percent and hexadecimal bytes; one that would
    be too long is numbered.

    >>> safe_name("mof.common:cn.csv", 1), safe_name("县.csv", 1), safe_name("x" * 200 + ".csv", 2)
    ('mof.common%3Acn.csv', '%E5%8E%BF.csv', 'file-2.csv')
    """
    coded = "".join(
        chr(byte) if re.fullmatch(r"[A-Za-z0-9._@+-]", chr(byte)) else f"%{byte:02X}" for byte in name.encode("utf-8")
    )
    if len(coded) <= 120 and coded not in ("", ".", ".."):
        return coded
    ending = re.search(r"\.[A-Za-z0-9]{1,12}$", name)
    return f"file-{number}{ending[0] if ending else ''}"


def container(members: Mapping[str, bytes]) -> bytes:
    """Return the archive that holds *members*."""
    pieces: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for name in sorted(members, key=order_of):
        content, coded = members[name], name.encode("ascii")
        crc, size = zlib.crc32(content), len(content)
        head = LOCAL.pack(LOCAL_MARK, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(coded), 0) + coded
        entry = (ENTRY_MARK, _MADE_BY, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(coded), 0, 0, 0, 0, _MODE, offset)
        entries.append(ENTRY.pack(*entry) + coded)
        pieces += [head, content]
        offset += len(head) + size
    directory = b"".join(entries)
    end = END.pack(END_MARK, 0, 0, len(entries), len(entries), len(directory), offset, 0)
    return b"".join((*pieces, directory, end))
