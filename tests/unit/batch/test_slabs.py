"""Memory for results: what somebody holds is his alone, what nobody holds is used again."""

from __future__ import annotations

from threading import Thread

import numpy as np
import pyarrow as pa

from perfrules.batch.slabs import copy_of, words_for

ROWS = 65_536


def in_a_thread(work: object) -> None:
    """Run in a thread of its own, which begins without any memory."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def test_what_is_held_stays_as_it_is() -> None:
    def work() -> None:
        held = []
        for number in range(300):
            words = words_for(ROWS // 16)
            words[:] = number
            if number % 3 == 0:
                held.append((number, pa.py_buffer(words)))  # as Arrow holds it: the array itself is let go
        for number, buffer in held:
            assert (np.frombuffer(buffer, np.int64) == number).all()

    in_a_thread(work)


def test_what_nobody_holds_is_used_again() -> None:
    def work() -> None:
        places = set()
        for _ in range(100):
            block = [words_for(ROWS) for _ in range(20)]
            places |= {each.ctypes.data for each in block}
            del block
        assert len(places) <= 4 * 8  # of 2,000 slices, eight to a piece

    in_a_thread(work)


def test_large_columns_have_memory_of_their_own() -> None:
    words = words_for(3_000_000)
    assert words.base is not None
    assert words.base.nbytes == words.nbytes


def test_copies_are_of_any_type() -> None:
    for cells in (np.array([True, False, True]), np.array([7, 8], np.int32), np.array([0.5]), np.array([], np.int64)):
        copied = copy_of(cells)
        assert copied.dtype == cells.dtype
        assert copied.tolist() == cells.tolist()
        assert not np.shares_memory(copied, cells)
