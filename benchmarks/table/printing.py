"""Tables as Markdown, so that what is printed can stand in the README."""

from __future__ import annotations

from collections.abc import Sequence

MILLION = 1_000_000


def print_table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Print a table; all columns but the first are numbers."""
    print(f"| {' | '.join(heads)} |")
    print(f"|---{'|--:' * (len(heads) - 1)}|")
    for line in lines:
        print(f"| {' | '.join(line)} |", flush=True)
