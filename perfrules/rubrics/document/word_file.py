"""A rubric document as a Word file: landscape A4, merged levels, headings repeated on every page, fixed dates."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Final

from perfrules.rubrics.document.page import Document, Section
from perfrules.rubrics.document.word_table import add_table
from perfrules.rubrics.document.word_text import HEI, Style, add_field, add_text, centre, set_fonts, set_language, space

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_PAGE: Final = (16838, 11906)
"""Width and height of a landscape A4 page in twentieths of a point."""
_MARGIN: Final = 794
_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - no moment, but the same bytes for the same rules
_ZIP_DAY: Final = (2000, 1, 1, 0, 0, 0)
_TITLE: Final = Style(18, bold=True, chinese=HEI)
_SUBTITLE: Final = Style(14)
_HEADING: Final = Style(12, bold=True, chinese=HEI)
_TEXT: Final = Style(10)
_SMALL: Final = Style(8)


def word_file(document: Document) -> bytes:
    """Write *document* as .docx, the same bytes for the same document. ImportError where python-docx is lacking."""
    import docx

    made = docx.Document()
    _set_up(made, document)
    _head(made, document)
    for section in document.sections:
        _section(made, section)
    space(made.add_paragraph(), 6)
    for text in document.foot:
        _paragraph(made, text, _SMALL)
    _footer(made, document)
    content = io.BytesIO()
    made.save(content)
    return _with_fixed_dates(content.getvalue())


def _set_up(made: WordDocument, document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt, Twips

    [page] = made.sections
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Twips(_PAGE[0]), Twips(_PAGE[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Twips(_MARGIN)
    normal = made.styles["Normal"]
    normal.font.size = Pt(_SMALL.size)
    set_fonts(normal.element, _TEXT.chinese)
    set_language(normal.element, "en-US" if document.language == "zh" else "en-GB")
    about = made.core_properties
    about.title, about.author, about.comments = document.title, "", ""
    about.language = "zh-CN" if document.language == "zh" else "en"
    about.created = about.modified = _DAY
    about.last_modified_by, about.revision = "", 1


def _head(made: WordDocument, document: Document) -> None:
    for text, style, after in ((document.title, _TITLE, 0), (document.subtitle, _SUBTITLE, 6)):
        centre(_paragraph(made, text, style, after=after))
    between = "：" if document.language == "zh" else ": "
    facts = "    ".join(f"{name}{between}{value}" for name, value in document.facts)
    centre(_paragraph(made, facts, _TEXT, after=6))


def _section(made: WordDocument, section: Section) -> None:
    heading = made.add_heading(level=2)
    space(heading, 10, 4)
    add_text(heading, section.heading, _HEADING)
    _black(heading)
    for number, text in enumerate(section.paragraphs, start=1):
        _paragraph(made, f"{number}. {text}" if section.numbered else text, _TEXT, after=2)
    for position, table in enumerate(section.tables):
        if position:
            space(made.add_paragraph(), 2)
        add_table(made, table, _PAGE[0] - 2 * _MARGIN)


def _paragraph(made: WordDocument, text: str, style: Style, *, after: int = 0) -> object:
    paragraph = made.add_paragraph()
    space(paragraph, 0, after)
    add_text(paragraph, text, style)
    return paragraph


def _black(paragraph: object) -> None:
    """Take the blue from a heading of python-docx's template."""
    from docx.shared import RGBColor

    for run in getattr(paragraph, "runs", ()):
        run.font.color.rgb = RGBColor(0, 0, 0)


def _footer(made: WordDocument, document: Document) -> None:
    paragraph = made.sections[0].footer.paragraphs[0]
    centre(paragraph)
    add_text(paragraph, f"{document.running}    ", _SMALL)
    add_field(paragraph, "PAGE", _SMALL)
    add_text(paragraph, " / ", _SMALL)
    add_field(paragraph, "NUMPAGES", _SMALL)


def _with_fixed_dates(content: bytes) -> bytes:
    """Write the package again with one date for all its parts, in the order of their names, the first one first."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as made:
        first, *others = given.namelist()
        for name in (first, *sorted(others)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            made.writestr(entry, given.read(name))
    return fixed.getvalue()
