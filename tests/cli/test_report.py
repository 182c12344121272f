"""`perfrules report` as a person types it: files, exit status, the same bytes in any place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import cli

ROOT = Path(__file__).parents[2]
SCHEME = ROOT / "rulesets" / "pinghu" / "department"
RULES, DATA = str(SCHEME / "department.perfrules"), str(SCHEME / "data" / "2021-2024.csv")
PLACES = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "America/St_Johns"},
)


def perfrules(*words: str) -> Result:
    result = CliRunner().invoke(cli, ("report", *words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_report_of_one_entity_and_of_all(tmp_path: Path) -> None:
    one, everyone = tmp_path / "one.html", tmp_path / "all.html"
    assert perfrules(RULES, DATA, "--entity", "市教育局2021", "--out", str(one), "--lang", "zh").exit_code == 0
    assert perfrules(RULES, DATA, "--out", str(everyone), "--lang", "en").exit_code == 0
    assert "<h1>市教育局2021</h1>" in one.read_text("utf-8")
    assert "逐项规则与代入数据" in one.read_text("utf-8")
    assert 'id="e4"' in everyone.read_text("utf-8")


def test_a_folder_gets_a_file_of_each_and_a_page_of_all_that_leads_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    done = perfrules(RULES, DATA, "--each", str(folder), "--lang", "zh")
    assert done.exit_code == 0
    assert "4个评价对象" in done.output
    years = [f"市教育局{year}.html" for year in (2021, 2022, 2023, 2024)]
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", *years]
    assert 'href="%E5%B8%82%E6%95%99%E8%82%B2%E5%B1%802021.html"' in (folder / "index.html").read_text("utf-8")


def test_the_name_of_the_file_says_that_it_is_a_pdf(tmp_path: Path) -> None:
    file = tmp_path / "one.PDF"
    assert perfrules(RULES, DATA, "--entity", "市教育局2021", "--out", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_refused_entities_are_in_the_report_and_in_the_exit_status(tmp_path: Path) -> None:
    data, out = tmp_path / "data.csv", tmp_path / "all.html"
    data.write_text(Path(DATA).read_text("utf-8-sig").replace("86.2%", "八成"), encoding="utf-8")
    done = perfrules(RULES, str(data), "--out", str(out), "--lang", "zh")
    assert done.exit_code == 3
    assert "八成" in out.read_text("utf-8")
    assert str(tmp_path) not in out.read_text("utf-8")
    one = tmp_path / "one.html"
    assert perfrules(RULES, str(data), "--entity", "市教育局2021", "--out", str(one)).exit_code == 3
    assert "refused" in one.read_text("utf-8")
    assert perfrules(RULES, str(data), "--entity", "市教育局2022", "--out", str(one)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--out FILE.html"),
        (("--out", "a.docx"), ".html or .pdf"),
        (("--out", "a.html", "--each", "b"), "do not go together"),
        (("--entity", "x", "--each", "b"), "do not go together"),
        (("--out", "a.html", "--entity", "市教育局1999"), "市教育局1999"),
        (("--each", "file"), "not a folder"),
    ],
)
def test_what_is_wrong_with_a_call_is_told(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    done = perfrules(RULES, DATA, *words, "--lang", "en")
    assert done.exit_code == 2
    assert said in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_data_of_nobody_give_a_page_of_nobody(tmp_path: Path) -> None:
    data, out = tmp_path / "data.csv", tmp_path / "all.html"
    data.write_text(Path(DATA).read_text("utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    assert perfrules(RULES, str(data), "--out", str(out), "--lang", "en").exit_code == 0
    assert "0 entities" in out.read_text("utf-8")


def test_data_that_cannot_be_read_give_no_page(tmp_path: Path) -> None:
    data, out = tmp_path / "data.json", tmp_path / "all.html"
    data.write_bytes(b"\x00\xff{")
    assert perfrules(RULES, str(data), "--out", str(out)).exit_code == 3
    assert not out.exists()


def test_the_day_that_was_asked_for_is_on_the_page(tmp_path: Path) -> None:
    out = tmp_path / "one.html"
    words = ("--entity", "市教育局2021", "--as-of", "2024-06-30", "--out", str(out), "--lang", "zh")
    assert perfrules(RULES, DATA, *words).exit_code == 0
    assert "2024-06-30" in out.read_text("utf-8")


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_same_bytes_under_any_hash_seed_locale_and_time_zone(form: str, tmp_path: Path) -> None:
    made = set()
    for number, place in enumerate(PLACES):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = ["report", RULES, DATA, "--entity", "市教育局2023", "--lang", "zh", "--out", f"page.{form}"]
        environment = {**os.environ, **place, "PYTHONPATH": str(ROOT), "PERFRULES_CACHE": "off"}
        subprocess.run([sys.executable, "-m", "perfrules", *command], cwd=folder, env=environment, check=True)
        made.add((folder / f"page.{form}").read_bytes())
    assert len(made) == 1
