"""Search in everything that is on this laptop: the best hits, each with what was found in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.actions.found_words import Marked, Marker, cut
from desktop.actions.records import Row, as_rows
from desktop.actions.standing import find
from desktop.actions.titles import title
from desktop.index import asking, keeping, typed
from desktop.index.asking import Only
from desktop.index.words import PLACE, choice_key
from desktop.phones import show_phone
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark
from sync.local_day import local_day
from sync.records import KINDS
from sync.records.base import Field, field_map, fields
from sync.vocabulary import label

EVERYTHING = Only()
MOST = 50  # hits, unless more are asked for
FRESH = 500  # records that are put into the index before a search; more are left for later


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    kind: str
    id: UUID
    title: Marked
    field: str  # in which it was found; empty: in the title, or as a tag
    snippet: Marked
    district: str
    day: date
    review: str
    opens: tuple[str, UUID]  # kind and id of the record that is shown: of a part, its whole


@dataclass(frozen=True)
class Hits:
    """What a search found, the best first."""

    hits: Sequence[Hit] = ()
    read_as: str = (
        ""  # the words with the keyboard in the other language, where only these are found
    )
    behind: int = 0  # records that are not in the index yet, as far as that was looked at


def search(
    desk: Desk,
    words: str,
    only: Only = EVERYTHING,
    most: int = MOST,
    wanted: Callable[[], bool] = lambda: True,
) -> Hits:
    """The best hits. Words are wanted all, each as it is, folded, or as a beginning."""
    keeping.catch_up(desk.store, wanted, FRESH)
    with desk.store() as session:
        behind = keeping.behind(session)
        asked, read_as = typed.read(words, desk.pack), ""
        found = asking.best(session, asked, only, most) if asked else []
        if asked and not found:
            for other in typed.other_layouts(words):
                asked = typed.read(other, desk.pack)
                found = asking.best(session, asked, only, most) if asked else []
                if found:
                    read_as = other
                    break
        rows, marked = _rows(session, found), Marker(asked)
        hits = [_hit(desk, session, row, marked) for row in rows]
    return Hits(hits, read_as, behind)


def narrowed(kind: str, where: Iterable[tuple[str, str]]) -> list[str]:
    """What was chosen in fields of a kind, as the index has it. Raises UserError."""
    known, keys = field_map(KINDS[kind]), []
    for name, value in where:
        field = known.get(name)
        if field is None:
            raise UserError(mark("There is no field “{name}” here."), name=name)
        if field.choices:
            keys.append(choice_key(field.choices, value))
        elif field.place or field.okrugs:
            keys.append(PLACE + value)
        else:
            raise UserError(
                mark("A search is narrowed by what is chosen from a list. “{name}” is not."),
                name=name,
            )
    return keys


def _rows(session: Session, found: Sequence[tuple[str, UUID]]) -> list[Row]:
    """The rows, in the order in which they were found; without those that have just gone."""
    by_kind: dict[str, list[UUID]] = {}
    for kind, id in found:
        by_kind.setdefault(kind, []).append(id)
    rows: dict[UUID, Row] = {}
    for kind, ids in by_kind.items():
        record = KINDS[kind]
        here = session.query(record).filter(record.id.in_(ids), ~record.removed).all()
        rows |= {row["id"]: row for row in as_rows(session, here)}
    return [rows[id] for _, id in found if id in rows]


def _hit(desk: Desk, session: Session, row: Row, marked: Marker) -> Hit:
    record = KINDS[row["kind"]]
    called = title(row)
    name, snippet = _snippet(desk, row, marked, called)
    return Hit(
        kind=row["kind"],
        id=row["id"],
        title=marked(called),
        field=name,
        snippet=snippet,
        district=row["district"],
        day=(row[record.dated_by] if record.dated_by else None) or local_day(row["created"]),
        review=row["review"] or "",
        opens=_whole(session, row),
    )


def _whole(session: Session, row: Row) -> tuple[str, UUID]:
    kind, id, above = row["kind"], row["id"], row["parent"]
    seen = {id}
    while above is not None and above not in seen:
        seen.add(above)
        try:
            whole = find(session, above)
        except UserError:  # it has not come yet
            break
        kind, id, above = whole.kind, whole.id, getattr(whole, "parent", None)
    return kind, id


def _snippet(desk: Desk, row: Row, marked: Marker, called: str) -> tuple[str, Marked]:
    """The field that says most of the words, and what it says around them; none that says the title again."""
    best: tuple[int, str, Marked] = (0, "", Marked(""))
    for field in fields(KINDS[row["kind"]]):
        for said in _texts(desk, field, row.get(field.name)):
            found = marked(said)
            if len(found.marks) > best[0] and said.strip() != called:
                best = (len(found.marks), field.name, found)
    return best[1], cut(best[2])


def _texts(desk: Desk, field: Field, value: Any) -> Iterator[str]:
    if value in (None, "", [], {}) or field.link:
        return
    if field.choices:
        for one in value if isinstance(value, list) else [value]:
            yield label(field.choices, str(one))
    elif field.place:
        yield desk.pack.full_name(str(value))
    elif isinstance(value, str):
        yield show_phone(value)
    elif isinstance(value, dict):
        yield from map(str, value.values())
    elif isinstance(value, date):
        yield f"{value:%d.%m.%Y}"
