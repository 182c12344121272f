"""Every command as a person types it: what it prints, its exit status, what it leaves on disk."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import COMMANDS, cli


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("PERFRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def perfrules(*words: str) -> Result:
    result = CliRunner().invoke(cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(params=["en", "zh"])
def started(request: pytest.FixtureRequest, here: Path) -> str:
    """A ruleset and data made by `perfrules new` in each language."""
    assert perfrules("new", "demo", "--lang", request.param).exit_code == 0
    return str(request.param)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    assert perfrules(command, "--help").exit_code == 0


def test_a_new_ruleset_is_sound_formatted_and_passes_its_tests(started: str) -> None:
    checked = perfrules("check", "demo.perfrules", "--lang", "en")
    assert (checked.exit_code, checked.output) == (0, "checked 1 file(s): 0 error(s), 0 warning(s)\n")
    assert perfrules("fmt", "--check", "demo.perfrules").exit_code == 0
    tested = perfrules("test", "demo.perfrules", "--edges")
    assert tested.exit_code == 0
    assert "3 passed, 0 failed" in tested.output


def test_a_new_ruleset_scores_its_data(started: str) -> None:
    # The marks are derived in the comments of the starter's own tests: 30, 21 and 16.
    scored = perfrules("score", "demo.perfrules", "demo-data.csv", "--format", "json")
    assert scored.exit_code == 0
    document = json.loads(scored.output)
    assert [result["total"] for result in document["results"]] == ["30", "21", "16"]
    schema = json.loads(perfrules("schema").output)
    jsonschema.validate(document, schema)
    assert perfrules("score", "demo.perfrules", "demo-data.csv", "--format", "json").output == scored.output


def test_new_never_writes_over_a_file(started: str) -> None:
    again = perfrules("new", "demo")
    assert (again.exit_code, "exists already" in again.output) == (2, True)


def test_a_table_shows_totals_grades_and_decisions(started: str) -> None:
    scored = perfrules("score", "demo.perfrules", "demo-data.csv", "--lang", started)
    assert scored.exit_code == 0
    last = scored.output.splitlines()[-1].split()
    assert last[1:4] == ["12", "4", "16"]


def test_csv_goes_to_a_file_whole(started: str, here: Path) -> None:
    assert perfrules("score", "demo.perfrules", "demo-data.csv", "--format", "csv", "--out", "out.csv").exit_code == 0
    rows = list(csv.DictReader(io.StringIO((here / "out.csv").read_text("utf-8-sig"))))
    assert [row["total"] for row in rows] == ["30", "21", "16"]


def test_set_gives_every_entity_a_value(started: str) -> None:
    heading = {"en": "Reports filed late", "zh": "逾期报告数"}[started]
    changed = perfrules("score", "demo.perfrules", "demo-data.csv", "--set", f"{heading}=0", "--format", "json")
    assert [result["total"] for result in json.loads(changed.output)["results"]] == ["30", "25", "22"]
    assert perfrules("score", "demo.perfrules", "demo-data.csv", "--set", "nonsense").exit_code == 2


def test_bad_data_are_told_at_once_and_the_others_scored(started: str, here: Path) -> None:
    lines = (here / "demo-data.csv").read_text("utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    cells[1][1], cells[2][3] = "fifty", "-3"
    (here / "bad.csv").write_text("\n".join(",".join(line) for line in cells) + "\n", "utf-8")
    scored = perfrules("score", "demo.perfrules", "bad.csv", "--format", "json", "--lang", "en")
    assert scored.exit_code == 3
    assert [result["status"] for result in json.loads(scored.stdout)["results"]] == ["refused", "refused", "final"]
    assert "error[data-not-a-number]" in scored.stderr
    assert "error[data-outside-range]" in scored.stderr
    assert "row 2" in scored.stderr
    assert "row 3" in scored.stderr


def test_columns_the_ruleset_does_not_know_are_refused_unless_ignored(started: str, here: Path) -> None:
    lines = (here / "demo-data.csv").read_text("utf-8").splitlines()
    (here / "wide.csv").write_text("\n".join([f"{lines[0]},phone", *(f"{line},1" for line in lines[1:])]), "utf-8")
    assert perfrules("score", "demo.perfrules", "wide.csv").exit_code == 3
    assert perfrules("score", "demo.perfrules", "wide.csv", "--ignore-unknown").exit_code == 0


def test_a_file_that_is_no_table_is_refused(started: str, here: Path) -> None:
    (here / "empty.csv").write_text("", "utf-8")
    scored = perfrules("score", "demo.perfrules", "empty.csv", "--format", "json")
    assert scored.exit_code == 3
    assert "data-unreadable" in scored.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_explain_speaks_of_every_entity_or_one(started: str, here: Path, lang: str) -> None:
    every = perfrules("explain", "demo.perfrules", "demo-data.csv", "--lang", lang)
    assert every.exit_code == 0
    names = [line.split(",")[0] for line in (here / "demo-data.csv").read_text("utf-8").splitlines()[1:]]
    assert all(name in every.output for name in names)
    one = perfrules(
        "explain", "demo.perfrules", "demo-data.csv", "--entity", names[1], "--indicator", "A2", "--lang", lang
    )
    assert one.exit_code == 0
    assert "85%" in one.output
    assert perfrules("explain", "demo.perfrules", "demo-data.csv", "--entity", "nobody").exit_code == 2
    assert perfrules("explain", "demo.perfrules", "demo-data.csv", "--indicator", "A9").exit_code == 2


@pytest.mark.parametrize(("form", "begins"), [("text", "A"), ("dot", "digraph"), ("mermaid", "flowchart LR")])
def test_graph_draws_each_node(started: str, form: str, begins: str) -> None:
    drawn = perfrules("graph", "demo.perfrules", "--format", form)
    assert drawn.exit_code == 0
    assert drawn.output.startswith(begins)
    assert "A.A2/measure" in drawn.output
    assert "rounded total" in drawn.output


def test_formatting_to_the_other_language_and_back_changes_no_byte(started: str, here: Path) -> None:
    before = (here / "demo.perfrules").read_bytes()
    other = {"en": "zh", "zh": "en"}[started]
    assert perfrules("fmt", "demo.perfrules", "--language", other).exit_code == 0
    assert (here / "demo.perfrules").read_bytes() != before
    assert perfrules("test", "demo.perfrules").exit_code == 0
    assert perfrules("fmt", "demo.perfrules", "--language", started).exit_code == 0
    assert (here / "demo.perfrules").read_bytes() == before


def test_a_file_with_syntax_errors_is_left_as_it_is(here: Path) -> None:
    broken = 'ruleset x "X" version "1" {\n  indicater A 5 points\n}\n'
    (here / "broken.perfrules").write_text(broken, "utf-8")
    assert perfrules("fmt", "broken.perfrules").exit_code == 1
    assert (here / "broken.perfrules").read_text("utf-8") == broken


@pytest.mark.parametrize("form", ["terminal", "json", "sarif", "github"])
def test_check_reports_errors_in_every_form(here: Path, form: str) -> None:
    (here / "wrong.perfrules").write_text(
        'ruleset x "X" version "1" {\n  total 5 points\n  indicator A 4 points {\n    score = 4\n  }\n}\n'
    )
    checked = perfrules("check", ".", "--format", form)
    assert checked.exit_code == 1
    assert "marks-do-not-add-up" in checked.output


def test_a_template_filled_in_scores(started: str, here: Path) -> None:
    assert perfrules("template", "demo.perfrules", "--out", "blank.csv", "--lang", started).exit_code == 0
    assert perfrules("template", "demo.perfrules", "--out", "blank.xlsx", "--lang", started).exit_code == 0
    blank = (here / "blank.csv").read_text("utf-8-sig").rstrip("\n")
    (here / "filled.csv").write_text(f"{blank}\nEast,50,50,1200,1200,0\n", "utf-8")
    scored = perfrules("score", "demo.perfrules", "filled.csv", "--format", "json")
    assert [result["total"] for result in json.loads(scored.stdout)["results"]] == ["30"]


def test_input_schema_accepts_the_data_and_refuses_others(started: str) -> None:
    schema = json.loads(perfrules("schema", "demo.perfrules").output)
    sound = {"department": "East", "staff": 50, "quota": 50, "spent": "1200 万元", "budget": 1200, "late": 0}
    names = list(schema["properties"])
    if started == "zh":
        sound = dict(zip([name for name in names if name in schema["required"]], sound.values(), strict=True))
    jsonschema.validate(sound, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({}, schema)


def test_why_knows_every_code_and_suggests_near_ones() -> None:
    listed = perfrules("why").output.split()
    assert "marks-do-not-add-up" in listed
    near = perfrules("why", "marks-do-not-ad-up")
    assert near.exit_code == 2
    assert "marks-do-not-add-up" in near.output
    assert perfrules("why", "qqq", "--lang", "en").output == (
        "there is no problem code qqq; `perfrules why` lists them all\n"
    )


def test_a_file_takes_the_form_its_name_ends_in(started: str, here: Path) -> None:
    for name in ("out.csv", "out.json", "out.txt"):
        assert perfrules("score", "demo.perfrules", "demo-data.csv", "--out", name).exit_code == 0
    assert (here / "out.csv").read_bytes() == perfrules_bytes(here, "--format", "csv")
    assert len(json.loads((here / "out.json").read_text("utf-8"))["results"]) == 3
    assert "  " in (here / "out.txt").read_text("utf-8")


def perfrules_bytes(here: Path, *options: str) -> bytes:
    assert perfrules("score", "demo.perfrules", "demo-data.csv", *options, "--out", "again").exit_code == 0
    return (here / "again").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("score", "demo.perfrules", "demo-data.csv", "--out", "nowhere/out.json"),
        ("explain", "demo.perfrules", "demo-data.csv", "--out", "demo-data.csv/out.txt"),
        ("template", "demo.perfrules", "--out", "nowhere/blank.csv"),
        ("template", "demo.perfrules", "--out", "blank.docx"),
        ("schema", "demo.perfrules", "--out", "nowhere/schema.json"),
        ("new", "nowhere/demo"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is_left(started: str, here: Path, words: tuple[str, ...]) -> None:
    before = sorted(here.iterdir())
    refused = perfrules(*words)
    assert refused.exit_code == 2
    assert words[-1] in refused.stderr
    assert sorted(here.iterdir()) == before


def test_data_without_entities_are_told(started: str, here: Path) -> None:
    (here / "nobody.jsonl").write_bytes(b"")
    scored = perfrules("score", "demo.perfrules", "nobody.jsonl", "--lang", "en")
    assert (scored.exit_code, scored.stderr) == (0, "no entity in nobody.jsonl\n")


def test_whoever_asks_about_one_entity_hears_nothing_of_the_others(started: str, here: Path) -> None:
    lines = (here / "demo-data.csv").read_text("utf-8").splitlines()
    names = [line.split(",")[0] for line in lines[1:]]
    lines[1] = lines[1].replace(lines[1].split(",")[1], "fifty", 1)
    (here / "bad.csv").write_text("\n".join(lines) + "\n", "utf-8")
    asked = perfrules("explain", "demo.perfrules", "bad.csv", "--entity", names[1])
    assert (asked.exit_code, asked.stderr) == (0, "")
    assert perfrules("explain", "demo.perfrules", "bad.csv", "--entity", names[0]).exit_code == 3


def test_our_own_mistakes_end_in_status_70(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = import_module("perfrules.cli.main")

    def broken() -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(module, "cli", broken)
    with pytest.raises(SystemExit) as stopped:
        module.main()
    assert stopped.value.code == 70
    assert "out of order" in capsys.readouterr().err
