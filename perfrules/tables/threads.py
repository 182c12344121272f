"""Work on one thing after another by several threads, with what comes of it in the order of the things."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")

_AT_MOST: Final = 4


def usual_threads() -> int:
    """Return how many threads are used unless somebody says otherwise."""
    return min(os.cpu_count() or 1, _AT_MOST)


def in_order(work: Callable[[Thing], Made], things: Iterable[Thing], threads: int) -> Iterator[Made]:
    """Yield what *work* makes of each of *things*, in their order; no more are taken than *threads* can begin with.

    >>> list(in_order(str, range(5), threads=2))
    ['0', '1', '2', '3', '4']
    """
    if threads <= 1:
        yield from map(work, things)
        return
    pool = ThreadPoolExecutor(threads, thread_name_prefix="perfrules")
    waiting: deque[Future[Made]] = deque()
    try:
        for thing in things:
            if len(waiting) == threads:
                yield waiting.popleft().result()
            waiting.append(pool.submit(work, thing))
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
