"""Packages put where Python finds them, as an installer would leave them: their modules beside their metadata."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
EXAMPLE = TOP / "docs" / "how-to" / "perfrules-example-plugin"
CARELESS = TOP / "tests" / "plugins" / "careless"


def install(package: Path, site: Path) -> None:
    """Install the sources of *package* into the folder *site*, without running anything of it."""
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    shutil.copytree(package / "src", site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    copied = [path.relative_to(package / "src") for path in (package / "src").rglob("*.py")]
    version = project.get("version") or _version(package)
    folder = Path(f"{project['name'].replace('-', '_')}-{version}.dist-info")
    (site / folder).mkdir()
    (site / folder / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n", "utf-8"
    )
    (site / folder / "entry_points.txt").write_text(_entry_points(project["entry-points"]), "utf-8")
    names = [*copied, folder / "METADATA", folder / "entry_points.txt", folder / "RECORD"]
    (site / folder / "RECORD").write_text("".join(f"{name.as_posix()},,\n" for name in names), "utf-8")


def _entry_points(groups: dict[str, dict[str, Any]]) -> str:
    lines = []
    for group, points in groups.items():
        lines += [f"[{group}]", *(f"{name} = {target}" for name, target in points.items())]
    return "\n".join(lines) + "\n"


def _version(package: Path) -> str:
    module = next((package / "src").glob("*/__init__.py")).read_text("utf-8")
    found = re.search(r'__version__ = "(.*)"', module)
    assert found is not None
    return found[1]
