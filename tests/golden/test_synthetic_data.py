"""Data that a script beside them makes are what that script makes: nobody edited them by hand."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

from tests.golden.figures import RULESETS


@pytest.mark.parametrize("script", sorted(RULESETS.glob("*/*/data/make.py")), ids=lambda path: path.parts[-3])
def test_a_script_writes_the_same_bytes_again(script: Path, tmp_path: Path) -> None:
    shutil.copy(script, tmp_path)
    runpy.run_path(str(tmp_path / script.name), run_name="__main__")
    written = [path for path in sorted(tmp_path.iterdir()) if path.name != script.name]
    assert written
    for path in written:
        assert path.read_bytes() == (script.parent / path.name).read_bytes(), path.name
