"""Walk trees of any depth without Python's own recursion: generators ask for the results of parts and are sent them."""

from collections.abc import Callable, Generator
from typing import Any, TypeVar

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")


def run_on_stack(start: Callable[[Ask], Generator[Ask, Answer, Answer]], root: Ask) -> Answer:
    """Run *start(root)*; whatever it yields is run the same way, and its result is sent back.

    >>> def depth(nested):
    ...     return 1 + ((yield nested[0]) if nested else 0)
    >>> run_on_stack(depth, (((),),))
    3
    """
    running = [start(root)]
    answer: Any = None
    while running:
        try:
            asked = running[-1].send(answer)
        except StopIteration as done:
            running.pop()
            answer = done.value
        else:
            running.append(start(asked))
            answer = None
    result: Answer = answer
    return result
