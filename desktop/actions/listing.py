"""A list of one kind of record: the order of all of it, and its rows a page at a time.

Order, filters and search are SQLite's work, which leaves the other threads alone meanwhile. Why
lists are read so: docs/decisions/0017-lists-by-pages.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    false,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from desktop.actions.finding import Chosen, mentions
from desktop.actions.orders import is_order, ordering
from desktop.actions.records import Row, as_rows, disputed
from desktop.index import asking, keeping, typed
from desktop.session import Desk
from sync.client.outbox import WAITS
from sync.client.tables import Pending
from sync.records import KINDS
from sync.records.base import Record, Reviewed
from sync.records.filled_form import FilledForm
from sync.records.states import ReviewState

ALL: Final = ""
UNSENT: Final = "unsent"
CONFLICT: Final = "conflict"  # filters beside the review states
FRESH = 500  # records that are put into the index before a search; more are left for later
DIGITS = 32  # of an id
STEP = 2_000  # rows that are searched before it is asked whether anybody still waits


@dataclass(frozen=True)
class Wish:
    """What a list is to show: a review state or UNSENT, CONFLICT, ALL; and words, as typed."""

    state: str = ALL
    words: str = ""
    order: str = ""  # a field, with a minus from its end; as edited last where none


@dataclass(frozen=True)
class Listing:
    """All records that fit, in their order, by the hexadecimal digits of their ids."""

    ids: Sequence[str] = ()
    counts: dict[str, int] = field(default_factory=dict)  # by filter, whatever is searched for
    unsearched: int = 0  # of what fits the state, how many are bare: their words were not searched
    whole: bool = True  # else these are only the first of them, and nothing was counted yet
    rows: dict[str, int] = field(init=False, repr=False)  # made where it is read, off the window

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {id: row for row, id in enumerate(self.ids)})

    def row_of(self, id: UUID) -> int:
        """Where a record stands; -1 where it does not fit."""
        return self.rows.get(id.hex, -1)


def is_known(record: type[Record], wish: Wish) -> bool:
    """Whether this program knows the filter and the order, which another one may have thought of."""
    states = (ALL, UNSENT, CONFLICT, *(ReviewState if issubclass(record, Reviewed) else ()))
    return wish.state in states and is_order(record, wish.order)


def read_listing(
    desk: Desk, kind: str, wish: Wish, wanted: Callable[[], bool] = lambda: True
) -> Listing | None:
    """What fits the wish. None as soon as it is no longer wanted: another wish has come."""
    record = KINDS[kind]
    if wish.words.strip():
        keeping.catch_up(desk.store, wanted, FRESH)
    with desk.store() as session:
        ids, unsearched = _ordered(session, record, wish.state, wish.order), 0
        if wish.words.strip():
            hits = _hits(desk, session, record, wish.words, wanted)
            bare = _ordered(session, record, wish.state, bare=True)
            unsearched = sum(id not in hits for id in bare)
            ids = [id for id in ids if id in hits]
        return Listing(ids, _counts(session, record), unsearched) if wanted() else None


def read_start(desk: Desk, kind: str, state: str, most: int) -> Listing:
    """The first `most` of a review state or UNSENT, CONFLICT, ALL: those that are seen at once.

    Whole where there are not more, and then the same as `read_listing`.
    """
    record = KINDS[kind]
    with desk.store() as session:
        query = select(_digits(record)).where(~record.removed, *_fits(record, state))
        ids = list(session.scalars(query.order_by(*ordering(record, ALL)).limit(most + 1)))
        whole = len(ids) <= most
        return Listing(ids[:most], _counts(session, record) if whole else {}, whole=whole)


def read_rows(desk: Desk, kind: str, ids: Sequence[str]) -> list[Row]:
    """These records in this order, without those that have left this laptop."""
    record = KINDS[kind]
    keys = [UUID(hex=id) for id in ids]
    with desk.store() as session:
        found = session.scalars(select(record).where(record.id.in_(keys), ~record.removed)).all()
        rows = {row["id"]: row for row in as_rows(session, found)}
    return [rows[key] for key in keys if key in rows]


def _ordered(
    session: Session, record: type[Record], state: str, order: str = "", *, bare: bool = False
) -> list[str]:
    """All ids as one text, cut here: rows by themselves would take five times as long, with a turn
    of the interpreter for each."""
    fits = [~record.removed, *_fits(record, state), *([record.bare] if bare else [])]
    ids = (
        select(_digits(record).label("id"))
        .where(*fits)
        .order_by(*ordering(record, order))
        .subquery()
    )
    digits = session.scalar(select(func.group_concat(ids.c.id, ""))) or ""
    return [digits[start : start + DIGITS] for start in range(0, len(digits), DIGITS)]


def _fits(record: type[Record], state: str) -> list[ColumnElement[bool]]:
    if state == ALL:
        return []
    if state == UNSENT:
        return [_unsent(record)]
    if state == CONFLICT:
        return [disputed(record)]
    return [_review(record) == state] if issubclass(record, Reviewed) else [false()]


def _review(record: type[Reviewed]) -> ColumnElement[str]:
    """With a sign that keeps SQLite from an index of the states alone, after which it would have to
    put in order, and look up, each record of a common state."""
    return literal_column(f"+{record.__tablename__}.review", String)


def _chosen(session: Session, record: type[Record], word: str) -> list[Chosen]:
    if record is not FilledForm:
        return []
    from desktop.actions.filled_forms import choices_with  # here: it reads forms

    return choices_with(session, word)


def _hits(
    desk: Desk, session: Session, record: type[Record], words: str, wanted: Callable[[], bool]
) -> set[str]:
    """By the index, which finds words by their beginnings; where it finds none, or has not all of
    the records yet, or signs or a form's choices are looked for, all is gone through."""
    asked = typed.read(words, desk.pack) if words.replace(" ", "").isalnum() else []
    serves = asked and record is not FilledForm and not keeping.behind(session)
    if serves and (hits := asking.every(session, asked, record.kind)):
        return hits
    says = mentions(record, words, desk.pack, partial(_chosen, session, record))
    return _search(session, record, says, wanted)


def _search(
    session: Session, record: type[Record], says: ColumnElement[bool], wanted: Callable[[], bool]
) -> set[str]:
    """The records that say it, some at a time: a wish that has passed does not go on."""
    place = literal_column(f"{record.__tablename__}.rowid", Integer)
    last: int = session.scalar(select(func.max(place)).select_from(record)) or 0
    hits: set[str] = set()
    for start in range(0, last, STEP):
        if not wanted():
            break
        near = place > start, place <= start + STEP
        hits.update(session.scalars(select(_digits(record)).where(*near, ~record.removed, says)))
    return hits


def _counts(session: Session, record: type[Record]) -> dict[str, int]:
    here, counted = ~record.removed, dict[str, int]()
    if issubclass(record, Reviewed):
        states = select(_review(record), func.count()).where(here).group_by(_review(record))
        counted = {row[0]: row[1] for row in session.execute(states)}
        everything = sum(counted.values())
    else:
        everything = _count(session, select(func.count(record.id)).where(here))
    return counted | {
        ALL: everything,
        UNSENT: _count(session, select(func.count(record.id)).where(here, _unsent(record))),
        CONFLICT: _count(session, select(func.count(record.id)).where(here, disputed(record))),
    }


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0


def _unsent(record: type[Record]) -> ColumnElement[bool]:
    return record.id.in_(select(Pending.record).where(WAITS))


def _digits(record: type[Record]) -> ColumnElement[str]:
    """The id as it is kept: a hundred thousand objects would only be thrown away again."""
    return type_coerce(record.id, String)
