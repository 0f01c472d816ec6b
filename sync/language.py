"""Texts in Kazakh, Russian and English, for the screen, the command line and the server alike.

English is the language of the source: `tr("Saved")` looks the words up in resources/i18n.
A text that is declared before it is shown is wrapped in `mark()`, which only makes it findable.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Protocol, runtime_checkable

import resources
from sync.money import grouped

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
GROUPED = 10_000  # numbers from here on are told in groups of three
_spoken = "kk"  # one program speaks one language at a time; the server names one each time


def speak(language: str) -> None:
    """Choose the language of this program. Unknown ones are taken as Kazakh."""
    global _spoken
    _spoken = language if language in LANGUAGES else "kk"


def spoken() -> str:
    """The language of this program: kk, ru or en."""
    return _spoken


def mark(text: str) -> str:
    """Return the text unchanged; extraction finds it by this call."""
    return text


def tr(text: str, language: str | None = None, /, **values: object) -> str:
    """The text in `language` (by default the one spoken), its {braces} filled from `values`."""
    language = language or _spoken
    return _fill(_catalogue(language).gettext(text), values, language) if text else ""


def trn(one: str, many: str, n: int, language: str | None = None, /, **values: object) -> str:
    """The form of the text that goes with the number n, which is also given as {n}: «12 400»."""
    language = language or _spoken
    return _fill(
        _catalogue(language).ngettext(one, many, n), {"n": counted(n), **values}, language
    )


def counted(n: int) -> str:
    """A number as it stands in a sentence: «12 400»."""
    return grouped(n) if n >= GROUPED else str(n)


def quoted(words: str) -> str:
    """In the marks of the language that is spoken: «су», in English “су”."""
    return f"“{words}”" if _spoken == "en" else f"«{words}»"


def named(names: Mapping[str, str], language: str | None = None) -> str:
    """Pick from {kk: …, ru: …, en: …}; a missing name falls back to Kazakh, then to any."""
    for code in (language or _spoken, "kk", "ru", "en"):
        if found := names.get(code):
            return found
    return ""


@runtime_checkable
class Worded(Protocol):
    """A value that is named in the language of the sentence around it."""

    def words(self, language: str | None = None) -> str: ...


@dataclass(frozen=True)
class Sentence:
    """A sentence that is worded when it is shown. `text` is marked; `values` fill its braces."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def words(self, language: str | None = None) -> str:
        """The sentence in this language, or in the one the program speaks now."""
        return tr(self.text, language, **self.values)


def _fill(text: str, values: Mapping[str, object], language: str) -> str:
    said = {
        name: value.words(language) if isinstance(value, Worded) else value
        for name, value in values.items()
    }
    return text.format(**said) if said else text


@cache
def _catalogue(language: str) -> NullTranslations:
    found = resources.entry("i18n", f"{language}.mo")
    return GNUTranslations(BytesIO(found.read_bytes())) if found.is_file() else NullTranslations()
