"""What CONTRIBUTING asks of every change, checked by machine: layout, types, layers, exactness, size."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "perfrules"
MODULES = sorted(PACKAGE.rglob("*.py"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_tool_finds_nothing(command: list[str]) -> None:
    found = run(sys.executable, "-m", *command)
    assert found.returncode == 0, found.stdout + found.stderr


def test_imports_go_one_way() -> None:
    found = run(sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_module_is_over_400_lines() -> None:
    long = {str(path): lines for path in MODULES if (lines := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_package_modules_hold_no_code() -> None:
    """`__init__.py` holds a docstring, imports and `__all__`; `__getattr__` may put off an import."""
    odd = [
        str(path)
        for path in MODULES
        if path.name == "__init__.py"
        for statement in ast.parse(path.read_text("utf-8")).body
        if not _is_plain(statement)
    ]
    assert odd == []


def _is_plain(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())) | ast.Import() | ast.ImportFrom() | ast.If():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "_HOME")]) | ast.FunctionDef(name="__getattr__" | "__dir__"):
            return True
        case ast.AnnAssign(target=ast.Name(id="_HOME")):
            return True
    return False


def floats_in(path: Path) -> Iterator[str]:
    """Every float literal, every `float(…)` and every import of math or random."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Constant(value=float()):
                yield f"{path}:{node.lineno} literal"
            case ast.Call(func=ast.Name(id="float")):
                yield f"{path}:{node.lineno} float()"
            case ast.Import(names=names):
                yield from (f"{path}:{node.lineno} {name.name}" for name in names if name.name in ("random", "numpy"))


def test_no_float_decides_anything() -> None:
    """Floats are for columns, where each has a bound; `tables` carries the columns of callers."""
    exact = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in ("batch", "tables", "engines")]
    assert len(exact) > len(MODULES) / 2
    assert [place for path in exact for place in floats_in(path)] == []
