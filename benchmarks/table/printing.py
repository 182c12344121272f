"""Tables as Markdown, so that what is printed can stand in the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MILLION = 1_000_000


def print_table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print a table, each line as soon as it is there; all columns but the first are numbers."""
    print(f"| {' | '.join(heads)} |")
    print(f"|---{'|--:' * (len(heads) - 1)}|", flush=True)
    for line in lines:
        print(f"| {' | '.join(line)} |", flush=True)
