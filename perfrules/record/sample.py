"""An auditor's sampling sheet: entities drawn from a record by a stated method, with room for what the auditor finds.

Drawn are the entities whose HMAC-SHA-256 under the seed is smallest, so that nobody who does not know the seed when the
record is sealed can choose them, and anybody who knows it can draw them again:
`printf '%s' ENTITY | openssl dgst -sha256 -hmac SEED`.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.record.derived import safe_cell, shown
from perfrules.record.digests import sha256_hex
from perfrules.record.opening import Opened

_HEADINGS = ("draw", "entity", "item", "title", "given", "read", "where", "who", "why")
_FOR_AUDITOR = ("evidence", "found", "agrees", "remark")


@frozen(kw_only=True)
class Sheet:
    """A sheet as rows of texts: what it is about, the headings, and a row for each thing to look at."""

    about: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    drawn: tuple[str, ...]


def draw(opened: Opened, count: int, seed: str) -> tuple[Mapping[str, Any], ...]:
    """Return the parts of the entities that are drawn, in the order of the draw; all, where there are fewer."""

    def key(leaf: Mapping[str, Any]) -> tuple[str, int]:
        name = leaf["entity"].encode("utf-8")
        return hmac.new(seed.encode("utf-8"), name, hashlib.sha256).hexdigest(), int(leaf["position"])

    return tuple(sorted(opened.leaves, key=key)[:count])


def sampling_sheet(opened: Opened, count: int, seed: str, language: str) -> Sheet:
    """Return the sheet of a draw, in *language*."""
    words = translator(language, domain="record")
    leaves = draw(opened, count, seed)
    rows = tuple(row for number, leaf in enumerate(leaves, start=1) for row in _rows(opened, leaf, number, words))
    facts = {
        "ruleset": " ".join(str(opened.manifest["ruleset"][name] or "") for name in ("name", "version")).strip(),
        "seal": sha256_hex(opened.members["manifest.json"]),
        "seed": seed,
        "drawn": words.text("sample.of", {"count": str(len(leaves)), "all": str(len(opened.leaves))}),
        "method": words.text("sample.method-text"),
    }
    return Sheet(
        about=tuple((words.text(f"sample.{name}"), text) for name, text in facts.items()),
        headings=tuple(words.text(f"sample.column.{name}") for name in (*_HEADINGS, *_FOR_AUDITOR)),
        rows=rows,
        drawn=tuple(leaf["entity"] for leaf in leaves),
    )


def csv_sheet(sheet: Sheet) -> bytes:
    """Return the sheet as comma-separated values that Excel opens."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (*sheet.about, (), sheet.headings, *sheet.rows):
        writer.writerow([safe_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(opened: Opened, leaf: Mapping[str, Any], number: int, words: Translator) -> Iterator[tuple[str, ...]]:
    """Yield what there is to look at of one entity: its data, what people decided, its marks."""
    titles = {each["code"]: each.get("title", "") for each in opened.nodes["rubric"]}
    status = str(leaf["result"]["status"])
    head = (str(number), leaf["entity"])
    known = words.template(f"status.{status}") or status
    yield _line(head, words.text("sample.status"), read=known, where=place_text(leaf["source"], words))
    for each in leaf["inputs"]:
        yield _line(
            head,
            each["name"],
            title=opened.titles.get(each["name"], ""),
            given=each.get("given", ""),
            read=_read(each["value"], words) if "value" in each else "",
            where=_where(each, words),
        )
    for each in leaf["people"]:
        item, title = f"{each['indicator']}.{each['says']}", titles.get(each["indicator"], "")
        yield _line(head, item, title=title, given=each.get("given", ""), where=_where(each, words))
    yield from _marks(leaf["result"], titles, head, words)


def _marks(
    result: Mapping[str, Any], titles: Mapping[str, str], head: tuple[str, str], words: Translator
) -> Iterator[tuple[str, ...]]:
    for code, each in result["indicators"].items():
        override = each["override"] or {}
        yield _line(
            head,
            words.text("sample.mark", {"code": code}),
            title=titles.get(code, ""),
            read=interval_text(each["score"]),
            who=override.get("by", ""),
            why=override.get("why", ""),
        )
    for name in ("total", "grade"):
        if result[name] is not None:
            yield _line(head, words.text(f"sample.{name}"), read=interval_text(result[name]))


def _line(
    head: tuple[str, str],
    item: str,
    *,
    title: str = "",
    given: str = "",
    read: str = "",
    where: str = "",
    who: str = "",
    why: str = "",
) -> tuple[str, ...]:
    """Return a row in the order of the headings, with nothing in the columns of the auditor."""
    return (*head, item, title, given, read, where, who, why, *("" for _ in _FOR_AUDITOR))


def _read(value: Any, words: Translator) -> str:
    match value:
        case {"state": str() as state}:
            return words.template(f"state.{state}") or state
    return shown(value)


def _where(cell: Mapping[str, Any], words: Translator) -> str:
    if cell.get("set"):
        return words.text("sample.set")
    if "results" in cell:
        return words.text("sample.results", {"name": cell["results"]})
    if "records" in cell:
        return "; ".join(place_text(each, words) for each in cell["records"])
    return place_text(cell["at"], words) if "at" in cell else words.text("sample.no-cell")


def place_text(place: Mapping[str, Any], words: Translator) -> str:
    """Return a place as people write it: `data.xlsx Sheet1!C5`."""
    row = words.text("sample.row", {"row": place["row"]}) if place.get("row") else ""
    cell = place.get("cell") or " ".join(part for part in (row, place.get("column", "")) if part)
    sheet = f"{place['sheet']}!" if place.get("sheet") else ""
    return " ".join(part for part in (str(place.get("file", "")), f"{sheet}{cell}") if part)


def interval_text(found: Any) -> str:
    """Return a number, an interval or what a grade can still be."""
    match found:
        case {"lo": lo, "hi": hi}:
            return f"{lo or '…'} – {hi or '…'}"
        case list():
            return " / ".join(map(str, found))
    return shown(found)
