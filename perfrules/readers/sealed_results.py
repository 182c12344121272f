"""The results in a sealed record, which may be given in the place of a file of results."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from perfrules.readers.limits import Limits

_ARCHIVE: Final = b"PK\x03\x04"
_RESULTS: Final = "results.json"


def is_archive(content: bytes) -> bool:
    """Tell whether *content* begins as a record does."""
    return content.startswith(_ARCHIVE)


def sealed_results(content: bytes, limits: Limits) -> bytes | None:
    """Return the results in a record; None where there are none, or packed ones, as records never have them.

    Whether the record is what was sealed is not asked here: the command line asks first, from Python it is for
    `perfrules.record.open_record` to say.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.getinfo(_RESULTS)
            if found.compress_type != zipfile.ZIP_STORED or found.file_size > limits.file_bytes:
                return None
            return archive.read(found)
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError, OSError):
        return None
