"""`perfrules score` from file to file: whatever the size, the same bytes as small data have, whole files or none."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfrules import loads
from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.main import cli

RULES = """ruleset demo.schools "Schools" version "1" {
  entity school "School"
  total 10 points
  round leaves to 2 decimals half up
  grades of rounded total {
    good >= 7
    poor otherwise
  }
  input spent  "Spent" : 万元 decimals 2 in [0, 1000]
  input budget "Budget" : 万元 decimals 2 in [1, 1000]
  input open : yes/no
  input since : date optional
  indicator A "Spending" 6 points { score curve of spent / budget { 0% -> 0; 50% -> 4; 100% -> full } }
  indicator B "Judged" 4 points { score judged { "any" -> [0, 4] } }
  output rate : number = spent / budget
  output known : yes/no = open
}
"""
COLUMNS = ["School", "Spent", "Budget", "open", "since", "B.mark"]
ROWS = [
    ["Hill", "20", "60", "yes", "2024-01-31", "3"],
    ["-Lake", "30", "60", "no", "", ""],
    ['The "old" one, north', "12.50", "50", "yes", "", "4"],
    ["桥", "x", "60", "yes", "", "1"],
    ["Hill", "1", "3", "yes", "", "1"],
    ["Moor", "1", "8", "yes", "", "0"],
]


def score(rules: Path, data: Path, out: Path, *more: str) -> Result:
    """Score into a file."""
    return CliRunner().invoke(cli, ["score", str(rules), str(data), "--out", str(out), "--lang", "en", *more])


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rules") / "schools.perfrules"
    path.write_text(RULES, "utf-8")
    return path


def written(rows: list[list[str]], path: Path, **how: str) -> Path:
    """Write a CSV file as a program would."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=how.get("end", "\r\n"), delimiter=how.get("delimiter", ",")).writerows(rows)
    path.write_bytes(text.getvalue().encode(how.get("encoding", "utf-8")))
    return path


def told(run: Result) -> list[str]:
    """What was said of the data, without what is said of the run."""
    ours = ("wrote ", "… and ")
    return [line for line in run.stderr.splitlines() if not line.startswith(ours) and " refused: " not in line]


def assert_same(rules: Path, data: Path, folder: Path) -> None:
    """Hold what is written block by block against what the evaluator of single entities writes."""
    small, large = folder / "small.csv", folder / "large.csv"
    for file in (small, large):
        file.unlink(missing_ok=True)
    one, other = score(rules, data, small), score(rules, data, large, "--engine", "columns")
    assert (other.exit_code, told(other)) == (one.exit_code, told(one))
    assert large.read_bytes() == small.read_bytes()


BUNDLED = [
    ("forestry/provincial_part/provincial_part", "published.csv"),
    ("forestry/provincial_part/provincial_part", "as_printed.csv"),
    ("linjiang/road_passenger/road_passenger", "self_score.json"),
    ("mof/self_evaluation/self_evaluation", "2024.csv"),
    ("pinghu/audit_agency/pinghu.audit_project", "projects.csv"),
    ("pinghu/department/department", "2024-pending.csv"),
    ("pinghu/department/department", "2021-2024.csv"),
    ("pinghu/department/department.zh", "2024-education.csv"),
    ("pinghu/townships/pinghu.townships", "towns.csv"),
    ("shiqu/quality_work/quality_work", "published.csv"),
    ("township/half_year/half_year", "published.csv"),
    ("undp/human_development_index/human_development_index", "2021.csv"),
    ("wenfeng/dual_monitoring/wenfeng.project", "projects.csv"),
    ("yiyang/industrial_fund/industrial_fund", "published.json"),
]


@pytest.mark.parametrize(("rules", "data"), BUNDLED)
def test_bundled_data_give_the_same_bytes(rules: str, data: str, tmp_path: Path) -> None:
    path = Path("rulesets", f"{rules}.perfrules")
    assert_same(path, path.parent / "data" / data, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_those_of_small_files(
    rules: Path, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    data = written([COLUMNS, *ROWS], tmp_path / "data.csv", encoding=encoding, delimiter=delimiter)
    assert_same(rules, data, tmp_path)


CELLS = st.sampled_from(["", " ", "7", "07.50", "1,5", "1000", "yes", '"', "a\nb", "2024-02-30", "北", "\x85", "x\ty"])
LINES = st.lists(st.lists(CELLS, max_size=7), max_size=3)


@settings(max_examples=60, deadline=None)
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]), before=st.integers(0, 2), raw=st.booleans())
@example(lines=[["Dale", "1", "2", "yes", "", "1", "stray"], [], ["Fell"]], end="\r\n", before=1, raw=False)
@example(lines=[['ab"c', "1", "2", '"yes"x']], end="\n", before=0, raw=True)
def test_any_lines_are_read_as_in_small_files(
    rules: Path, tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], end: str, before: int, raw: bool
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    table = [*[[""]] * before, COLUMNS, *ROWS, *lines]
    data = written(table, folder / "data.csv", end=end)
    if raw:
        data.write_bytes(end.join(",".join(line) for line in table).encode())
    small, large = folder / "small.csv", folder / "large.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("perfrules.tables.files.seen.KEPT", 1000)  # all that is told of small data
        one, other = score(rules, data, small), score(rules, data, large, "--engine", "rows")
    assert other.exit_code == one.exit_code
    if "data-unreadable" in one.stderr and "beyond" not in one.stderr and not large.exists():
        assert "nothing was written" in other.stderr
        assert [line for line in told(other) if "error" in line][:1] == [line for line in told(one) if "error" in line]
    else:
        assert told(other) == told(one)
        assert large.read_bytes() == small.read_bytes()


def test_blocks_of_a_larger_file_are_those_of_one(rules: Path, tmp_path: Path) -> None:
    rows = [[f"学校{n}", str(n % 900), "900.5", "yes" if n % 3 else "no", "", str(n % 5)] for n in range(12_000)]
    rows[7000] = ["", "", "", "", "", ""]
    rows[7500] = [*rows[7500], "stray"]
    rows[8000] = ["Two\nlines", *rows[8000][1:]]
    rows[9000][1] = "-1"
    rows[9500][0] = rows[20][0]
    data = written([COLUMNS, *rows], tmp_path / "data.csv")
    assert_same(rules, data, tmp_path)


def test_numbers_without_end_are_two_columns_wherever_the_first_of_them_stands(rules: Path, tmp_path: Path) -> None:
    exact = [[f"S{n}", "1", "8", "yes", "", "1"] for n in range(3000)]
    data = written([COLUMNS, *exact], tmp_path / "data.csv")
    assert_same(rules, data, tmp_path)
    assert b",rate,known," in (tmp_path / "large.csv").read_bytes().splitlines()[0]
    written([COLUMNS, *exact, ["last", "1", "3", "yes", "", "1"]], data)
    assert_same(rules, data, tmp_path)
    assert b",rate.numerator,rate.denominator,known," in (tmp_path / "large.csv").read_bytes().splitlines()[0]


def as_excel(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([COLUMNS, *ROWS]):
            sheet.write_row(place, 0, row)


def as_json_lines(path: Path) -> None:
    path.write_text("".join(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in ROWS), "utf-8")


def as_parquet(path: Path) -> None:
    columns = dict(zip(COLUMNS, map(list, zip(*ROWS, strict=True)), strict=True))
    pq.write_table(pa.table(columns), path, row_group_size=2)


@pytest.mark.parametrize(
    ("suffix", "write"), [(".xlsx", as_excel), (".jsonl", as_json_lines), (".parquet", as_parquet)]
)
def test_other_formats_give_the_same_bytes(
    rules: Path, tmp_path: Path, suffix: str, write: Callable[[Path], None]
) -> None:
    data = tmp_path / f"data{suffix}"
    write(data)
    assert_same(rules, data, tmp_path)


def test_parquet_holds_what_score_table_gives(rules: Path, tmp_path: Path) -> None:
    table = pa.table(
        {
            "School": ["Hill", "Lake", "Moor"],
            "Spent": [Decimal("20.00"), Decimal("1.25"), Decimal("-3.00")],
            "Budget": [60, 60, 60],
            "open": [True, False, True],
            "since": [date(2024, 1, 31), None, None],
            "B.mark": [3, 4, 1],
        }
    )
    data, out = tmp_path / "data.parquet", tmp_path / "out.parquet"
    pq.write_table(table, data)
    assert score(rules, data, out).exit_code == ExitCode.REFUSED
    assert pq.read_table(out).to_pylist() == loads(RULES).score_table(table).to_pylist()


def test_refused_rows_are_set_aside_with_their_cells_and_their_problems(rules: Path, tmp_path: Path) -> None:
    data = written([COLUMNS, *ROWS], tmp_path / "data.csv")
    out, aside = tmp_path / "out.parquet", tmp_path / "refused.csv"
    run = score(rules, data, out, "--aside", str(aside))
    assert run.exit_code == ExitCode.REFUSED
    assert f"wrote {aside}: the rows that are refused, 3" in run.stderr
    heading, *rows = csv.reader(io.StringIO(aside.read_text("utf-8-sig"), newline=""))
    assert heading == [*COLUMNS, "row", "problems"]
    assert [row[: len(COLUMNS)] for row in rows] == [ROWS[0], ROWS[3], ROWS[4]]
    assert [row[-2] for row in rows] == ["2", "5", "6"]
    assert "`x`" in rows[1][-1]


def test_many_problems_are_counted_and_the_first_told(rules: Path, tmp_path: Path) -> None:
    rows = [[f"S{n:04}", "-1", "8", "yes", "", "1"] for n in range(500)]
    run = score(rules, written([COLUMNS, *rows], tmp_path / "data.csv"), tmp_path / "out.csv", "--threads", "2")
    assert run.stderr.count("error[data-outside-range]") == 10
    assert "entity `S0009`" in run.stderr
    assert "… and 490 more of `data-outside-range`" in run.stderr


@pytest.mark.parametrize("out", ["out.csv", "out.parquet", "out.json"])
def test_stopping_at_problems_writes_nothing(rules: Path, tmp_path: Path, out: str) -> None:
    data = written([COLUMNS, *ROWS], tmp_path / "data.csv")
    (tmp_path / out).write_text("as it was")
    run = score(rules, data, tmp_path / out, "--on-problem", "stop")
    assert run.exit_code == ExitCode.REFUSED
    assert "data-not-a-number" in run.stderr
    assert "nothing was written" in run.stderr
    assert (tmp_path / out).read_text() == "as it was"
    assert sorted(os.listdir(tmp_path)) == ["data.csv", out]


@pytest.mark.parametrize("more", [["--format", "parquet"], ["--aside", "x.csv"], ["--engine", "rows"]])
def test_what_goes_to_files_only_is_told(rules: Path, tmp_path: Path, more: list[str]) -> None:
    data = written([COLUMNS, *ROWS], tmp_path / "data.csv")
    run = CliRunner().invoke(cli, ["score", str(rules), str(data), "--lang", "en", *more])
    assert run.exit_code == ExitCode.USAGE
    assert "this goes to a file only" in run.stderr


def test_final_makes_provisional_results_a_finding(rules: Path, tmp_path: Path) -> None:
    data = written([COLUMNS, ROWS[1]], tmp_path / "data.csv")
    assert score(rules, data, tmp_path / "out.parquet").exit_code == ExitCode.FINE
    assert score(rules, data, tmp_path / "out.parquet", "--final").exit_code == ExitCode.FINDINGS


def large_file(path: Path, rows: int) -> Path:
    """Write many rows of which nothing is refused."""
    columns = {
        "School": [f"S{n}" for n in range(rows)],
        "Spent": pa.array([n % 900 for n in range(rows)], pa.int32()),
        "Budget": pa.array([900] * rows, pa.int32()),
        "open": [True] * rows,
        "B.mark": pa.array([n % 5 for n in range(rows)], pa.int8()),
    }
    pq.write_table(pa.table(columns), path, row_group_size=50_000)
    return path


def test_an_interrupted_run_leaves_what_was_there(rules: Path, tmp_path: Path) -> None:
    data, out = large_file(tmp_path / "data.parquet", 20_000), tmp_path / "out.parquet"
    out.write_text("as it was")
    command = [sys.executable, "-m", "perfrules", "score", str(rules), str(data), "--out", str(out), "--engine", "rows"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as run:
        for _ in range(600):
            if any(name.endswith(".part") for name in os.listdir(tmp_path)):
                break
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode != 0
    assert out.read_text() == "as it was"
    assert sorted(os.listdir(tmp_path)) == ["data.parquet", "out.parquet"]


def test_memory_does_not_grow_with_the_rows(rules: Path, tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        data = large_file(tmp_path / f"{rows}.parquet", rows)
        command = f"""
import resource
from perfrules.cli.main import cli
cli(["score", {str(rules)!r}, {str(data)!r}, "--out", {str(tmp_path / "out.csv")!r}], standalone_mode=False)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
        run = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
        return int(run.stdout)

    assert peak(600_000) - peak(200_000) < 100_000  # kilobytes; all results of 400,000 rows would be more


@pytest.mark.parametrize("place", [4, 2], ids=["a column", "the end"])
def test_a_broken_file_is_told_and_leaves_nothing(rules: Path, tmp_path: Path, place: int) -> None:
    data = large_file(tmp_path / "data.parquet", 3000)
    content = bytearray(data.read_bytes())
    content[len(content) // place : -4 if place == 2 else len(content) // place + 400] = b"\xff" * 400
    data.write_bytes(content)
    run = score(rules, data, tmp_path / "out.parquet")
    assert run.exit_code == ExitCode.REFUSED
    assert "error[data-unreadable]" in run.stderr
    assert os.listdir(tmp_path) == ["data.parquet"]


def test_one_thread_and_the_evaluator_of_single_entities_write_the_same(rules: Path, tmp_path: Path) -> None:
    data = written([COLUMNS, *ROWS], tmp_path / "data.csv")
    found = []
    for more in (["--threads", "1"], ["--threads", "3"], ["--engine", "rows"]):
        score(rules, data, tmp_path / "out.parquet", *more)
        found.append((tmp_path / "out.parquet").read_bytes())
    assert found[1:] == found[:1] * 2
