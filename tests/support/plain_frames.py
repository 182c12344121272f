"""Tables whose columns lie plainly in memory, of every form that machine code reads, on and beside every edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

ROWS = 1300
RULES = """
ruleset demo "Demo" version "1" {
  input spent  : 万元 decimals 2 in [-100, 1000]
  input budget : 万元 decimals 2 in [1, 1000]
  input staff  : person in [0, 50] optional
  input index  : number decimals 3 in [-9000000, 9000000]
  input open   : yes/no
  total 20 points
  round leaves to 2 decimals half up
  indicator A "Execution" 10 points {
    measure spent / budget
    score curve of measure { 0% -> 0; 100% -> full }
  }
  indicator B "Staff" 10 points {
    measure staff
    missing -> zero
    score bands of measure { >= 20 person -> full; >= 5 person -> 6; otherwise -> 0 }
  }
  output left "Left" : 万元 = budget - spent
  output even "Even" : number = round(index / 3 to 0.1 half even)
  output doubled "Doubled" : number = 2 * index
}
"""


def frames(seed: int) -> Iterator[pa.Table]:
    """Return tables with cells that do not fit (the first), and tables without, in several forms."""
    columns, entity = _columns(seed), {"entity": np.arange(ROWS)}
    yield pa.table(entity | columns)
    tidy = {name: np.round(np.abs(np.nan_to_num(each, posinf=1)) % 40 + 1, 2) for name, each in columns.items()}
    tidy |= {"spent": tidy["spent"] - 20, "staff": tidy["staff"].astype(np.int64)}
    tidy |= {"open": columns["open"], "index": columns["index"]}
    tidy["spent"] = np.round(tidy["spent"], 2)
    yield pa.table(entity | tidy)
    yield pa.table(entity | tidy | {"staff": pa.array(tidy["staff"], mask=columns["open"])})
    money = {name: pa.array(tidy[name]).cast(pa.string()).cast(pa.decimal128(20, 2)) for name in ("spent", "budget")}
    decimals = tidy | money | {"staff": tidy["staff"].astype(np.int32)}
    yield pa.table(entity | decimals)
    for name, cell in (
        ("budget", 1000.01),
        ("budget", 0.99),
        ("budget", 1.005),
        ("spent", -100.01),
        ("staff", 51),
        ("staff", -1),
    ):
        yield pa.table(entity | tidy | {name: _with(tidy[name], cell)})
    yield pa.table(entity | decimals | {"staff": _with(decimals["staff"], -1)})
    wide = pa.array([*money["spent"].to_pylist()[:-1], 2 * 10**15], pa.decimal128(38, 2))
    yield pa.table(entity | decimals | {"spent": wide.cast(pa.decimal128(38, 2))})
    words = np.frombuffer(wide.buffers()[1], np.int64).copy()
    words[-2:] = (100, 5)
    beyond = pa.Array.from_buffers(pa.decimal128(38, 2), ROWS, [None, pa.py_buffer(words)])
    yield pa.table(entity | decimals | {"spent": beyond})


def _with(column: Any, cell: float) -> Any:
    found = column.copy()
    found[-1] = cell
    return found


def _columns(seed: int) -> dict[str, np.ndarray[Any, Any]]:
    rng = np.random.default_rng(seed)
    spent = rng.integers(-10_100, 100_100, ROWS) / 100
    spent[::7] = np.nextafter(spent[::7], np.inf)
    spent[5], spent[6] = np.nan, np.inf
    staff = rng.integers(-1, 52, ROWS).astype(float)
    staff[::11] = np.nan
    return {
        "spent": spent,
        "budget": rng.integers(0, 100_000, ROWS) / 100,
        "staff": staff,
        "index": rng.integers(-40, 40, ROWS) * 15 / 100 * rng.choice([1, 1000], ROWS),
        "open": rng.integers(0, 2, ROWS).astype(bool),
    }
