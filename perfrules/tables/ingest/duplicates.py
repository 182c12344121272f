"""Entities that occur more than once, found by hashes of their names; equal hashes are held against the names.

Needs 16 bytes for each entity while it works, and nothing where the names only go up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_WORD: Final = 8
_STRETCH: Final = 16_384
"""Names looked at together: so few that all of it stays near the processor."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_STEP: Final = np.uint64(0xC2B2AE3D27D4EB4F)


def duplicates_of(names: Sequence[pa.Array]) -> Mapping[str, tuple[int, ...]]:
    """Return the places of every name that occurs more than once; *names* are those of consecutive blocks.

    >>> duplicates_of([pa.array(["b", "a"], pa.large_string()), pa.array(["b", ""], pa.large_string())])
    {'b': (0, 2)}
    """
    if _only_go_up(names):
        return {}
    hashes = np.concatenate([name_hashes(each) for each in names]) if names else np.empty(0, np.uint64)
    hashes.sort()
    twice = hashes[1:][hashes[1:] == hashes[:-1]]
    del hashes
    if not len(twice):
        return {}
    suspected = (np.nonzero(np.isin(name_hashes(each), twice))[0] for each in names)
    return _by_name(names, suspected)


def name_hashes(names: pa.Array) -> NDArray[Any]:
    """Return a hash of 64 bits for each of *names* (large strings): their words times odd numbers, added up.

    >>> first, other, again = name_hashes(pa.array(["a", "a longer name", "a"], pa.large_string())).tolist()
    >>> first == again != other
    True
    """
    offsets, content = _content(names)
    lengths = np.diff(offsets)
    words = _words_at(content)
    factor = _FACTOR
    with np.errstate(over="ignore"):
        hashes = lengths.astype(np.uint64) * factor
        for done in range(0, int(lengths.max(initial=0)), _WORD):
            found = words[np.minimum(offsets[:-1] + done, len(words) - 1)]
            left = np.clip(lengths - done, 0, _WORD)
            found = np.where(left > 0, found << (8 * (_WORD - np.maximum(left, 1))).astype(np.uint64), np.uint64(0))
            factor = factor * _STEP | np.uint64(1)
            hashes += found * factor
    return hashes


def only_count_up(pieces: Iterable[Any]) -> bool:
    """Tell whether whole numbers only get greater, from one stretch to the next, too.

    >>> only_count_up([np.array([1, 2]), np.array([5])]), only_count_up([np.array([1, 1])])
    (True, False)
    """
    last: int | None = None
    for each in pieces:
        if len(each):
            if not (each[1:] > each[:-1]).all() or (last is not None and int(each[0]) <= last):
                return False
            last = int(each[-1])
    return True


def _content(names: pa.Array) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where each text begins (and the last one ends), and the bytes, eight more than there are."""
    _, places, content = names.buffers()
    offsets = np.frombuffer(places, np.int64)[names.offset : names.offset + len(names) + 1]
    if not len(names):
        return np.zeros(1, np.int64), np.zeros(_WORD, np.uint8)
    used = np.frombuffer(content or b"", np.uint8)[offsets[0] : offsets[-1]]
    return offsets - offsets[0], np.concatenate([used, np.zeros(_WORD, np.uint8)])


def _words_at(content: NDArray[Any]) -> NDArray[Any]:
    """Return the eight bytes from each place on as one number; the first byte is the lowest."""
    return np.ndarray((len(content) - _WORD + 1,), "<u8", content.data, strides=(1,))


def _only_go_up(names: Sequence[pa.Array]) -> bool:
    """Tell whether all names have the same length, at most sixteen bytes, and each is greater than the one before."""
    last: tuple[int, ...] = ()
    for each in (stretch.slice(start, _STRETCH) for stretch in names for start in range(0, len(stretch), _STRETCH)):
        offsets, content = _content(each)
        width = int(offsets[1])
        if not 0 < width <= 2 * _WORD or not (offsets[1:] - offsets[:-1] == width).all():
            return False
        keys = _keys(content, width, len(each))
        first = (width, *(int(key[0]) for key in keys))
        if (last and (first[0] != last[0] or first <= last)) or not _strictly(keys):
            return False
        last = (width, *(int(key[-1]) for key in keys))
    return True


def _keys(content: NDArray[Any], width: int, rows: int) -> list[NDArray[Any]]:
    """Return texts of one width as one or two numbers that are in the order of the texts."""
    begins = [0] if width <= _WORD else [0, width - _WORD]
    found = []
    for begin in begins:
        words = np.ndarray((rows,), ">u8", content.data, offset=begin, strides=(width,)).astype(np.uint64)
        found.append(words if width >= _WORD else words >> np.uint64(8 * (_WORD - width)))
    return found


def _strictly(keys: Sequence[NDArray[Any]]) -> bool:
    above = keys[0][1:] > keys[0][:-1]
    if len(keys) == 2:
        above |= (keys[0][1:] == keys[0][:-1]) & (keys[1][1:] > keys[1][:-1])
    return bool(above.all())


def _by_name(names: Sequence[pa.Array], suspected: Iterable[NDArray[Any]]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    start = 0
    for block, places in zip(names, suspected, strict=True):
        for place, name in zip(places.tolist(), block.take(pa.array(places)).to_pylist(), strict=True):
            if name:
                found.setdefault(name, []).append(start + place)
        start += len(block)
    return {name: tuple(places) for name, places in found.items() if len(places) > 1}
