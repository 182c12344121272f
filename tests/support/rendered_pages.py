"""Pages as a browser lays them out: whether any text is cut off, over another or out of sight.

Every page is put, with a small script that looks at it, into a frame of the width that is asked for; one run of the
browser looks at all of them. The pages themselves have no script.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM: Final = next((found for name in _NAMES if (found := shutil.which(name))), None)
needs_browser: Final = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
_CHECK: Final = Path(__file__).with_name("page_check.js")
WIDE, NARROW, PRINTED = 1280, 390, 672
"""The widths of windows, and that of an A4 page between its margins, in pixels of CSS."""


def problems_of_layout(pages: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """Return what is wrong with each page, on a wide and a narrow screen and with the style of print; nothing for most.

    A page on which the check saw no text is a mistake of the check.
    """
    frames = [
        _frame(f"{name} {width}", page, width) for name, page in pages.items() for width in (WIDE, NARROW, PRINTED)
    ]
    harness = folder / "frames.html"
    harness.write_text("<!DOCTYPE html><meta charset='utf-8'><body>" + "".join(frames), encoding="utf-8")
    shown = chromium(folder, "--dump-dom", harness.as_uri())
    verdicts: list[dict[str, Any]] = [
        json.loads(html.unescape(found)) for found in re.findall(r'<pre class="verdict">(.*?)</pre>', shown, re.DOTALL)
    ]
    assert len(verdicts) == len(frames), f"{len(verdicts)} of {len(frames)} frames answered"
    assert all(verdict["lines"] > 0 and str(verdict["width"]) in verdict["page"] for verdict in verdicts)
    return {verdict["page"]: verdict["problems"] for verdict in verdicts if verdict["problems"]}


def _frame(title: str, page: str, width: int) -> str:
    checked = page.replace("</body>", f"<script>{_CHECK.read_text('utf-8')}</script></body>")
    if width == PRINTED:
        checked = checked.replace("@media print", "@media all").replace("@media screen and", "@media not all and")
    return (
        f'<iframe title="{html.escape(title)}" style="width:{width}px;height:900px;border:0" '
        f'srcdoc="{html.escape(checked)}"></iframe>'
    )


def chromium(folder: Path, *words: str) -> str:
    """Run Chromium without a window and return what it prints."""
    assert CHROMIUM is not None
    profile = folder / "profile"
    command = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    done = subprocess.run(
        [*command, f"--user-data-dir={profile}", "--virtual-time-budget=20000", *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout
