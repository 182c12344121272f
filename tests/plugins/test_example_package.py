"""The worked package, built and installed as a user would, and used from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from perfrules.writers.canonical import result_schema
from tests.support.installing import EXAMPLE, TOP

RULES = """\
ruleset demo "Demo" version "1" {
  use plugin efficacy version "1.2"
  use plugin gini version "1.2"
  entity place "Place"
  total 20 points
  input rate  "Rate"  : % decimals 1 in [0%, 100%]
  input north "North" : 万元 decimals 2 in [0, 1000]
  input south "South" : 元 decimals 2 in [0, 10_000_000]
  indicator A "Progress" 10 points { score = efficacy(rate, 50%, 90%) }
  indicator B "Evenness" 10 points { measure gini(north, south); score = (1 - measure) * full }
}
"""
DATA = "place: East\nrate: 70%\nnorth: 1\nsouth: 30000 元\n\nplace: West\nrate: 95%\nnorth: 3 万元\nsouth: 30000\n"
ALLOWED = ("--plugin", "efficacy", "--plugin", "gini", "--plugin", "keyvalue")


@pytest.fixture(scope="module")
def pip_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pip")
    source = folder / "source"
    for path in (each for each in EXAMPLE.rglob("*") if each.is_file() and "__pycache__" not in each.parts):
        copy = source / path.relative_to(EXAMPLE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    options = ["--no-build-isolation", "--no-index", "--no-deps", "--disable-pip-version-check", "--quiet"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder / "site"), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "demo.perfrules").write_text(RULES, "utf-8")
    (tmp_path / "data.kv").write_text(DATA, "utf-8")
    return tmp_path


def run(folder: Path, site: Path, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{TOP}", "PERFRULES_LANG": "en"}
    command = [sys.executable, "-m", "perfrules", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done


def test_scores_come_out_and_name_the_plugins_with_their_digest(pip_site: Path, folder: Path) -> None:
    done = run(folder, pip_site, "score", "demo.perfrules", "data.kv", "--format", "json", *ALLOWED)
    tree = json.loads(done.stdout)
    jsonschema.Draft202012Validator(result_schema()).validate(tree)
    # East: 10 × (0.6 + 0.4 × 20 ÷ 40) = 8; |1 − 3| ÷ (2 × 4) = 1/4, so 7.5. West: 10; both alike, so 10.
    assert {each["entity"]: each["total"] for each in tree["results"]} == {"East": "15.5", "West": "20"}
    named = [(each["kind"], each["name"], each["version"]) for each in tree["plugins"]]
    assert named == [("method", "efficacy", "1.2"), ("method", "gini", "1.2"), ("reader", "keyvalue", "1.2")]
    assert len({each["digest"] for each in tree["plugins"]}) == 1
    assert all(len(each["digest"]) == 64 for each in tree["plugins"])


def test_another_code_of_the_plugin_is_another_ruleset(pip_site: Path, folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    subprocess.run(["cp", "-r", str(pip_site), str(changed)], check=True)
    module = changed / "perfrules_example_plugin" / "gini.py"
    module.write_text(module.read_text("utf-8") + "# another\n", "utf-8")
    words = ("score", "demo.perfrules", "data.kv", "--format", "json", *ALLOWED)
    first, second = (json.loads(run(folder, site, *words).stdout) for site in (pip_site, changed))
    assert first["ruleset"]["hash"] != second["ruleset"]["hash"]
    assert first["plugins"][0]["digest"] != second["plugins"][0]["digest"]
    assert first["results"] == second["results"]
    again = json.loads(run(folder, pip_site, *words).stdout)  # and now with compiled files in the folder
    assert again == first


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "By the efficacy coefficient, 70% earns 8 points of 10 points:",
                "The Gini coefficient of 1 万元, 30000 元 is 25%.",
            ],
        ),
        (
            "zh",
            ["按功效系数法：实际值70%，不允许值50%，满意值90%，满分10分，得8分。", "1万元、30000元的基尼系数为25%。"],
        ),
    ],
)
def test_the_plugin_explains_itself(pip_site: Path, folder: Path, language: str, sentences: list[str]) -> None:
    for indicator, sentence in zip("AB", sentences, strict=True):
        choice = ("--entity", "East", "--indicator", indicator, "--lang", language)
        done = run(folder, pip_site, "explain", "demo.perfrules", "data.kv", *choice, *ALLOWED)
        assert sentence in " ".join(done.stdout.split())


def test_a_plugin_that_is_not_allowed_is_not_even_imported(pip_site: Path, folder: Path) -> None:
    done = run(folder, pip_site, "check", "demo.perfrules", "--plugin", "efficacy", status=1)
    assert done.stdout.count("plugin-not-allowed") == 1
    assert "add `--plugin gini`" in done.stdout
    script = (
        "import perfrules, sys\n"
        "compiled = perfrules.compile_file('demo.perfrules')\n"
        "assert {each.code.value for each in compiled.diagnostics} >= {'plugin-not-allowed'}\n"
        "assert not [name for name in sys.modules if name.startswith('perfrules_example_plugin')]\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{pip_site}{os.pathsep}{TOP}"}
    subprocess.run([sys.executable, "-c", script], cwd=folder, env=environment, check=True)


def test_another_version_than_the_ruleset_asks_for_is_refused(pip_site: Path, folder: Path) -> None:
    (folder / "demo.perfrules").write_text(RULES.replace('gini version "1.2"', 'gini version "1.1"'), "utf-8")
    done = run(folder, pip_site, "check", "demo.perfrules", *ALLOWED, status=1)
    assert done.stdout.count("version-conflict") == 1


def test_without_the_package_the_ruleset_says_what_is_missing(folder: Path, tmp_path: Path) -> None:
    done = run(folder, tmp_path, "check", "demo.perfrules", *ALLOWED, status=1)
    assert done.stdout.count("plugin-not-installed") == 2


def test_a_file_of_a_plugin_is_not_read_unless_that_is_allowed(pip_site: Path, folder: Path) -> None:
    done = run(folder, pip_site, "score", "demo.perfrules", "data.kv", *ALLOWED[:4], status=3)
    assert "data-unreadable" in done.stderr


def test_data_of_a_reader_go_through_the_same_checks(pip_site: Path, folder: Path) -> None:
    (folder / "data.kv").write_text(DATA.replace("95%", "195%"), "utf-8")
    done = run(folder, pip_site, "score", "demo.perfrules", "data.kv", *ALLOWED, status=3)
    assert "data-outside-range" in done.stderr
    (folder / "data.kv").write_text("East\n", "utf-8")
    done = run(folder, pip_site, "score", "demo.perfrules", "data.kv", *ALLOWED, status=3)
    assert "plugin-fault" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_installed_is_listed(pip_site: Path, folder: Path, tmp_path: Path) -> None:
    listed = run(folder, pip_site, "plugins").stdout.splitlines()
    assert "method gini: perfrules-example-plugin 1.2" in listed
    assert "reader keyvalue: perfrules-example-plugin 1.2" in listed


def test_its_own_tests_pass(pip_site: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{pip_site}{os.pathsep}{TOP}"}
    options = ["-q", "-p", "no:cacheprovider", "-c", str(EXAMPLE / "pyproject.toml"), "--import-mode=importlib"]
    command = [sys.executable, "-m", "pytest", *options, str(EXAMPLE / "tests")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
