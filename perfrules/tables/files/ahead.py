"""What is read while what was read before is worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Final, TypeVar

from attrs import frozen

Thing = TypeVar("Thing")

_PATIENCE: Final = 1


@frozen
class _End:
    """The last thing, with what stopped the reading, if anything did."""

    error: BaseException | None = None


def ahead(things: Iterable[Thing], most: int) -> Iterator[Thing]:
    """Yield *things*, of which another thread has up to *most* ready.

    >>> list(ahead(range(3), most=1))
    [0, 1, 2]
    """
    ready: Queue[Thing | _End] = Queue(most)
    stopped = Event()
    reader = Thread(target=_read, args=(things, ready, stopped), name="perfrules-reader", daemon=True)
    reader.start()
    try:
        while not isinstance(found := ready.get(), _End):
            yield found
        if found.error is not None:
            raise found.error
    finally:
        stopped.set()
        _emptied(ready)
        reader.join()


def _read(things: Iterable[Thing], ready: Queue[Thing | _End], stopped: Event) -> None:
    end = _End()
    try:
        for each in things:
            if not _put(each, ready, stopped):
                return
    except BaseException as error:  # told by the thread that waits for the next thing
        end = _End(error)
    _put(end, ready, stopped)


def _put(thing: Thing | _End, ready: Queue[Thing | _End], stopped: Event) -> bool:
    """Wait until there is room; tell whether anybody still wants it."""
    while not stopped.is_set():
        try:
            ready.put(thing, timeout=_PATIENCE)
        except Full:
            continue
        return True
    return False


def _emptied(ready: Queue[Thing | _End]) -> None:
    try:
        while True:
            ready.get_nowait()
    except Empty:
        return
