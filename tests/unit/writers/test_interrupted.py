"""An interrupt at any step of writing a file leaves the file that was there, or the whole new one, and nothing else."""

from __future__ import annotations

import contextlib
import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

import pytest

from perfrules.writers import atomic
from perfrules.writers.atomic import opened_atomically

STEPS_IN = frozenset({atomic.__file__, contextlib.__file__})
OLD, NEW = b"as it was", b"all of the new"


class Interrupting:
    """Interrupts before the instruction of this number, among those that open, finish and clean up."""

    def __init__(self, step: int) -> None:
        self.left = step

    def __call__(self, frame: FrameType, event: str, _: Any) -> Interrupting | None:
        if frame.f_code.co_filename not in STEPS_IN:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.left -= 1
            if self.left < 0:
                sys.settrace(None)
                raise KeyboardInterrupt
        return self


def write_in_a_block(path: Path) -> None:
    with opened_atomically(path) as file:
        file.write(NEW)


def write_in_a_stack(path: Path) -> None:
    with ExitStack() as stack:
        stack.enter_context(opened_atomically(path)).write(NEW)


def give_up(path: Path) -> None:
    with opened_atomically(path) as file:
        file.write(NEW[:3])
        raise KeyboardInterrupt


def interrupted(write: Callable[[Path], None], path: Path, step: int) -> bool:
    """Write with an interrupt; tell whether it came before all was done.

    In a thread of its own, since Python may still take an exception for handled that was interrupted while it was.
    """
    interrupting = Interrupting(step)

    def run() -> None:
        sys.settrace(interrupting)
        try:
            write(path)
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(None)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return interrupting.left < 0


@pytest.fixture
def _little_to_collect() -> Iterator[None]:
    """Let the collector look at what comes alone."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_little_to_collect")
@pytest.mark.filterwarnings("ignore:unclosed file")  # interrupted between opening it and taking hold of it
@pytest.mark.parametrize("write", [write_in_a_block, write_in_a_stack, give_up])
def test_an_interrupt_at_any_step_leaves_a_whole_file_and_no_other(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    path, found = tmp_path / "out.csv", set()
    for step in range(10_000):
        path.write_bytes(OLD)
        came = interrupted(write, path, step)
        gc.collect()  # an interrupted stack holds on to what it did not close until it is collected
        assert [each.name for each in tmp_path.iterdir()] == ["out.csv"], step
        found.add(path.read_bytes())
        if not came:
            break
    assert not came
    assert step > 100
    assert found == ({OLD} if write is give_up else {OLD, NEW})


def test_what_is_still_held_is_removed_when_the_process_ends(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from perfrules.writers.atomic import opened_atomically

held = opened_atomically(Path(sys.argv[1]))
held.__enter__().write(b"half")
sys.modules["kept"] = held
raise KeyboardInterrupt
"""
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path / "out.csv")], capture_output=True, timeout=60)
    assert b"KeyboardInterrupt" in run.stderr
    assert list(tmp_path.iterdir()) == []
