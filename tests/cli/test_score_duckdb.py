"""`perfrules score --engine duckdb` writes what the other engines write, and reads the rest itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from perfrules.api import Ruleset
from perfrules.cli.main import cli
from tests.support.engine_tables import COMPARED, SIMPLE, compared_table, simple_table


def score(folder: Path, data: str, out: str, engine: str) -> tuple[int, list[str]]:
    arguments = ["score", str(folder / "rules.perfrules"), str(folder / data), "--out", str(folder / out)]
    found = CliRunner(env={"NO_COLOR": "1"}).invoke(cli, [*arguments, "--engine", engine], catch_exceptions=False)
    return found.exit_code, found.output.replace(out, "OUT").splitlines()[:-1]


@pytest.mark.parametrize(("rules", "table"), [(SIMPLE, simple_table), (COMPARED, compared_table)])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_same_files_and_the_same_problems(
    rules: Ruleset, table: Callable[[Random, int], pa.Table], suffix: str, tmp_path: Path
) -> None:
    (tmp_path / "rules.perfrules").write_text(rules.source.text, encoding="utf-8")
    data = table(Random(4), 200)
    pacsv.write_csv(data, tmp_path / "data.csv")
    pq.write_table(data, tmp_path / "data.parquet")
    expected = score(tmp_path, f"data.{suffix}", f"columns.{suffix}", "columns")
    assert expected[0] == 3
    assert score(tmp_path, f"data.{suffix}", f"duckdb.{suffix}", "duckdb") == expected
    if suffix == "csv":
        assert (tmp_path / "duckdb.csv").read_bytes() == (tmp_path / "columns.csv").read_bytes()
    else:
        assert pq.read_table(tmp_path / "duckdb.parquet") == pq.read_table(tmp_path / "columns.parquet")


def test_csv_that_duckdb_reads_in_another_way_is_read_as_ever(tmp_path: Path) -> None:
    (tmp_path / "rules.perfrules").write_text(SIMPLE.source.text, encoding="utf-8")
    (tmp_path / "data.csv").write_bytes("town,done,spent\n北京,5,1\n\n上海,6,2\n".encode("gb18030"))
    expected = score(tmp_path, "data.csv", "columns.csv", "columns")
    assert expected[0] == 0
    assert score(tmp_path, "data.csv", "duckdb.csv", "duckdb") == expected
    assert (tmp_path / "duckdb.csv").read_bytes() == (tmp_path / "columns.csv").read_bytes()
