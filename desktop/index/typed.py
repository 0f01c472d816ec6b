"""What a person typed into a search: words, numbers, phones and days, each as the index has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from desktop.index.words import ANYWHERE, NATIONAL, PLACE, TAG, TAGGED, choice_key, pieces
from sync.folding import fold
from sync.language import spoken
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import fields
from sync.vocabulary import choices

PHONE: Final = re.compile(r"\+?\d[\d\s().‐-―-]{4,}\d")
DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?")
ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
TYPED_TAG: Final = re.compile(rf"~?([0-9a-f]{{{TAG}}})", re.IGNORECASE)
MONTH: Final = re.compile(r"(\d{2})\.(\d{4})")
LEAST: Final = 3  # letters that may stand inside a choice's words; fewer begin one
MOST_PLACES: Final = 300  # that one word names; more: it says no more than that there is a place
LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
RUSSIAN: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
TO_RUSSIAN: Final = str.maketrans(LATIN, RUSSIAN)
TO_LATIN: Final = str.maketrans(RUSSIAN, LATIN)


@dataclass(frozen=True)
class Word:
    """One word that was typed: its parts, all of which are wanted, or one of what stands for it."""

    parts: tuple[str, ...]  # as written, in lower case
    begins: tuple[str, ...] = ()  # numbers that may begin so instead: of phones, days
    keys: tuple[str, ...] = ()  # of choices and places whose words have it; a tag, typed whole

    @property
    def folded(self) -> tuple[str, ...]:
        """Its parts as searches compare them."""
        return tuple(map(fold, self.parts))


def read(text: str, pack: Pack) -> list[Word]:
    """The words of a search. None of them: nothing was typed that could be found."""
    found: list[Word] = []
    rest = 0
    for phone in PHONE.finditer(text):
        digits = re.sub(r"\D", "", phone.group())
        found += _words(text[rest : phone.start()], pack)
        rest = phone.end()
        day = any(one.fullmatch(phone.group()) for one in (DAY, ISO_DAY, MONTH))
        if day or len(digits) < len("701123"):
            found += _words(phone.group(), pack)
        else:
            found.append(Word(tuple(pieces(phone.group())), tuple(_numbers(digits))))
    return [one for one in [*found, *_words(text[rest:], pack)] if one.parts]


def other_layouts(text: str) -> Iterator[str]:
    """The same keys with the keyboard in the other language, where that says something else."""
    plain = text.lower()
    for table in (TO_RUSSIAN, TO_LATIN):
        if (other := plain.translate(table)) != plain:
            yield other


def _words(text: str, pack: Pack) -> Iterator[Word]:
    for one in text.split():
        keys = (*_keys(fold(one), pack), *_tags(one))
        yield Word(tuple(pieces(one)), tuple(_days(one)), keys)


def _tags(word: str) -> Iterator[str]:
    """Only whole: a number that is typed begins the tags of many a record by chance."""
    if tag := TYPED_TAG.fullmatch(word):
        yield TAGGED + tag[1].lower()


def _numbers(digits: str) -> Iterator[str]:
    """As it stands, and without the 8 or the 7 of Kazakhstan."""
    yield digits
    if digits[0] in "78" and len(digits) > 1 and len(digits) <= NATIONAL + 1:
        yield digits[1:]


def _days(word: str) -> Iterator[str]:
    if iso := ISO_DAY.fullmatch(word):
        year, month, day = map(int, iso.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield f"{day:02}.{month:02}.{year}"
    elif said := DAY.fullmatch(word):
        yield f"{int(said[1]):02}.{int(said[2]):02}.{said[3] or ''}"
    elif MONTH.fullmatch(word):
        yield word


def _keys(word: str, pack: Pack) -> Iterator[str]:
    for key, said in _choices(spoken()):
        if _has(said, word):
            yield key
    places = [code for code, name in pack.folded_villages() if _has(name, word)]
    if len(places) > MOST_PLACES:
        yield ANYWHERE
    else:
        yield from (PLACE + code for code in places)


def _has(words: str, word: str) -> bool:
    if len(word) >= LEAST:
        return word in words
    return any(one.startswith(word) for one in words.split())


@cache
def _choices(language: str) -> list[tuple[str, str]]:
    """(as the index has it, its folded words) of all that records choose from."""
    every = (one.choices for kind in KINDS.values() for one in fields(kind))
    return [
        (choice_key(vocabulary, choice.key), fold(choice.words(language)))
        for vocabulary in sorted({one for one in every if one})
        for choice in choices(vocabulary)
    ]
