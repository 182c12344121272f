"""From a cold start: `perfrules check` on a file of 100 lines, `perfrules --help`, `import perfrules`.

`python benchmarks/cold_start.py` prints medians of whole processes, beside those of Python itself.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from compile_size import ruleset_text
from timing import processes


def main() -> None:
    """Print the table."""
    text = ruleset_text(20)
    lines = text.count("\n")
    row = ", ".join(f"'s{n}': 90, 'b{n}': 100" for n in range(20))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hundred.perfrules"
        path.write_text(text, "utf-8")
        python = [sys.executable]
        times = processes(
            {
                "python that does nothing": [*python, "-c", "pass"],
                "import perfrules": [*python, "-c", "import perfrules"],
                "perfrules --help": [*python, "-m", "perfrules", "--help"],
                f"perfrules check, {lines} lines": [*python, "-m", "perfrules", "check", str(path)],
                "  … where no grammar is kept": [
                    "env",
                    f"XDG_CACHE_HOME={path}",
                    *python,
                    "-m",
                    "perfrules",
                    "check",
                    str(path),
                ],
                "load it and score one entity": [
                    *python,
                    "-c",
                    f"import perfrules; perfrules.load({str(path)!r}).score({{{row}}}).total",
                ],
            }
        )
    for name, taken in times.items():
        print(f"{taken * 1e3:8.0f} ms  {name}")


if __name__ == "__main__":
    main()
