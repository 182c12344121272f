"""From Parquet to Parquet: the 35 indicators on a file of any size, against decoding and encoding alone.

`python -m benchmarks.table.parquet MODE SOURCE TARGET` runs one of them and prints JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.table.child import peak_since, resident_now
from benchmarks.table.competitors.perfrules_columns import in_arrow
from benchmarks.table.numbers import FOLDER, made
from benchmarks.table.printing import print_table
from benchmarks.table.rubric import rubric
from benchmarks.table.ruleset_text import FILE
from benchmarks.timing import ROOT

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 65_536
GROUP = 1_000_000
ROWS, FULL_ROWS = 1_000_000, 10_000_000
MODES = {
    "alone": "pyarrow: decode the data, encode as many results",
    "1": "perfrules, 1 thread",
    "2": "perfrules, 2 threads",
}


def parquet(asked: argparse.Namespace) -> None:
    """Print the table."""
    rows = asked.rows or (FULL_ROWS if asked.full else ROWS)
    source = _source(rows)
    told = {}
    for mode in ("2", "1", "alone"):  # the last encodes what the one before it has found
        command = [sys.executable, "-m", "benchmarks.table.parquet", mode, str(source), str(source.with_suffix(".out"))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        told[mode] = json.loads(done.stdout) if done.returncode == 0 else {"failed": done.stderr.splitlines()[-1]}
    print(f"\nParquet to Parquet, {rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB; every score is written\n")
    lines = [[title, *_figures(told[mode], told["alone"], rows)] for mode, title in MODES.items()]
    print_table(("", "seconds", "× pyarrow alone", "rows / s", "peak MB", "of it extra"), lines)


def _figures(told: dict[str, float], alone: dict[str, float], rows: int) -> list[str]:
    if "failed" in told:
        return [str(told["failed"]), *[""] * 4]
    seconds = told["seconds"]
    ratio = f"{seconds / alone['seconds']:.2f}" if "seconds" in alone else ""
    return [f"{seconds:.2f}", ratio, f"{rows / seconds:,.0f}", f"{told['peak']:,.0f}", f"{told['extra']:,.0f}"]


def _source(rows: int) -> Path:
    """Write the data once, decimals as integers: so they are decoded quickly."""
    import pyarrow.parquet as pq

    path = FOLDER / f"rubric-{rows}.parquet"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        writer = None
        for start in range(0, rows, GROUP):
            table = in_arrow(made(rubric(), min(GROUP, rows - start), start), start)
            writer = writer or pq.ParquetWriter(path, table.schema, store_decimal_as_integer=True)
            writer.write_table(table, row_group_size=GROUP)
        assert writer is not None
        writer.close()
    return path


def _reader(source: Path) -> pa.RecordBatchReader:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(source)
    return pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(batch_size=BLOCK))


def _write(batches: Iterator[pa.RecordBatch], target: Path) -> None:
    import pyarrow.parquet as pq

    first = next(batches)
    with pq.ParquetWriter(target, first.schema, store_decimal_as_integer=True) as writer:
        for batch in chain([first], batches):
            writer.write_batch(batch)


def _alone(source: Path, target: Path) -> None:
    """Decode every batch of the data, and write for as many rows the first results of the run before."""
    import pyarrow.parquet as pq

    result = next(pq.ParquetFile(target).iter_batches(batch_size=BLOCK))
    _write(_as_many(result, _reader(source)), target.with_suffix(".alone"))


def _as_many(result: pa.RecordBatch, data: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Repeat *result* until there are as many rows as of the data."""
    for batch in data:
        left = batch.num_rows
        while left:
            yield result.slice(0, left)
            left -= min(left, result.num_rows)


def _scored(source: Path, target: Path, threads: int) -> None:
    from perfrules import load
    from perfrules.tables.options import TableOptions
    from perfrules.tables.score_table import scored_batches

    rules = load(FILE)
    options = TableOptions(threads=threads)
    _, batches = scored_batches(rules.plan, lambda rows: rules.score_rows(rows).all, _reader(source), options)
    _write(batches, target)


def main() -> None:
    """Run one mode and print its seconds and its memory: the peak, and what of it is more than after the imports."""
    import pyarrow.parquet

    import perfrules  # noqa: F401

    assert pyarrow.parquet
    mode, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    before, start = resident_now(), time.perf_counter()
    if mode == "alone":
        _alone(source, target)
    else:
        _scored(source, target, int(mode))
    seconds, peak = time.perf_counter() - start, peak_since()
    print(json.dumps({"seconds": seconds, "peak": peak, "extra": peak - before}))


if __name__ == "__main__":
    main()
