"""A cell of a table → a value of its field as it travels, or a sentence about what is wrong with it."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import Any

import msgspec

from desktop.imports.dates import read_day, read_time
from desktop.imports.figures import read_answer, read_money, read_number, read_whole
from desktop.imports.places import Places
from desktop.imports.sheets import Cell
from desktop.phones import parse_phone
from sync.errors import UserError
from sync.folding import fold
from sync.language import LANGUAGES, mark
from sync.records.base import Field
from sync.records.values import typed
from sync.vocabulary import Term, choices

Read = Callable[[Any], Any]

NOT_LISTED = mark("“{found}” is not in the list. Write one of: {words}")
PERHAPS = mark("“{found}” is not in the list. Is “{near}” meant?")
BROKEN = mark("A formula failed in this cell: {found}. Put it right in the spreadsheet.")
FAILED = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
TOLD = 8  # words of a list
DIGITS = 12  # of IIN and BIN
NUMBERS: dict[type, Read] = {int: read_whole, float: read_number, bool: read_answer}


def read_cell(field: Field, cell: Cell, places: Places, beside: tuple[str, str] = ("", "")) -> Any:
    """The value, as JSON. `beside`: okrug and district that stand in columns of their own.

    Raises UserError, in words that name what was found and what to write.
    """
    if isinstance(cell, str) and cell.upper() in FAILED:
        raise UserError(BROKEN, found=cell)
    value = _read(field, cell, places, beside)
    typed(field, value)  # limits, years, lengths
    return msgspec.to_builtins(value)


def _read(field: Field, cell: Cell, places: Places, beside: tuple[str, str]) -> Any:
    if field.place:
        return places.village(_text(cell), *beside)
    if field.type.__name__ == "date":
        return read_day(cell)
    if field.type.__name__ == "time":
        return read_time(cell)
    if field.money:
        return read_money(cell)
    if field.type in NUMBERS:
        return NUMBERS[field.type](cell)
    if field.type is list:
        one = places.okrug if field.okrugs else (lambda word: _chosen(field, word))
        return list(dict.fromkeys(one(word) for word in _several(_text(cell))))
    if field.choices:
        return _chosen(field, _text(cell))
    return _written(field, cell)


def _written(field: Field, cell: Cell) -> str:
    text = _text(cell)
    if field.name == "phone":
        return parse_phone(text)
    if field.check and isinstance(cell, int):
        return text.zfill(DIGITS)  # a spreadsheet took the noughts before it
    return text if field.long else " ".join(text.split())


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"{cell:%d.%m.%Y}" if hasattr(cell, "year") else str(cell)


def _several(text: str) -> list[str]:
    parts = text.replace("\n", ";").replace(",", ";").split(";")
    return [part.strip() for part in parts if part.strip()]


def _chosen(field: Field, word: str) -> str:
    """A key of the field's list, by itself or by its words in any language."""
    known = _words(field.choices)
    key = known.get(fold(" ".join(word.split())))
    if key is not None:
        return key
    if near := _nearest(fold(word), known):
        raise UserError(PERHAPS, found=word[:60], near=Term(field.choices, near))
    raise UserError(NOT_LISTED, found=word[:60], words=_Listed(field.choices))


def _nearest(word: str, known: dict[str, str]) -> str:
    """The key that may be meant: nearly called so, or alone with this beginning. "" for none."""
    if near := get_close_matches(word, known, 1, 0.75):
        return known[near[0]]
    begun = {key for said, key in known.items() if len(said) > 2 and word.startswith(said)}
    return begun.pop() if len(begun) == 1 else ""


@cache
def _words(vocabulary: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in choices(vocabulary):
        for said in (choice.key, *(choice.words(language) for language in LANGUAGES)):
            found.setdefault(fold(said), choice.key)
    return found


class _Listed:
    """The first words of a list, in the language of the sentence around them."""

    def __init__(self, vocabulary: str) -> None:
        self._vocabulary = vocabulary

    def words(self, language: str | None = None) -> str:
        said = [choice.words(language) for choice in choices(self._vocabulary)]
        return ", ".join(said[:TOLD]) + (", …" if len(said) > TOLD else ".")
