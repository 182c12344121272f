"""The page of a problem's code, as shipped with the package or, in a checkout, under `docs/reference/errors`.

A page has a section in each language (`## English`, `## 中文`) and the rulesets that cause the problem and mend it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
FOLDERS: Final = (_HERE / "_error_pages", _HERE.parent / "docs" / "reference" / "errors")
_OTHER_LANGUAGE: Final = {"en": "中文", "zh": "English"}


def error_page(code: str, language: str) -> str | None:
    """Return the page of *code* as Markdown, without the other language's section; None if there is no such code."""
    if not re.fullmatch(r"[a-z0-9-]+", code):
        return None
    for folder in FOLDERS:
        page = folder / f"{code}.md"
        if page.is_file():
            return _without_section(page.read_text(encoding="utf-8"), _OTHER_LANGUAGE[language])
    return None


def _without_section(page: str, heading: str) -> str:
    return re.sub(rf"^## {heading}\n.*?(?=^## |\Z)", "", page, flags=re.MULTILINE | re.DOTALL)
