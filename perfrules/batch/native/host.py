"""Machine code for the processor at hand, from LLVM's language."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from perfrules.batch.native.function import function_text, scratch_bytes
from perfrules.batch.native.loop import LANES, Loop
from perfrules.batch.slabs import address_of

_CALL: Final = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)
_NAME: Final = "run"
_LINE: Final = 64
_WORD: Final = 8
_LOCK: Final = threading.Lock()


class NoMachineCodeError(Exception):
    """This machine lets no machine code be made (where memory may not be run, say)."""


@cache
def is_there() -> bool:
    """Tell whether llvmlite is installed, and can be loaded."""
    try:
        import_module("llvmlite.binding")
    except (ImportError, OSError, RuntimeError):
        return False
    return True


@frozen(eq=False)
class MachineCode:
    """A loop that can be run, by any number of threads at one time; Python goes on while it runs."""

    _call: Any
    _engine: Any = field(repr=False)
    """What owns the machine code."""
    _scratch: int

    def run(self, arguments: Sequence[NDArray[Any]], rows: int) -> bool:
        """Run the loop on so many rows; tell whether all cells fit."""
        scratch = np.empty(self._scratch + _LINE, np.uint8)
        addresses = np.array([address_of(each) for each in (*arguments, scratch)], np.int64)
        addresses[-1] += -addresses[-1] % _LINE
        phase = int(np.bincount(addresses[:-1] // _WORD % LANES, minlength=1).argmax())
        return bool(self._call(address_of(addresses), rows, phase) == 0)


def machine_code(loop: Loop) -> MachineCode:
    """Return a loop as machine code; raises NoMachineCodeError where there can be none."""
    from llvmlite import binding

    text = function_text(loop, _NAME)
    with _LOCK:
        module = binding.parse_assembly(text)
        try:
            cpu, features = _processor()
            machine = binding.Target.from_default_triple().create_target_machine(cpu=cpu, features=features, opt=2)
            engine = binding.create_mcjit_compiler(module, machine)  # which owns both from now on
            engine.finalize_object()
        except (RuntimeError, OSError) as error:
            raise NoMachineCodeError from error
        return MachineCode(_CALL(engine.get_function_address(_NAME)), engine, scratch_bytes(loop))


@cache
def _processor() -> tuple[str, str]:
    """Return the name of the processor, and what it can do."""
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
