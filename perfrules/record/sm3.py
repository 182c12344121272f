"""SM3 (GB/T 32905-2016) in plain Python, for where the hash library of the system lacks it: slow, and the same."""

from __future__ import annotations

import struct
from typing import Final

_MASK: Final = 0xFFFFFFFF
_START: Final = (
    0x7380166F,
    0x4914B2B9,
    0x172442D7,
    0xDA8A0600,
    0xA96F30BC,
    0x163138AA,
    0xE38DEE4D,
    0xB0FB0E4E,
)


def sm3_hex(content: bytes) -> str:
    """Return the digest of *content* in hex.

    >>> sm3_hex(b"abc")
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    """
    padding = b"\x80" + bytes(-(len(content) + 9) % 64) + struct.pack(">Q", len(content) * 8)
    whole = content + padding
    state: tuple[int, ...] = _START
    for place in range(0, len(whole), 64):
        state = _compressed(state, struct.unpack_from(">16I", whole, place))
    return "".join(f"{word:08x}" for word in state)


def _turned(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & _MASK


def _expanded(block: tuple[int, ...]) -> list[int]:
    words = list(block)
    for place in range(16, 68):
        mixed = words[place - 16] ^ words[place - 9] ^ _turned(words[place - 3], 15)
        permuted = mixed ^ _turned(mixed, 15) ^ _turned(mixed, 23)
        words.append(permuted ^ _turned(words[place - 13], 7) ^ words[place - 6])
    return words


def _compressed(state: tuple[int, ...], block: tuple[int, ...]) -> tuple[int, ...]:
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for turn in range(64):
        constant = 0x79CC4519 if turn < 16 else 0x7A879D8A
        first = _turned((_turned(a, 12) + e + _turned(constant, turn)) & _MASK, 7)
        second = first ^ _turned(a, 12)
        chosen = a ^ b ^ c if turn < 16 else (a & b) | (a & c) | (b & c)
        picked = e ^ f ^ g if turn < 16 else (e & f) | (~e & g)
        left = (chosen + d + second + (words[turn] ^ words[turn + 4])) & _MASK
        right = (picked + h + first + words[turn]) & _MASK
        a, b, c, d = left, a, _turned(b, 9), c
        e, f, g, h = right ^ _turned(right, 9) ^ _turned(right, 17), e, _turned(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
