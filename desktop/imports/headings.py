"""The row that names the columns of a table, and which field of the record each column is.

A column is known by the field's name, its label in any language, or a word that registers use for it;
else the nearest label is proposed, and told apart from what is known. Whoever imports may say otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import islice

from desktop.imports.sheets import Cell, Sheet
from sync.folding import fold
from sync.language import LANGUAGES, mark
from sync.records import KINDS
from sync.records.base import Field, Part, Record, field_map, fields
from sync.records.consented import TEXT

AMONG = 30  # rows in which the names of the columns are looked for
NEAR = 0.82  # how alike a heading and a label must be for a guess
OKRUG, DISTRICT, PARENT = "okrug", "district", "parent"  # columns that are no field
WORDS = {OKRUG: mark("Rural okrug"), DISTRICT: mark("District")}

BRACKETS = re.compile(r"[(\[].*?[)\]]")
SIGNS = re.compile(r"[^\w%]+")
SORTS = {  # words of registers for what a field is, whatever its kind calls it
    "place": ("ауыл", "елді мекен", "елді мекені", "село", "населенный пункт", "нас пункт", "place"),
    "day": ("күні", "дата", "date", "day", "день", "уақыты күні"),
    "title": ("атауы", "мазмұны", "қысқаша мазмұны", "өтініш мазмұны", "мәселе", "наименование", "название", "содержание",
              "краткое содержание", "суть обращения", "title", "name", "text"),
    "phone": ("тел", "телефон нөмірі", "байланыс телефоны", "номер телефона", "контактный телефон"),
    "applicant": ("аты жөні", "тегі аты әкесінің аты", "фио", "ф и о", "фио заявителя", "full name"),
    "state": ("мәртебесі", "статус", "status"),
}  # fmt: skip
BESIDE = {
    OKRUG: ("ауылдық округ", "ауылдық округі", "округ", "а о", "сельский округ", "с о", "rural okrug"),
    DISTRICT: ("аудан", "ауданы", "район", "аудан қала", "район город"),
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """One column: its place, what stands above it, the target it is taken for ("" for none)."""

    at: int
    said: str
    target: str
    guessed: bool = False  # nearly called so: whoever imports should look


@dataclass(frozen=True)
class Headed:
    """The table of a sheet: the row of its headings, its columns, and the rows below."""

    sheet: Sheet
    row: int
    heads: tuple[Head, ...]

    def below(self) -> Iterator[tuple[int, list[Cell]]]:
        """(number, cells) of the rows under the headings."""
        return ((at, cells) for at, cells in self.sheet.rows.items() if at > self.row)


def importable_fields(record: type[Record]) -> tuple[Field, ...]:
    """What a table may say of a record: all but links, and what the server or a consent gives."""
    return tuple(
        one
        for one in fields(record)
        if not (one.given or one.link or one.type is dict or one.name == TEXT)
    )


def targets(record: type[Record]) -> tuple[str, ...]:
    """All that a column can be: fields, and for a place okrug and district beside it."""
    declared = importable_fields(record)
    beside = (OKRUG, DISTRICT) if any(one.place for one in declared) else ()
    return (*((PARENT,) if issubclass(record, Part) else ()), *(f.name for f in declared), *beside)


def find_table(sheet: Sheet, record: type[Record]) -> Headed | None:
    """The row in which most columns are known, and what they are; None for a sheet without rows."""
    known, best, most = _known(record), 0, -1
    for row, cells in islice(sheet.rows.items(), AMONG):
        found = len({known[name] for cell in cells if (name := bare(_text(cell))) in known})
        if found > most:
            best, most = row, found
    if not best:
        return None
    return Headed(sheet, best, guess([_text(cell) for cell in sheet.rows[best]], record))


def guess(names: Sequence[str], record: type[Record]) -> tuple[Head, ...]:
    """What columns called so are. Each target is given once, to what is surest of it."""
    known, can = _known(record), targets(record)
    found: dict[int, tuple[str, bool]] = {}
    taken: set[str] = set()
    for at, name in enumerate(names):
        target = name if name in can else known.get(bare(name), "")
        if target and target not in taken:
            found[at] = target, False
            taken.add(target)
    for at, name in enumerate(names):
        if at not in found and (target := _nearest(bare(name), record, taken)):
            found[at] = target, True
            taken.add(target)
    return tuple(
        Head(at, name, *found.get(at, ("", False))) for at, name in enumerate(names) if name
    )


def said_otherwise(headed: Headed, mapping: Mapping[str, str]) -> Headed:
    """The same with what a person says: {what stands above a column: its target, or "" for none}."""
    wanted = {bare(name): target for name, target in mapping.items()}
    said = set(filter(None, wanted.values()))
    heads = tuple(
        Head(head.at, head.said, wanted[bare(head.said)])
        if bare(head.said) in wanted
        else Head(head.at, head.said, "" if head.target in said else head.target, head.guessed)
        for head in headed.heads
    )
    return Headed(headed.sheet, headed.row, heads)


def bare(text: str) -> str:
    """A heading as it is compared: folded, without brackets, stars and signs."""
    return " ".join(SIGNS.sub(" ", fold(BRACKETS.sub(" ", text))).split())


@cache
def _known(record: type[Record]) -> dict[str, str]:
    """{heading, bare: target}; what a kind calls a field goes before what registers call it."""
    declared = importable_fields(record)
    found: dict[str, str] = {}
    for one in declared:
        for language in LANGUAGES:
            found.setdefault(bare(one.words(language)), one.name)
    for above in (KINDS[kind] for kind in getattr(record, "parents", ())):
        title = field_map(above)[above.named_by]
        for language in LANGUAGES:
            found.setdefault(bare(title.words(language)), PARENT)
    sorts = [(SORTS[sort], name) for sort, name in _sorts(record)]
    if any(one.place for one in declared):
        sorts += [(words, beside) for beside, words in BESIDE.items()]
    for words, target in sorts:
        for word in words:
            found.setdefault(bare(word), target)
    return found


def _sorts(record: type[Record]) -> Iterator[tuple[str, str]]:
    declared = {one.name for one in importable_fields(record)}
    for one in importable_fields(record):
        if one.place:
            yield "place", one.name
    for sort, name in (
        ("day", record.dated_by),
        ("title", record.named_by),
        *((word, word) for word in ("phone", "applicant", "state")),
    ):
        if name in declared:
            yield sort, name


def _nearest(name: str, record: type[Record], taken: set[str]) -> str:
    if len(name) < 4:
        return ""
    if _says_title(name, record) and record.named_by not in taken:
        return record.named_by
    alike = (
        (SequenceMatcher(None, name, word).ratio(), target)
        for word, target in _known(record).items()
        if target not in taken and len(word) > 3
    )
    how, target = max(alike, default=(0.0, ""))
    return target if how >= NEAR else ""


def _says_title(name: str, record: type[Record]) -> bool:
    """«Мәселенің мәні»: what a record is called by stands among the words."""
    title = {field_map(record)[record.named_by].words(language) for language in LANGUAGES} if record.named_by else ()  # fmt: skip
    return any(set(bare(one).split()) <= set(name.split()) for one in title)


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""
