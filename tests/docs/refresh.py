"""Write into pages what their commands print: `python -m tests.docs.refresh docs/tutorial.md …`.

To be read before it is committed: a refreshed page agrees with the program whether or not the program is right. Output
that fits already, `…` included, is left as it is. Without pages, the page of the command line is written. Pages of
`rulesets` are run as from the top of the repository, on a copy of it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from perfrules.cli.main import COMMANDS
from tests.docs.cli_page import PAGE, cli_page
from tests.docs.running import commands_of, fits, output_of, write_file
from tests.spec.blocks import blocks_of

RULESETS = Path(__file__).parents[2] / "rulesets"


def refreshed(page: Path) -> str:
    """Return *page* with the output of its console blocks as it is; runs in the current folder, which it fills."""
    lines = page.read_text(encoding="utf-8").split("\n")
    for block in reversed(list(_with_output(page))):
        start, end = block[0], block[0] + block[1]
        lines[start:end] = block[2]
    return "\n".join(lines)


def _with_output(page: Path) -> Iterator[tuple[int, int, list[str]]]:
    for block in blocks_of(page):
        if block.kind in ("perfrules", "csv", "json"):
            write_file(block, Path.cwd())
        elif block.kind == "console":
            printed = [line for command, shown in commands_of(block.text) for line in _printed(command, shown)]
            yield block.line, block.text.count("\n"), printed


def _printed(command: str, shown: list[str]) -> list[str]:
    found = output_of(command)
    if fits(found, shown):
        return [f"$ {command}", *shown]
    return [f"$ {command}", *(line.rstrip() for line in found.rstrip("\n").split("\n") if found)]


def main(pages: list[str]) -> None:
    os.environ.pop("PERFRULES_LANG", None)
    if not pages:
        os.environ["PERFRULES_LANG"] = "en"
        PAGE.write_text(cli_page(tuple(COMMANDS)), encoding="utf-8")
    for page in [Path(each).resolve() for each in pages]:
        os.environ["PERFRULES_LANG"] = "zh" if page.name.endswith(".zh.md") else "en"
        with tempfile.TemporaryDirectory() as folder:
            if page.is_relative_to(RULESETS):
                shutil.copytree(RULESETS, Path(folder) / RULESETS.name)
            os.chdir(folder)
            page.write_text(refreshed(page), encoding="utf-8")
            os.chdir(page.parent)


if __name__ == "__main__":
    main(sys.argv[1:])
