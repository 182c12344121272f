"""Pages as HTML: one file that holds all it needs, the same bytes for the same results.

Everything that people wrote goes through Jinja's escaping; what a template asks for and is not there is a mistake.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from perfrules.report.figures import paddings
from perfrules.report.wording import Wording

_FAMILY: Final = (
    '"Helvetica Neue", Arial, "Liberation Sans", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", '
    '"Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "WenQuanYi Micro Hei", sans-serif'
)
"""Latin letters first, then the Chinese fonts of Linux, Windows and macOS."""

_LONG_WORD: Final = 16


def rendered(template: str, say: Wording, title: str, **page: Any) -> str:
    """Fill a template of this package; *title* stands in the window and at the head of printed pages."""
    made = _environment().get_template(template)
    return made.render(t=say, lang=say.language, title=title, css=_css(say, title), **page)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("perfrules.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["paddings"] = paddings
    made.filters["breakable"] = breakable
    return made


def _css(say: Wording, title: str) -> Markup:
    """Return the style sheet; `</style>` cannot occur in it, because of the title only letters of CSS remain."""
    sheet = (resources.files("perfrules.report") / "templates" / "report.css").read_text("utf-8")
    before, page, after = (css_text(say(f"page-number-{place}")) for place in ("before", "of", "after"))
    number = f"{before} counter(page) {page} counter(pages) {after}"
    sheet = sheet.replace("$family", _FAMILY).replace("$number", number).replace("$title", css_text(title))
    return Markup(sheet)


def css_text(text: str) -> str:
    """Write any text as a string of CSS, all but ASCII letters and digits by their numbers.

    >>> css_text('a "b"</style>')
    '"a\\\\20 \\\\22 b\\\\22 \\\\3c \\\\2f style\\\\3e "'
    """
    plain = (each if each.isascii() and each.isalnum() else f"\\{ord(each):x} " for each in text)
    return f'"{"".join(plain)}"'


def breakable(text: str) -> Markup:
    """Allow breaks within very long words, where a column would otherwise be as wide as they are.

    >>> breakable("a<b " + "x" * 20)
    Markup('a&lt;b xxxxxxxxxxxx<wbr>xxxxxxxx')
    """
    words = (re.findall(".{1,12}", word) if len(word) > _LONG_WORD else [word] for word in text.split(" "))
    return Markup(" ").join(Markup("<wbr>").join(parts) for parts in words)
