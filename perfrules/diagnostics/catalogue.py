"""The words perfrules speaks in: message catalogues in English and Chinese, one domain per part of the product.

A catalogue is a compiled gettext file whose msgids are keys. Templates hold ``{name}`` placeholders; a list is
joined as the language does it. Two formats serve the author's words: ``{names:quoted}`` quotes each and ends in
"and", ``{names:either}`` quotes each and ends in "or". A ``Word`` is translated and never quoted. Nothing here
knows what a diagnostic is.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

import attrs

from perfrules.diagnostics.arguments import NO_ARGUMENTS, Argument, Word

if TYPE_CHECKING:
    import gettext

LANGUAGES: Final = ("en", "zh")
DEFAULT_LANGUAGE: Final = "en"


@attrs.frozen
class _Style:
    """How a language quotes and lists; between two words of a list stands *separator*, before the last *joined*."""

    opening: str
    closing: str
    separator: str
    joined: Mapping[str, str]


_STYLES: Final[Mapping[str, _Style]] = {
    "en": _Style("`", "`", ", ", {"": " and ", "quoted": " and ", "either": " or "}),
    "zh": _Style("“", "”", "、", {"": "和", "quoted": "和", "either": "或"}),
}


class _Filler(string.Formatter):
    """Fills a template with arguments in one language."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def format_field(self, value: object, format_spec: str) -> str:
        style = _STYLES[self._translator.language]
        items = value if isinstance(value, tuple) else (value,)
        shown = [self._show(item, style, quoted=bool(format_spec)) for item in items]
        if len(shown) < 2:
            return "".join(shown)
        return style.separator.join(shown[:-1]) + style.joined[format_spec] + shown[-1]

    def _show(self, item: object, style: _Style, *, quoted: bool) -> str:
        if isinstance(item, Word):
            return self._translator.template(f"word.{item}") or str(item)
        return f"{style.opening}{item}{style.closing}" if quoted else str(item)


@attrs.frozen
class Translator:
    """One domain's messages in one language; what it lacks is taken from English."""

    language: str
    domain: str
    catalog: gettext.NullTranslations = attrs.field(repr=False)

    def template(self, key: str) -> str | None:
        """Return message *key* with its placeholders, or None where there is none."""
        text = self.catalog.gettext(key)
        return None if text == key else text

    def has(self, key: str) -> bool:
        """Tell whether there is a message *key*."""
        return self.template(key) is not None

    def text(self, key: str, args: Mapping[str, Argument] = NO_ARGUMENTS) -> str:
        """Return message *key* with *args* in place; a key without a message is returned as it is.

        A placeholder without its argument stays visible as ``{name}``: a report with a gap beats no report.

        >>> translator("en").text("data-missing", {"name": "staff"})
        '`staff` has no value'
        """
        template = self.template(key)
        if template is None:
            return key
        given = {name: args.get(name, Word(f"{{{name}}}")) for name in placeholders(template)}
        return _Filler(self).vformat(template, (), given)

    def text_if_filled(self, key: str, args: Mapping[str, Argument] = NO_ARGUMENTS) -> str | None:
        """Return message *key*, or None where there is none or one of its arguments is absent or empty."""
        template = self.template(key)
        if template is None or any(args.get(name, ()) in ((), "") for name in placeholders(template)):
            return None
        return self.text(key, args)


@cache
def placeholders(template: str) -> frozenset[str]:
    """Return the names of the arguments *template* asks for.

    >>> sorted(placeholders("`{name}` is {found:quoted}"))
    ['found', 'name']
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


@cache
def translator(language: str, domain: str = "diagnostics") -> Translator:
    """Load the catalogue of *domain* in *language*, one of ``LANGUAGES``."""
    catalog = _load(language, domain)
    if language != DEFAULT_LANGUAGE:
        catalog.add_fallback(_load(DEFAULT_LANGUAGE, domain))
    return Translator(language, domain, catalog)


def _load(language: str, domain: str) -> gettext.NullTranslations:
    import gettext  # only when there is something to say
    from importlib import resources

    path = resources.files("perfrules") / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def choose_language(explicit: str | None, environ: Mapping[str, str]) -> str:
    """Choose the message language: what was asked for, else ``PERFRULES_LANG``, else the locale, else English.

    The first that is set decides; a language without a catalogue means English.

    >>> choose_language(None, {"LANG": "zh_CN.UTF-8"}), choose_language("en", {"LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    named = (environ.get(name) for name in ("PERFRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = next((name for name in (explicit, *named) if name), DEFAULT_LANGUAGE)
    language = wanted.replace("-", "_").split("_")[0].split(".")[0].lower()
    return language if language in LANGUAGES else DEFAULT_LANGUAGE
