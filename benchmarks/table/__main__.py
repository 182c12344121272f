"""Prints the tables that are asked for: `python -m benchmarks.table --help`, benchmarks/README.md."""

from __future__ import annotations

import argparse

from benchmarks.table import kernel, parquet, scaling, side_by_side

PARTS = {
    "rubric": side_by_side.rubric,
    "shapes": side_by_side.shapes,
    "scaling": scaling.scaling,
    "parquet": parquet.parquet,
    "kernel": kernel.kernel,
}


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table", description=__doc__)
    parser.add_argument("part", nargs="*", default=["rubric"], help=f"which tables, of {', '.join(PARTS)}, or all")
    parser.add_argument("--rows", type=int, default=None, help="at most so many; else what each case has")
    parser.add_argument("--rounds", type=int, default=3, help="fresh processes for each competitor, in turns")
    parser.add_argument("--repeats", type=int, default=5, help="timed runs in each process, after the warm-up")
    parser.add_argument("--only", nargs="*", default=None, help="only these competitors, and the first")
    parser.add_argument("--full", action="store_true", help="sizes that take long and need much memory")
    asked = parser.parse_args()
    for part in PARTS if "all" in asked.part else asked.part:
        PARTS[part](asked)


if __name__ == "__main__":
    main()
