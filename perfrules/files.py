"""Files beside a ruleset: found below its folder, never outside it."""

from collections.abc import Callable
from pathlib import Path


def beside(ruleset: Path) -> Callable[[str], bytes | None]:
    """Return a reader for the files that the ruleset at this path names; None for one that is not there or lies
    outside.
    """
    folder = ruleset.resolve().parent

    def read(name: str) -> bytes | None:
        place = (folder / name).resolve()
        if not place.is_relative_to(folder) or not place.is_file():
            return None
        return place.read_bytes()

    return read
