"""Run the blocks of one page in order, in an empty folder, as a reader would who types them in.

`perfrules FILE`, `csv FILE`, `json FILE` write a file; `perfrules add FILE` puts its text before the last brace of one;
a ruleset without a name only has to compile, unless its first line is `# error: CODE`. `console` blocks are commands
after `$ ` with their output, in which a line `…` stands for any lines. `python` blocks are doctests. `text`, `sh` and
`toml` are not run.
"""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules import api
from perfrules.cli.main import cli
from tests.spec.blocks import Block, blocks_of

KINDS_NOT_RUN = frozenset({"text", "sh", "toml"})


def run_page(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """Run every block of *page*; the first that does something else than the page says fails."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PERFRULES_LANG", language)
    names: dict[str, object] = {}
    for block in blocks_of(page):
        match block.kind:
            case "perfrules" if not block.name:
                _compiles_or_not(block)
            case "perfrules" | "csv" | "json":
                write_file(block, folder)
            case "console":
                _console(block)
            case "python":
                _doctest(block, names)
            case kind:
                assert kind in KINDS_NOT_RUN, f"{block.place}: nobody runs a block of this kind: {block.info}"


def write_file(block: Block, folder: Path) -> None:
    """Write the file that a block names; one that names none, nothing."""
    name = block.name.removeprefix("add ").strip()
    text = block.text
    if block.name.startswith("add "):
        head, brace, tail = (folder / name).read_text(encoding="utf-8").rpartition("}")
        text = f"{head}\n{text}{brace}{tail}"
    if name:
        (folder / name).write_text(text, encoding="utf-8")


def _compiles_or_not(block: Block) -> None:
    compiled = api.compile(block.text)
    stated = set(re.findall(r"^# error: (\S+)$", block.text, re.MULTILINE))
    found = {each.code.value for each in compiled.diagnostics if each.severity.value == "error"}
    assert found == stated, f"{block.place}: {compiled.diagnostics}"


def _console(block: Block) -> None:
    for command, expected in commands_of(block.text):
        found = output_of(command)
        assert fits(found, expected), f"{block.place}: $ {command}\n{found}"


def commands_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """Go through the commands of a console block, each with the lines it prints."""
    command: str | None = None
    output: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            if command is not None:
                yield command, output
            command, output = line.removeprefix("$ "), []
        else:
            output.append(line)
    assert command is not None, "a console block begins with `$ `"
    yield command, output


def output_of(command: str) -> str:
    """Run `perfrules …` in this process and return what it prints, errors included."""
    program, *arguments = shlex.split(command)
    assert program.endswith("perfrules"), command
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"})
    return runner.invoke(cli, arguments, prog_name="perfrules", catch_exceptions=False).output


def fits(found: str, expected: list[str]) -> bool:
    """Tell whether *found* is *expected*; blanks at the ends of lines and of the text do not count."""
    lines = [line.rstrip() for line in found.rstrip("\n").split("\n")]
    wanted = [line.rstrip() for line in expected]
    while wanted and not wanted[-1]:
        wanted.pop()
    pattern = "\n".join("(?:.*\n)*?.*" if line == "…" else re.escape(line) for line in wanted)
    return re.fullmatch(pattern, "\n".join(lines) if wanted else "".join(lines)) is not None


def _doctest(block: Block, names: dict[str, object]) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, block.place, block.file, block.line)
    assert test.examples, f"{block.place}: no example"
    reported: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    runner.run(test, out=reported.append, clear_globs=False)
    names.update(test.globs)
    assert not reported, "".join(reported)
