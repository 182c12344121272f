"""A template as an Excel workbook: captions, comments, number formats, and validation that warns and lets through.

Validation only warns, because `1200 万元` is a good cell that Excel takes for a text; the reader decides. The same
plan and options give the same bytes.
"""

from __future__ import annotations

import io
import unicodedata
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.ir.facts_check import range_text
from perfrules.ir.inputs import InputDeclaration, WrittenAs
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.lang.kinds import Date, Percent, PercentagePoints, Quantity, Text, YesNo, is_numeric
from perfrules.readers.captions import DOMAIN
from perfrules.readers.sheet_names import sheet_name
from perfrules.writers.template import TemplateColumn, TemplateOptions, TemplateSheet, template_sheets

_LAST_ROW: Final = 1_048_575
_LONGEST_LIST: Final = 255
_MOST_DIGITS: Final = 15
_LINE_HEIGHT: Final = 15
_A4: Final = 9
_DAY: Final = "yyyy-mm-dd"
_CREATED: Final = (2020, 1, 1)
_YES_NO: Final = {"en": ["yes", "no"], "zh": ["是", "否"]}


def template_workbook(plan: Plan, options: TemplateOptions) -> bytes | Diagnostic:
    """Return the bytes of the workbook; a diagnostic where XlsxWriter is not installed."""
    try:
        xlsxwriter = import_module("xlsxwriter")
    except ImportError:
        args = {"library": "XlsxWriter", "install": "perfrules[excel]"}
        return Diagnostic(Code.DATA_NEEDS_LIBRARY, args=args)
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": datetime(*_CREATED), "title": plan.title or plan.name})  # noqa: DTZ001 - no zone in a workbook
    words = translator(options.language, DOMAIN)
    taken: set[str] = set()
    for sheet in template_sheets(plan, options):
        name = _free_name(sheet, words, taken)
        taken.add(name.casefold())
        _write_sheet(workbook, workbook.add_worksheet(name), sheet, words)
    workbook.close()
    return content.getvalue()


def _free_name(sheet: TemplateSheet, words: Translator, taken: set[str]) -> str:
    """Return the table's title, its name where the title is taken, for the sheet to be found again."""
    if sheet.table is None:
        return words.text("template.data-sheet")
    names = [sheet_name(each) for each in (sheet.table.title, sheet.table.name) if each]
    reserved = taken | {"data", "数据"}
    return next((each for each in names if each.casefold() not in reserved), f"{names[-1][:27]} {len(taken)}")


def _write_sheet(workbook: Any, sheet: Any, content: TemplateSheet, words: Translator) -> None:
    bold = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    grey = workbook.add_format({"italic": True, "font_color": "#606060", "text_wrap": True, "valign": "top"})
    for index, column in enumerate(content.columns):
        sheet.write_string(0, index, column.heading, bold)
        sheet.write_string(1, index, column.caption, grey)
        code = _number_format(column)
        sheet.set_column(index, index, _width(column), workbook.add_format({"num_format": code}) if code else None)
        comment = _comment(column.declared, words) if column.declared else ""
        if comment:
            sheet.write_comment(0, index, comment, {"author": "perfrules"})
        rule = _validation(column, words)
        if rule:
            sheet.data_validation(2, index, _LAST_ROW, index, rule)
    sheet.set_row(1, _LINE_HEIGHT * max(map(_lines, content.columns)))  # not every program wraps by itself
    sheet.freeze_panes(2, 1)
    _lay_out_for_print(sheet)


def _lay_out_for_print(sheet: Any) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0)


def _number_format(column: TemplateColumn) -> str:
    """Return the format of a column; texts and names are text, so that Excel does not make numbers of them."""
    declared = column.declared
    if declared is None:
        if column.heading.endswith(".on"):
            return _DAY
        return "" if column.heading.endswith((".mark", ".override.value")) else "@"
    match declared.kind:
        case Text():
            return "@"
        case Date():
            return _DAY
        case Percent() if declared.written_as is None:
            decimals = 2 if declared.decimals is None else declared.decimals
            return "0." + "0" * decimals + "%" if decimals else "0%"
    return ""


def _width(column: TemplateColumn) -> int:
    return min(40, max(10, _cells(column.heading) + 2, _cells(column.caption) // 2 + 2))


def _lines(column: TemplateColumn) -> int:
    """Return how many lines the caption takes, a little room at their ends included."""
    return -(-_cells(column.caption) // (_width(column) - 3))


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _comment(declared: InputDeclaration, words: Translator) -> str:
    """Say what the cell may hold, a line for each part of the declaration."""
    lines: list[str] = []
    if isinstance(declared.kind, Quantity) and declared.unit_text:
        lines.append(words.text("template.comment-unit", {"unit": declared.unit_text}))
    if isinstance(declared.kind, Percent) and declared.written_as is None:
        lines.append(words.text("template.comment-percent"))
    if isinstance(declared.kind, PercentagePoints) and declared.written_as is None:
        lines.append(words.text("template.comment-pp"))
    if declared.bounds is not None:
        lines.append(words.text("template.comment-range", {"range": range_text(declared.bounds, declared.kind)}))
    if declared.decimals is not None:
        lines.append(words.text("template.comment-decimals", {"decimals": declared.decimals}))
    if declared.options:
        lines.append(words.text("template.comment-options", {"options": " / ".join(declared.options)}))
    if declared.source:
        lines.append(words.text("template.comment-source", {"source": declared.source}))
    if declared.optional:
        lines.append(words.text("template.comment-optional"))
    return "\n".join(lines)


def _validation(column: TemplateColumn, words: Translator) -> dict[str, Any] | None:
    about = {"error_type": "warning", "error_title": words.text("template.not-allowed")}
    declared = column.declared
    options = column.levels or (declared.options if declared else ())
    if declared is not None and isinstance(declared.kind, YesNo):
        return {"validate": "list", "source": _YES_NO[words.language], **about}
    if options:
        fits = len(",".join(options)) <= _LONGEST_LIST and not any("," in each for each in options)
        return {"validate": "list", "source": list(options), **about} if fits else None
    if declared is None or declared.bounds is None or not is_numeric(declared.kind):
        return None
    if isinstance(declared.kind, PercentagePoints) and declared.written_as is None:
        return None  # `2pp` is a text to Excel
    scale = 100 if declared.written_as is WrittenAs.PERCENT else 1
    low, high = (_formula(end * scale) for end in (declared.bounds.low, declared.bounds.high))
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high, **about}


def _formula(x: Exact) -> str:
    text = as_text(x)
    plain = decimal_places(x) is not None and len(text) <= _MOST_DIGITS
    return text if plain else f"={x.numerator}/{x.denominator}"
