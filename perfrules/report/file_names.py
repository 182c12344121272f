"""A file name for each entity: its own name as far as every system allows, never two alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d|index)$")
_LONGEST: Final = 60


def file_names(entities: Sequence[str], suffix: str) -> tuple[str, ...]:
    """Return a name for each entity, in which letters that a system forbids are `_`; alike names are numbered.

    >>> file_names(["A/B", "a_b", "财政局", "index"], "html")
    ('A_B.html', 'a_b-2.html', '财政局.html', 'index_.html')
    """
    names: list[str] = []
    taken: set[str] = set()
    for entity in entities:
        plain = _NOT_IN_NAMES.sub("_", entity).strip(" .")[:_LONGEST].strip(" .") or "_"
        plain = f"{plain}_" if _RESERVED.match(plain) else plain
        stem, number = plain, 2
        while stem.casefold() in taken:
            stem, number = f"{plain}-{number}", number + 1
        taken.add(stem.casefold())
        names.append(f"{stem}.{suffix}")
    return tuple(names)


def address_of(name: str) -> str:
    """Return a file name as a link to it writes it.

    >>> address_of("市教育局 2021.html")
    '%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%80%202021.html'
    """
    return quote(name)
