"""The examples of the pages of docs/reference/errors: rulesets and data that cause a problem, and those that mend it.

The info string of a block says what it is:

    perfrules error=CODE | warning=CODE | ok    a ruleset; with `·=U+200B` the sign stands for that character, with
                                                `saved-as=gb18030` the file has that encoding, with `filled-to=N` it
                                                has that many bytes; `allowing=NAME` lets that plug-in be loaded
    csv NAME                                    a file that the rulesets below it name
    csv NAME error=CODE | note=CODE | ok        data for the ruleset above (likewise json); with `rows=N` no more are
                                                read, with `without=MODULE` that library is not there, with
                                                `alone` each row is scored by itself, with `as-columns` they are
                                                scored as a table, with
                                                `because-of=CODE` that code is there as well, with
                                                `previous=FILE` (or `none`) that file has the earlier results, with
                                                `together=RULESET:DATA` those are scored together with them
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
from attrs import field, frozen

from perfrules import api
from perfrules.diagnostics import Diagnostic
from perfrules.readers.limits import Limits
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.readers.table import read_data
from perfrules.ruletests.run import run_tests
from perfrules.supplying import supply, supply_each
from perfrules.tables.error import TableError
from perfrules.text import SourceText
from perfrules.together import score_rows_together
from tests.spec.blocks import Block, blocks_of

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "errors"
_STATES = ("error", "warning", "note")
_STANDS_FOR = re.compile(r"(\S)=U\+([0-9A-F]{4})")


@frozen(kw_only=True)
class Example:
    """One block that is run, with the files its ruleset names and, for data, the ruleset it is for."""

    page: str
    block: Block
    attributes: dict[str, str]
    files: dict[str, bytes]
    rules: Example | None = None

    @property
    def code(self) -> str | None:
        """The code that the block causes; None where it is right."""
        return next((self.attributes[state] for state in _STATES if state in self.attributes), None)

    @property
    def stated_severity(self) -> str | None:
        """What the block calls the severity of its code."""
        return next((state for state in _STATES if state in self.attributes), None)

    @property
    def allowed(self) -> tuple[str, ...]:
        """The plug-ins that may be loaded."""
        return tuple(name for name in self.attributes.get("allowing", "").split(",") if name)

    @property
    def is_data(self) -> bool:
        return self.block.kind != "perfrules"

    @property
    def name(self) -> str:
        """The name of the file that the block stands for."""
        return self.block.info.split()[1] if self.is_data else "example.perfrules"

    @property
    def content(self) -> bytes:
        """The file that the block stands for."""
        text = self.block.text
        for sign, number in _STANDS_FOR.findall(self.block.info):
            text = text.replace(sign, chr(int(number, 16)))
        if "filled-to" in self.attributes:
            text += "#" * (int(self.attributes["filled-to"]) - len(text.encode("utf-8")))
        return text.encode(self.attributes.get("saved-as", "utf-8"))


@frozen(kw_only=True)
class Told:
    """What is said about an example, and the text it is said about."""

    problems: tuple[Diagnostic, ...]
    source: SourceText
    sources: dict[str, SourceText] = field(init=False)

    @sources.default
    def _by_name(self) -> dict[str, SourceText]:
        return {self.source.name: self.source}


def examples_of(page: Path) -> Iterator[Example]:
    """Go through the examples of a page; a block that says nothing of itself is a file for those below."""
    files: dict[str, bytes] = {}
    rules: Example | None = None
    for block in blocks_of(page):
        words = block.info.split()
        attributes = dict(word.partition("=")[::2] for word in words[1:])
        if block.kind != "perfrules" and not {"ok", *_STATES} & set(attributes):
            files[words[1]] = block.text.encode("utf-8")
            continue
        example = Example(page=page.stem, block=block, attributes=attributes, files=dict(files), rules=rules)
        if not example.is_data:
            rules = example
        yield example


def told(example: Example, folder: Path) -> Told:
    """Run an example in *folder*, and collect everything that is said: on compiling, in the tests, on the data."""
    for name, content in {**example.files, example.name: example.content}.items():
        (folder / name).write_bytes(content)
    if not example.is_data:
        return told_of_rules(folder / example.name, example.allowed)
    assert example.rules is not None, f"{example.block.place}: no ruleset above these data"
    (folder / example.rules.name).write_bytes(example.rules.content)
    ruleset = api.load(folder / example.rules.name, plugins=example.rules.allowed)
    limits = Limits(rows=int(example.attributes.get("rows", Limits().rows)))
    read = read_data(folder / example.name, ruleset.plan, ReadOptions(limits=limits))
    if "together" in example.attributes:
        return Told(problems=_told_together(example, folder, ruleset, read.rows), source=ruleset.source)
    if "as-columns" in example.attributes:
        return Told(problems=_told_of_table(example, ruleset), source=ruleset.source)
    results = ruleset.score_rows(read.rows, supply(ruleset.plan, None, _previous(example, folder)))
    if "alone" in example.attributes:
        table = csv.DictReader(example.block.text.splitlines())
        results = api.Results(tuple(ruleset.score(row) for row in table))
    of_rows = [problem for result in results for problem in result.problems]
    return Told(problems=(*read.problems, *of_rows), source=ruleset.source)


def _told_together(
    example: Example, folder: Path, ruleset: api.Ruleset, rows: Sequence[EntityRow]
) -> tuple[Diagnostic, ...]:
    """Score the data together with those of another ruleset, and collect what is said about either."""
    name, _, data = example.attributes["together"].partition(":")
    other = api.load(folder / name)
    others = read_data(folder / data, other.plan).rows
    supplied = supply_each([ruleset.plan, other.plan], None, None)
    try:
        results = score_rows_together([(ruleset, rows), (other, others)], supplied)
    except api.RulesetError as refused:
        return refused.diagnostics
    return tuple(problem for result in results for problem in result.problems)


def _told_of_table(example: Example, ruleset: api.Ruleset) -> tuple[Diagnostic, ...]:
    """Score the data as a table of texts, and collect what is said about that."""
    rows = [*csv.DictReader(example.block.text.splitlines())]
    try:
        ruleset.score_table(pa.Table.from_pylist(rows), on_problem="stop")
    except TableError as refused:
        return refused.diagnostics
    return ()


def _previous(example: Example, folder: Path) -> str | Path | None:
    """Return the earlier results that the block names; `none` where it says that there are none."""
    said = example.attributes.get("previous")
    return said if said in (None, "none") else folder / str(said)


def told_of_rules(path: Path, allowed: tuple[str, ...] = ()) -> Told:
    """Compile a ruleset and run the tests inside it."""
    compiled = api.compile_file(path, plugins=allowed)
    problems = [*compiled.diagnostics]
    if compiled.ruleset is not None:
        runs = run_tests(compiled.ruleset.plan, compiled.ruleset.tests)
        problems += [failure for run in runs for failure in run.failures]
    return Told(problems=tuple(problems), source=compiled.source)
