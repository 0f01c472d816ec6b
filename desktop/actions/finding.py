"""Search in all that a record says, folded as sync.folding does it, by SQLite alone.

Where the index of words (`desktop.index`) does not serve: inside of words, by signs, by the choices of
a form. A folded letter stands for all letters that fold to it, which GLOB can say: [кқКҚ…]. So
thousands of rows are looked at without this program's own code.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    type_coerce,
)

from desktop.actions.records import TAG
from sync.folding import fold
from sync.places import Pack
from sync.records.base import Field, Record, fields
from sync.vocabulary import choices

# Latin with that of Turkish and the new Kazakh, Cyrillic, signs: each more makes a search slower
LETTERS = (range(0x20, 0x180), range(0x400, 0x530), range(0x2010, 0x2040))


@dataclass(frozen=True)
class Chosen:
    """A choice of a form whose words have a word in them: in which form, where, and what is kept."""

    form: str
    keys: str  # of the answers to its question, as GLOB has it
    name: str


def mentions(
    record: type[Record],
    words: str,
    pack: Pack,
    chosen: Callable[[str], Iterable[Chosen]] = lambda _: (),
) -> ColumnElement[bool]:
    """Whether a record has all these words anywhere, in the language spoken. `chosen`: a folded word
    → the choices of forms that have it."""
    return and_(*(or_(*_places(record, word, pack, chosen)) for word in words.split()))


def _places(
    record: type[Record],
    word: str,
    pack: Pack,
    chosen: Callable[[str], Iterable[Chosen]],
) -> Iterator[ColumnElement[bool]]:
    yield _has(_tag(record), word)
    holders = [getattr(record, one.name) for one in fields(record) if one.type is dict]
    for choice in chosen(fold(word)) if holders else ():
        mine = getattr(record, "form") == choice.form  # noqa: B009  # kinds with answers have one
        yield and_(mine, or_(*(_chose(holder, choice) for holder in holders)))
    for field in fields(record):
        if not field.link:
            yield from _field_has(getattr(record, field.name), field, word, pack)


def _field_has(column: Any, field: Field, word: str, pack: Pack) -> Iterator[ColumnElement[bool]]:
    wanted = fold(word)
    if field.place:
        yield column.in_([code for code, name in pack.folded_villages() if wanted in name])
        yield and_(_has(column, word), not_(_like(column, "[0-9]*")))  # typed by hand
    elif field.choices:
        known = {one.key: fold(one.words()) for one in choices(field.choices)}
        yield column.in_([key for key, name in known.items() if wanted in name])
        yield and_(_has(column, word), column.not_in(list(known)))  # of a newer program
    elif field.type is str:
        yield _has(column, word)
    elif field.type is dict:
        yield _answered(column, word)
    elif field.type is date and not wanted.strip("0123456789."):
        yield func.strftime("%d.%m.%Y", column).contains(wanted, autoescape=True)


def _chose(holder: Any, choice: Chosen) -> ColumnElement[bool]:
    """Whether it was chosen; several choices stand in one answer with spaces between."""
    answers = func.json_each(holder).table_valued("key", "value")
    names = literal(" ") + type_coerce(answers.c.value, String) + " "
    here = _like(answers.c.key, choice.keys), func.instr(names, f" {choice.name} ") > 0
    return exists(select(literal(1)).select_from(answers).where(*here))


def _answered(column: Any, word: str) -> ColumnElement[bool]:
    """Whether an answer says it; the paths of the questions do not count."""
    answers = func.json_each(column).table_valued("value")
    return exists(select(literal(1)).select_from(answers).where(_has(answers.c.value, word)))


def _has(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Folded letter by letter; a sign that folds to several is found as it was typed."""
    return or_(_like(column, pattern(word)), func.instr(column, word) > 0)


def _like(column: ColumnElement[Any], glob: str) -> ColumnElement[bool]:
    return type_coerce(column, String).op("GLOB", is_comparison=True)(glob)


def pattern(word: str) -> str:
    """What GLOB compares with: the word in any case, accents and look-alike letters."""
    return "*" + "".join(map(_class, fold(word))) + "*"


def _class(letter: str) -> str:
    """All letters that fold to this one; ], ^ and - stand where [ ] takes them as they are."""
    alike = _alike().get(letter, [letter])
    plain = "".join(one for one in alike if one not in "]^-")
    ends = [
        "]" if "]" in alike else "",
        plain,
        "^" if "^" in alike else "",
        "-" if "-" in alike else "",
    ]
    return letter if alike == ["^"] else f"[{''.join(ends)}]"


@cache
def _alike() -> dict[str, list[str]]:
    """{folded letter: all letters that fold to it}"""
    found: dict[str, list[str]] = {}
    for code in (code for codes in LETTERS for code in codes):
        letter = chr(code)
        if len(folded := fold(letter)) == 1:
            found.setdefault(folded, []).append(letter)
    return found


def _tag(record: type[Record]) -> ColumnElement[str]:
    """The tag that lists show until the server gives a number, and that may stand on somebody's slip:
    it is found afterwards, too."""
    return literal("~") + func.substr(type_coerce(record.id, String), -TAG)
