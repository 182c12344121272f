"""Text in Word files: paragraphs and runs with a font for Latin and one for Chinese, fields such as the page number."""

from __future__ import annotations

from typing import Any, Final

from attrs import frozen

LATIN: Final = "Times New Roman"
SONG: Final = "宋体"
HEI: Final = "黑体"


@frozen
class Style:
    """How text looks: its size in points, whether it is bold, its Chinese font."""

    size: int
    bold: bool = False
    chinese: str = SONG


def add_text(paragraph: Any, text: str, style: Style) -> None:
    """Add *text* to a paragraph of python-docx."""
    run = paragraph.add_run(text)
    _dress(run, style)


def add_field(paragraph: Any, name: str, style: Style) -> None:
    """Add a field that Word fills in: `PAGE`, `NUMPAGES`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        _dress(run, style)
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def space(paragraph: Any, before: int = 0, after: int = 0) -> None:
    """Set the space around a paragraph in points; its lines stand close."""
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1


def centre(paragraph: Any) -> None:
    """Put a paragraph in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def set_fonts(element: Any, chinese: str) -> None:
    """Name the fonts of run properties: one for Latin, one for Chinese."""
    from docx.oxml.ns import qn

    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def set_language(element: Any, latin: str) -> None:
    """Say in which languages the text of run properties is.

    Chinese signs take their mainland form; Latin letters and figures are of a language whose words are not broken.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), latin)
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _dress(run: Any, style: Style) -> None:
    from docx.shared import Pt

    run.font.size = Pt(style.size)
    run.font.bold = style.bold
    set_fonts(run._r, style.chinese)
