"""Whose data stood in one stream in the time asked about: read from records and their history.

The history counts, too: a name that was taken out last week is still on a laptop that has not
heard of it. What left the laptop before is not told: values that others took the place of, and
records that were erased, while it was in contact.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.change import Change
from sync.erasure import ERASED
from sync.folding import fold
from sync.records import KINDS
from sync.records.base import Record, Values, fields
from sync.records.consented import ENDED, WITNESS, tells_of_person
from sync.retention import Term, hold, part_holds, term_of
from sync.server.tables import Entry, Kept, LateEdit
from sync.striking import AFTER

BARE = timedelta(days=90 + 35)  # after so long words have left file and copies of a laptop (0038)
KEPT = AFTER + timedelta(days=1)  # after the end of consent, until a laptop in use strikes it, too
AT_ONCE = 1_000  # revisions that are asked for together
PHONE = "phone"
OFFICIALS = {"official": "name", "decision": "responsible"}  # kind: where an official is named
PRIVATE = {
    kind: frozenset(one.name for one in fields(record) if one.private)
    for kind, record in KINDS.items()
    if any(one.private for one in fields(record))
}
TEXTS = {
    kind: tuple(one.name for one in fields(record) if one.long)
    for kind, record in KINDS.items()
    if not record.regional and any(one.long for one in fields(record))
}


@dataclass(frozen=True)
class Window:
    """What is asked about one stream."""

    since: datetime  # what had gone before is not told
    until: datetime  # what came later is not told
    surely: datetime  # until then the laptops had certainly heard everything
    private: bool  # whether the rights went as far as people's own fields
    late: bool  # and to late edits that wait for a decision
    devices: frozenset[UUID]
    last: (
        datetime  # until then what these laptops wrote counts, also where they might read no more
    )
    retold: datetime | None = None  # the database was restored then: laptops told things again


@dataclass(frozen=True)
class Someone:
    """A person as a record names them."""

    who: str
    phone: str

    @property
    def key(self) -> tuple[str, str]:
        """Alike for the same name and phone, however they are written."""
        return fold(" ".join(self.who.split())), "".join(filter(str.isdigit, self.phone))[-10:]


@dataclass
class Found:
    """A record with people's own data."""

    record: UUID
    kind: str
    district: str
    people: list[Someone]
    fields: frozenset[str]  # private ones that were filled in
    came: datetime  # when the server took it
    parent: UUID | None = None
    number: str = ""  # an issue's, as people know it
    consent: str = ""  # "given", "ended", "none"; empty where none is asked for
    left: bool = False  # closed so long ago that its words have left laptops in use


@dataclass
class Stock:
    """What one stream held."""

    found: list[Found] = field(default_factory=list)
    records: int = 0
    texts: int = 0  # records with long texts, in which anybody may be named
    files: int = 0  # photos and papers
    officials: set[str] = field(default_factory=set)
    erased: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # {kind: records}
    struck: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # the same, of names


def stock(session: Session, district: str, window: Window, terms: tuple[Term, ...]) -> Stock:
    """All of a stream that the window asks about."""
    heard = _heard(session, district, window)
    standing = {row.id: row for row in _standing(session, district)}
    told, later = _states(session, district, window, heard) if window.private else ({}, set())
    own = _written_on(session, district, window)
    done = Stock()
    struck = _taken(session, district, {row.struck for row in standing.values()})
    quiet = _quiet(standing, heard, terms, window.surely - BARE)
    for row in standing.values():
        born = heard.get(row.id, (window.since, window.since))[0]
        if born > window.until and row.id not in own:
            continue
        if row.fields.get(ERASED):
            if heard[row.id][1] > window.surely if row.id in heard else True:
                done.erased[row.kind] += 1
            continue
        _count(done, row)
        if not window.private:
            continue
        if row.struck is not None and struck.get(row.struck, window.until) > window.surely - KEPT:
            done.struck[row.kind] += 1
        states = [*told.pop(row.id, ()), _now(row, later)]
        if found := _found(row.id, row.kind, district, states, born):
            found.parent, found.number = row.parent, row.fields.get("number") or ""
            found.consent = _consent(KINDS[row.kind], row.fields)
            found.left = _root(row, standing) in quiet
            done.found.append(found)
    for record, states in told.items():  # only in late edits, or refused on the laptop itself
        row = standing.get(record)
        if row is None and (
            found := _found(record, states[0][""], district, states, window.since)
        ):
            done.found.append(found)
    return done


def _standing(session: Session, district: str) -> Iterator[Any]:
    columns = select(Kept.id, Kept.kind, Kept.parent, Kept.fields, Kept.touched, Kept.struck)
    yield from session.execute(
        columns.where(Kept.district == district), execution_options={"yield_per": 1_000}
    )


def _taken(
    session: Session, district: str, revisions: Collection[int | None]
) -> dict[int, datetime]:
    """{the revision by which a consent ended, of those whose names were struck: when it was taken}."""
    known = sorted(one for one in revisions if one is not None)
    asked = select(Entry.revision, Entry.received).where(Entry.district == district)
    return {
        revision: received
        for first in range(0, len(known), AT_ONCE)
        for revision, received in session.execute(
            asked.where(Entry.revision.in_(known[first : first + AT_ONCE]))
        )
        if revision is not None
    }


def _heard(
    session: Session, district: str, window: Window
) -> dict[UUID, tuple[datetime, datetime]]:
    """{record: when the server took its first and its last edit}."""
    first, last = func.min(Entry.received), func.max(Entry.received)
    asked = select(Entry.record, first, last, func.min(Entry.at)).where(
        Entry.district == district, Entry.revision.is_not(None)
    )
    return {
        record: (_moment(begun, typed, window), ended)
        for record, begun, ended, typed in session.execute(asked.group_by(Entry.record))
    }


def _written_on(session: Session, district: str, window: Window) -> set[UUID]:
    """The records that these laptops wrote at: what somebody wrote is there, whoever took it in."""
    asked = select(Entry.record).where(Entry.district == district)
    theirs = Entry.device.in_(window.devices) & (Entry.received <= window.last)
    return set(session.scalars(asked.where(theirs)))


def _moment(received: datetime, typed: datetime, window: Window) -> datetime:
    """When the server took something; what it was told again after a restore, when it was typed."""
    again = window.retold is not None and received >= window.retold
    return min(received, typed) if again else received


def _states(
    session: Session, district: str, window: Window, heard: Any
) -> tuple[dict[UUID, list[Values]], set[int]]:
    """({record: what its private fields said, in each state that counts}, revisions that came later).

    A state has its kind under "".
    """
    now: dict[UUID, Values] = {}
    told: dict[UUID, list[Values]] = defaultdict(list)
    later = set[int]()
    for row in _edits(session, district, window):
        came = _moment(row.received, row.at, window)
        if came > (window.last if row.device in window.devices else window.until):
            if row.revision is not None:
                later.add(row.revision)
            continue
        said = {name: row.fields[name] for name in PRIVATE[row.kind] & row.fields.keys()}
        before = now.get(row.record, {"": row.kind})
        if said and (came <= window.since):
            told[row.record].clear()  # what stood there before is gone
        if said:
            now[row.record] = {**before, **said}
            told[row.record].append(now[row.record])
    for change in _waiting(session, district, window):
        said = {name: change.fields[name] for name in PRIVATE[change.kind] & change.fields.keys()}
        told[change.record].append({"": change.kind, **now.get(change.record, {}), **said})
    return told, later


def _edits(session: Session, district: str, window: Window) -> Iterator[Any]:
    columns = (
        *(Entry.record, Entry.kind, Entry.revision, Entry.device),
        *(Entry.received, Entry.at, Entry.fields),
    )
    theirs = Entry.revision.is_not(None) | Entry.device.in_(window.devices)
    asked = select(*columns).where(Entry.district == district, Entry.kind.in_(PRIVATE), theirs)
    yield from session.execute(
        asked.order_by(Entry.received, Entry.revision), execution_options={"yield_per": 1_000}
    )


def _waiting(session: Session, district: str, window: Window) -> Iterator[Change]:
    """Late edits, for the laptops that wrote them and for those who decide about them."""
    seen = LateEdit.device.in_(window.devices) & (LateEdit.received <= window.last)
    if window.late:
        seen |= LateEdit.received <= window.until
    asked = select(LateEdit.body).where(LateEdit.district == district, seen)
    for body in session.scalars(asked.order_by(LateEdit.received)):
        change = msgspec.json.decode(body, type=Change)
        if change.kind in PRIVATE:
            yield change


def _now(row: Any, later: set[int]) -> Values:
    """What stands in its private fields, without what came too late: merges are in no edit."""
    names = PRIVATE.get(row.kind, frozenset())
    return {
        "": row.kind,
        **{
            name: row.fields.get(name)
            for name in names
            if row.touched.get(name, (0,))[0] not in later
        },
    }


def _found(
    record: UUID, kind: str, district: str, states: Iterable[Values], came: datetime
) -> Found | None:
    people: dict[tuple[str, str], Someone] = {}
    filled = set[str]()
    for state in states:
        filled |= {name for name, value in state.items() if name and value}
        people.update((one.key, one) for one in _people(KINDS[kind], state))
    if not people:
        return None
    whole = [one for one in people.values() if not _is_part(one, people)]
    return Found(record, kind, district, whole, frozenset(filled), came)


def _people(record: type[Record], state: Values) -> Iterator[Someone]:
    """Who stands in these fields: whoever the record is about, and the witness of a consent."""
    own = [one.name for one in fields(record) if tells_of_person(one) and state.get(one.name)]
    if own:
        who = ", ".join(str(state[name]) for name in own if name != PHONE)
        yield Someone(who, str(state.get(PHONE) or ""))
    if state.get(WITNESS):
        yield Someone(str(state[WITNESS]), "")


def _is_part(one: Someone, people: dict[tuple[str, str], Someone]) -> bool:
    """Whether it is the same person while less was known: a name before its phone was typed."""
    who, phone = one.key
    return any(
        other != (who, phone) and who in ("", other[0]) and phone in ("", other[1])
        for other in people
    )


def _count(done: Stock, row: Any) -> None:
    done.records += 1
    done.files += row.kind == "attachment"
    done.texts += any(row.fields.get(name) for name in TEXTS.get(row.kind, ()))
    if name := row.fields.get(OFFICIALS.get(row.kind, "")):
        done.officials.add(fold(" ".join(name.split())))


def _consent(record: type[Record], values: Values) -> str:
    if not record.consent_field:
        return ""
    if values.get(ENDED):
        return "ended"
    return "given" if values.get(record.consent_field) else "none"


def _root(row: Any, standing: dict[UUID, Any]) -> UUID:
    """The record that it belongs to in the end."""
    met = {row.id}
    while row.parent in standing and row.parent not in met:
        row = standing[row.parent]
        met.add(row.id)
    root: UUID = row.id
    return root


def _quiet(
    standing: dict[UUID, Any],
    heard: dict[UUID, tuple[datetime, datetime]],
    terms: tuple[Term, ...],
    before: datetime,
) -> set[UUID]:
    """Records that were done with, with all their parts, and left alone, from this moment on."""
    busy = set[UUID]()
    for row in standing.values():
        root = standing[_root(row, standing)]
        if row.id == root.id:
            term = term_of(terms, row.kind, row.fields)
            resting = term is not None and hold(term, row.fields) is None
        else:
            resting = part_holds(row.kind, row.fields) is None
        touched = heard.get(row.id)
        if not resting or touched is None or touched[1] > before:
            busy.add(root.id)
    return standing.keys() - busy
