"""What the documentation shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.running import fits, output_of, run_page
from tests.spec.blocks import blocks_of

TOP = Path(__file__).parents[2]
PAGES = sorted(
    [
        *TOP.glob("README*.md"),
        *TOP.glob("docs/*.md"),
        *TOP.glob("docs/explanation/*.md"),
        *(page for page in TOP.glob("docs/how-to/*.md") if not page.name.startswith("write-a-plugin")),
        *(page for page in TOP.glob("docs/reference/*.md") if page.name not in ("keywords.md", "cli.md")),
    ]
)
READMES = [page for page in PAGES if page.parent == TOP]


def language_of(page: Path) -> str:
    return "zh" if page.name.endswith(".zh.md") else "en"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_page(page, tmp_path, monkeypatch, language_of(page))


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_first_command_of_the_readme_prints_what_the_readme_shows(
    readme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the installation, which needs a network: every call of perfrules, from the top of the repository."""
    monkeypatch.chdir(TOP)
    monkeypatch.setenv("PERFRULES_LANG", language_of(readme))
    blocks = blocks_of(readme)
    command, shown = next(
        (block, blocks[place + 1])
        for place, block in enumerate(blocks)
        if block.kind == "sh" and " score " in block.text
    )
    calls = re.findall(r"\.venv/bin/perfrules ([^&\n]+)", command.text.replace("\\\n", " "))
    assert len(calls) == 2
    found = "".join(output_of("perfrules " + call) for call in calls)
    assert fits(found, shown.text.rstrip("\n").split("\n")), found


def test_the_test_command_of_the_readme_is_the_one_that_is_run() -> None:
    script = (TOP / ".ci" / "run").read_text(encoding="utf-8")
    for readme in READMES:
        command = next(block.text for block in blocks_of(readme) if block.kind == "sh" and "pytest" in block.text)
        for step in ("python3 -m venv .venv", ".ci/packages", "'.[dev]'", ".venv/bin/python -m pytest"):
            assert step in command
            assert step in script


LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize(
    "page",
    sorted([*TOP.glob("*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("tests/spec/*.md")]),
    ids=lambda page: str(page.relative_to(TOP)),
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
