"""Blocks of results made of single entities' evaluations, in any of the representations that the kernel may choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.results import BlockResult, CodeCells, NodeCells, RatioCells, ScaledCells
from perfrules.batch.tape import code_of_state
from perfrules.lang.states import State


def block_of(rows: Sequence[Mapping[str, Any]], aside: Sequence[bool], texts: list[str], random: Random) -> BlockResult:
    """Return the values of *rows* by node; what is aside holds anything. New texts are put at the end of *texts*."""
    nodes = {node: _cells([row[node] for row in rows], aside, texts, random) for node in rows[0]}
    return BlockResult(nodes=nodes, aside=np.array(aside, np.bool_))


def _cells(found: Sequence[Any], aside: Sequence[bool], texts: list[str], random: Random) -> NodeCells:
    states = np.array([code_of_state(each if isinstance(each, State) else None) for each in found], np.uint8)
    known = [each for each, out in zip(found, aside, strict=True) if not out and not isinstance(each, State)]
    values = [each if not out and not isinstance(each, State) else None for each, out in zip(found, aside, strict=True)]
    kept = None if not states.any() and random.random() < 0.8 else states
    if not known:
        return NodeCells(None, states)
    if isinstance(known[0], bool):
        return NodeCells(CodeCells(np.array([random.random() < 0.5 if v is None else v for v in values])), kept)
    if isinstance(known[0], str):
        texts += [text for text in dict.fromkeys(known) if text not in texts]
        return NodeCells(CodeCells(np.array([99999 if v is None else texts.index(v) for v in values], np.int32)), kept)
    if isinstance(known[0], date):
        days = [Fraction(5) if v is None else Fraction(v.toordinal()) for v in values]
        return NodeCells(ScaledCells(np.array([float(day) for day in days]), 1), kept)
    return NodeCells(_numbers(values, random), kept)


def _numbers(values: Sequence[Fraction | None], random: Random) -> ScaledCells | RatioCells:
    scale = lcm(*(each.denominator for each in values if each is not None))
    if scale > 10**15 or random.random() < 0.2:
        tops = [0 if each is None else each.numerator for each in values]
        below = [1 if each is None else each.denominator for each in values]
        small = all(abs(each) < 2**62 for each in (*tops, *below)) and random.random() < 0.5
        return RatioCells(_array(tops, small), _array(below, small))
    scale *= random.choice((1, 1, 1, 10))
    raw = [None if each is None else int(each * scale) for each in values]
    most = max(abs(each) for each in raw if each is not None)
    if most < 2**53 and random.random() < 0.6:
        return ScaledCells(np.array([np.nan if each is None else each for each in raw], np.float64), scale)
    return ScaledCells(_array([7 if each is None else each for each in raw], most < 2**63), scale)


def _array(numbers: Sequence[int], small: bool) -> NDArray[Any]:
    found = np.empty(len(numbers), object)
    found[:] = numbers
    return found.astype(np.int64) if small else found
