"""The worked example and the careless plug-ins, where Python finds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.installing import CARELESS, EXAMPLE, install


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which both packages are installed."""
    folder = tmp_path_factory.mktemp("site")
    for package in (EXAMPLE, CARELESS):
        install(package, folder)
    return folder


@pytest.fixture(autouse=True)
def plugins_installed(site: Path) -> Iterator[None]:
    """Let Python find them, and forget them afterwards."""
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(site)
        yield
