"""A rubric document as one HTML file that needs nothing else: no script, no font, no other file."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from perfrules.rubrics.document.page import Document

if TYPE_CHECKING:
    from jinja2 import Environment

_FILES: Final = "page_files"


def html_file(document: Document) -> bytes:
    """Write *document* as HTML, the same bytes for the same document. ImportError where Jinja2 is lacking."""
    from markupsafe import Markup

    folder = resources.files("perfrules.rubrics.document") / _FILES
    template = _environment().from_string((folder / "document.html.jinja").read_text("utf-8"))
    style = Markup((folder / "style.css").read_text("utf-8").rstrip("\n"))
    text = template.render(document=document, style=style, running=_css_text(document.running))
    return text.encode("utf-8")


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )


def _css_text(text: str) -> str:
    r"""Write *text* as a string of CSS that cannot end the style it stands in.

    >>> print(_css_text('a "b" </style>'))
    "a \22 b\22  \3c /style\3e "
    """
    from markupsafe import Markup

    escaped = "".join(f"\\{ord(each):x} " if each in '"\\<>&' or ord(each) < ord(" ") else each for each in text)
    return Markup(f'"{escaped}"')
