"""The bytes of a file within the stated limit, and their text: UTF-8, else GB 18030, which Chinese Excel writes."""

from __future__ import annotations

from pathlib import Path

from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.readers.limits import Limits, too_large
from perfrules.readers.raw import unreadable


def read_bytes(path: Path, limits: Limits) -> bytes | Diagnostic:
    """Return the content of the file, or why there is none."""
    place = DataPlace(file=str(path))
    try:
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
        size = path.stat().st_size
    except FileNotFoundError:
        return unreadable("no-such-file", place)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return unreadable("cannot-be-opened", place)
    if len(content) > limits.file_bytes:
        return too_large(max(size, len(content)), "bytes", limits.file_bytes, place)
    return content


def decode(content: bytes, place: DataPlace) -> str | Diagnostic:
    """Return the text, without a byte order mark."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return unreadable("not-text", place)
