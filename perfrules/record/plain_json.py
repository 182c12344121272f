"""Reading the JSON of records, in which there are no numbers: all of them are texts."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NumberFound(ValueError):  # noqa: N818 - it says what is so
    """JSON in which a number stands."""


def tree_of(content: bytes) -> Any:
    """Read JSON without numbers. ValueError for anything else."""
    return json.loads(content, parse_int=_refused, parse_float=_refused, parse_constant=_refused)


def _refused(text: str) -> NoReturn:
    raise NumberFound(text[:40])
