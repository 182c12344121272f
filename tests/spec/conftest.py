"""The pages on plug-ins speak of packages that are installed: the worked example, and some that are careless."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.installing import CARELESS, EXAMPLE, install


@pytest.fixture(scope="session", autouse=True)
def plugins_installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let Python find them, and forget them afterwards."""
    site = tmp_path_factory.mktemp("site")
    for package in (EXAMPLE, CARELESS):
        install(package, site)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(site)
        yield
