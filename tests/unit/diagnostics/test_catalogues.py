"""The message files: every code speaks both languages, with the same arguments, compiled and with no leftovers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import perfrules
from perfrules.diagnostics import Code, Severity
from perfrules.diagnostics.catalogue import LANGUAGES, placeholders

LOCALE = Path(perfrules.__file__).parent / "locale"
DOMAINS = sorted({path.stem for path in LOCALE.glob("*/LC_MESSAGES/*.po")})


def _messages(language: str, domain: str = "diagnostics") -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=language) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_message(language):
    messages = _messages(language)
    assert [code.value for code in Code if not messages.get(code.value)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_all_languages_have_the_same_messages_with_the_same_arguments(domain):
    english, chinese = (
        {(key, name) for key, text in _messages(each, domain).items() for name in ("", *placeholders(text))}
        for each in LANGUAGES
    )
    assert english ^ chinese == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_file_holds_what_the_source_says(language, domain):
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    assert compiled == _messages(language, domain)


def test_every_message_belongs_to_a_code_or_a_family():
    codes = {code.value for code in Code}
    families = ("label.", "fix.", "word.", "render.")
    orphans = [
        key for key in _messages("en") if not key.startswith(families) and key.removesuffix(".help") not in codes
    ]
    assert orphans == []


def test_every_severity_has_a_word():
    assert {f"render.{severity.value}" for severity in Severity} <= set(_messages("en"))


def test_english_messages_are_lower_case_without_a_full_stop():
    proper = re.compile(r"GB|UTF")
    wrong = [
        key
        for key, text in _messages("en").items()
        if text.endswith(".") or (text[0].isupper() and not proper.match(text))
    ]
    assert wrong == []


def test_chinese_messages_are_chinese():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    formula = re.compile(r"^[{}\w=: ]*$", re.ASCII)
    messages = _messages("zh")
    assert [key for key, text in messages.items() if not chinese.search(text) and not formula.match(text)] == []
