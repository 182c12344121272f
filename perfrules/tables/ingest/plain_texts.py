"""Many different numbers written as plain text, read all at once instead of one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.kinds import Percent, PercentagePoints, is_numeric
from perfrules.tables.ingest.arrow_arrays import decimals_of
from perfrules.tables.ingest.cells import Decimals, Mask

_PLAIN: Final = r"^-?[0-9]{1,18}(\.[0-9]{1,12})?$"
_TYPE: Final = pa.decimal128(38, 12)
_MANY: Final = 500


def plain_texts(declaration: InputDeclaration, words: Sequence[object]) -> tuple[Decimals, Mask] | None:
    """Return *words* as decimals, and which of them are plain numbers (the others are 0).

    None where they are too few for that to pay, or a bare number is not what *declaration* asks for.

    >>> from perfrules.lang.kinds import Number
    >>> number = InputDeclaration(name="x", title=None, kind=Number())
    >>> numbers, are_plain = plain_texts(number, ["1.25", "a dozen", *map(str, range(999))])
    >>> numbers.low[:2].tolist(), are_plain[:3].tolist()
    ([1250000000000, 0], [True, False, True])
    """
    is_share = isinstance(declaration.kind, Percent | PercentagePoints) and declaration.written_as is None
    if len(words) < _MANY or is_share or not is_numeric(declaration.kind):
        return None
    if not all(type(word) is str for word in words):
        return None
    try:
        texts = pa.array(words, pa.large_string())
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    plain = pc.match_substring_regex(texts, _PLAIN)
    return decimals_of(pc.if_else(plain, texts, "0").cast(_TYPE)), np.asarray(plain)
