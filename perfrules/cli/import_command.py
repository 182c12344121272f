"""`perfrules import`: a rubric kept in Excel as the skeleton of a ruleset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.shared import language_option, say, show_problems, write_file
from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.catalogue import translator

if TYPE_CHECKING:
    from perfrules.rubrics.skeleton import NoRubric, Skeleton


@click.command("import")
@click.argument("rubric", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .perfrules file.")
@click.option("--sheet", metavar="NAME", help="Read this sheet (default: the first that holds a rubric).")
@language_option
def command(rubric: Path, out: Path, sheet: str | None, lang: Literal["en", "zh"]) -> None:
    """Make the skeleton of a ruleset from RUBRIC, a table of indicators in an Excel workbook (.xlsx or .xls).

    Titles and marks are those of the file. Sentences are kept as notes, and rules drafted from them are marked for
    review. The report says what was read, what was drafted and what needs a person, with sheet and cell. Exit status 1
    if marks of the file do not add up or cannot be read.
    """
    if out.suffix.lower() != ".perfrules":
        _stop("suffix", lang, ExitCode.USAGE, file=str(out))
    from perfrules.rubrics.skeleton import Skeleton, skeleton_of

    try:
        found = skeleton_of(rubric.read_bytes(), str(rubric), lang, sheet)
    except ModuleNotFoundError as lacking:
        say(translator(lang, "rubrics").text("lacking.excel", {"name": lacking.name or ""}), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE) from None
    if isinstance(found, Diagnostic):
        show_problems([found], {}, lang)
        raise click.exceptions.Exit(ExitCode.REFUSED)
    if not isinstance(found, Skeleton):
        _refuse(found, sheet, lang)
    write_file(out, found.text.encode("utf-8"), lang)
    is_wrong = _report(found, lang)
    say(_word("written", lang, file=str(out)))
    if is_wrong:
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _report(found: Skeleton, lang: str) -> bool:
    """Write the report to the error stream; tell whether anything is wrong in the file itself."""
    from perfrules.rubrics.skeleton.findings import Part

    for part in Part:
        findings = found.of(part)
        if findings:
            say(_word(f"heading-{part.value}", lang), err=True)
            for finding in findings:
                say(f"  {finding.text(lang)}", err=True)
    return bool(found.of(Part.WRONG))


def _refuse(found: NoRubric, sheet: str | None, lang: str) -> NoReturn:
    between = translator(lang, "explain").text("list.between")
    code = ExitCode.USAGE if found.key == "no-such-sheet" else ExitCode.REFUSED
    _stop(found.key, lang, code, sheet=sheet or "", sheets=between.join(found.sheets))


def _stop(key: str, lang: str, code: ExitCode, **args: str) -> NoReturn:
    say(_word(key, lang, **args), err=True)
    raise click.exceptions.Exit(code)


def _word(key: str, lang: str, **args: str) -> str:
    return translator(lang, "rubrics").text(f"import.{key}", args)
