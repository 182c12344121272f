"""What a large library costs: a ruleset that uses 60 of 5,711 definitions beside one that defines them itself.

Prints both medians of compiling and their ratio, and how long a search through all definitions takes. Synthetic: see
`yantai_library.py`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import ROOT, interleaved, processes
from yantai_library import PER_SECTOR, SECTORS, parts, text_of, write

from perfrules import api
from perfrules.syntax.scan import scan_items

USED = 60
OF_SECTORS = 12
_SEARCH = (
    "import sys; sys.path.insert(0, {root!r}); sys.argv[1:] = ['library', 'search', '完成率']; "
    "from perfrules.cli import main; main()"
)


def rulesets() -> tuple[str, str]:
    """Return the text of the ruleset that uses libraries, and of the one that defines the same itself."""
    chosen = [part for part in parts() if part.name.startswith("yantai.sector.")][:OF_SECTORS]
    inputs, indicators, definitions = [], [], []
    for part in chosen:
        text = text_of(part)
        items = [item for item in scan_items(text) if item.keyword == "DEFINE"][: USED // OF_SECTORS]
        for item in items:
            inputs += [
                f"  input {item.name}_{end} : count in [{low}, 1_000_000]" for end, low in (("done", 0), ("due", 1))
            ]
            indicators.append(f"  indicator I_{item.name} 5 points = {item.name}({item.name}_done, {item.name}_due)")
            definitions.append("  " + text[item.start : item.end])
    uses = [f"  use {part.name}" for part in chosen]
    own = ["  param pass_mark : % = 60%", *definitions]
    return _ruleset([*uses, *inputs, *indicators]), _ruleset([*own, *inputs, *indicators])


def _ruleset(lines: list[str]) -> str:
    return "\n".join(['ruleset benchmark "Benchmark" version "1" {', *lines, "}", ""])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        count = write(place)
        used, own = rulesets()
        (place / "used.perfrules").write_text(used, "utf-8")
        (place / "own.perfrules").write_text(own, "utf-8")
        api.load(place / "used.perfrules")
        found = interleaved(
            {name: lambda name=name: api.load(place / f"{name}.perfrules") for name in ("used", "own")}, rounds=9
        )
        search = [sys.executable, "-c", f"import os; os.chdir({folder!r}); {_SEARCH.format(root=str(ROOT))}"]
        runs = processes({"python": [sys.executable, "-c", "pass"], "search": search})
    print(f"{USED} of {count} definitions, of {OF_SECTORS} libraries of {PER_SECTOR} ({len(SECTORS)} sectors)")
    own_ms, used_ms = found["own"] * 1000, found["used"] * 1000
    print(f"compile, defined by the ruleset itself   {own_ms:8.0f} ms")
    print(f"compile, used from libraries             {used_ms:8.0f} ms   {used_ms / own_ms:.2f}x")
    python, search_ms = runs["python"] * 1000, runs["search"] * 1000
    print(f"search {count} definitions               {search_ms:8.0f} ms, of which bare Python {python:.0f} ms")


if __name__ == "__main__":
    main()
