"""`perfrules test`: the tests inside a ruleset, what they do not reach, and the edge cases worth testing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import (
    checked_ruleset,
    language_option,
    path_option,
    plugin_option,
    ruleset_argument,
    say,
    show_problems,
    words,
)
from perfrules.diagnostics.catalogue import Translator

if TYPE_CHECKING:
    from perfrules.api import Ruleset
    from perfrules.ruletests.reach import Part


@click.command("test")
@ruleset_argument
@click.option("--edges", is_flag=True, help="Print the cases at, just under and just over each threshold.")
@path_option
@plugin_option
@language_option
def command(ruleset: Path, edges: bool, paths: tuple[Path, ...], plugins: tuple[str, ...], lang: str) -> None:
    """Run the tests inside RULESET. Exit status 1 if one fails."""
    from perfrules.ruletests.reach import reach
    from perfrules.ruletests.run import run_tests

    rules: Ruleset = checked_ruleset(ruleset, lang, plugins, paths)
    text = words(lang)
    runs = run_tests(rules.plan, rules.tests)
    for run in runs:
        say(text.text("test.failed" if run.failures else "test.passed", {"title": run.test.title}))
    failures = [failure for run in runs for failure in run.failures]
    show_problems(failures, rules.sources, lang)
    failed = sum(bool(run.failures) for run in runs)
    say(text.text("test.summary", {"passed": len(runs) - failed, "failed": failed}))
    found = reach(rules.plan, [run.trace for run in runs if run.trace is not None])
    say(text.text("test.reached", {"reached": len(found.parts) - len(found.unreached), "all": len(found.parts)}))
    for part in found.unreached:
        say(_unreached(part, rules, text))
    if edges:
        for line in _edges(rules, text):
            say(line)
    if failed:
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _unreached(part: Part, rules: Ruleset, text: Translator) -> str:
    source = rules.sources[part.span.file] if part.span else rules.source
    line = source.line_column(part.span.start)[0] if part.span else 0
    written = " ".join(source.span_text(part.span).split()) if part.span else ""
    code = _code(part.node)
    if part.construct == "grade":
        return text.text("test.unreached-grade", {"grade": part.title or written, "line": line})
    construct = text.text(f"construct.{part.construct.replace(' ', '-')}", {})
    return text.text("test.unreached", {"construct": construct, "code": code, "line": line, "text": written})


def _code(node: str) -> str:
    """Name a node as its author does."""
    for prefix in ("decision.", "alert.", "output.", "param.", "let."):
        node = node.removeprefix(prefix)
    owner, _, part = node.partition("/")
    return f"{owner}.{part.removeprefix('let.')}" if part.startswith("let.") else owner


def _edges(rules: Ruleset, text: Translator) -> Iterator[str]:
    from perfrules.prove.edges import edges

    yield text.text("test.edges", {})
    for edge in edges(rules.plan):
        yield f"  {edge}"
