"""Every change in the order in which it was accepted: the server's memory, the laptops' source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from sync.change import Change, Refusal
from sync.errors import Refused
from sync.language import mark
from sync.merge import Standing, merge
from sync.records import KINDS
from sync.records.base import REGION, Reviewed, field_map
from sync.records.states import ReviewState
from sync.rights import Person, check
from sync.server import numbers
from sync.server.shape import check_shape, stamped, storable
from sync.server.tables import Entry, Kept, Stream

PAGE = 1_000  # records in one reply
COLUMNS = (
    *(Kept.kind, Kept.id, Kept.district, Kept.parent),
    *(Kept.fields, Kept.revision, Kept.by, Kept.at),
)


@dataclass
class Answers:
    """What became of the changes of one request."""

    accepted: dict[UUID, int] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    own: dict[UUID, int] = field(default_factory=dict)  # {record: a revision its laptop has whole}
    given: list[Change] = field(default_factory=list)  # what the server filled in itself
    astray: set[tuple[str, UUID]] = field(default_factory=set)  # (district, record) to put right


def accept(
    session: Session,
    changes: Iterable[Change],
    person: Person,
    device: UUID,
    districts: tuple[str, ...],
) -> Answers:
    """Write each change down, or say why not; the caller's transaction commits it.

    A known id is answered with its first answer. `districts` are the region's district codes.
    Streams are locked in one order, so that two requests cannot wait for each other.
    """
    answers = Answers()
    by_district: dict[str, list[Change]] = {}
    for change in changes:
        by_district.setdefault(change.district, []).append(change)
    for district in sorted(by_district):
        if district == REGION or district in districts:
            _Acceptance(session, district, person, device, answers).run(by_district[district])
        else:
            unknown = Refused(mark("The server does not know this district.")).words(
                person.language
            )
            answers.refused += [Refusal(one.id, unknown) for one in by_district[district]]
    return answers


class _Acceptance:
    """The changes of one request for one district, while its stream is locked."""

    def __init__(
        self, session: Session, district: str, person: Person, device: UUID, answers: Answers
    ) -> None:
        self._session, self._district = session, district
        self._person, self._device, self._answers = person, device, answers
        self._revision = lock(session, district)
        self._entries: list[dict[str, Any]] = []
        self._standing: dict[UUID, Standing] = {}
        self._new: set[UUID] = set()
        self._written: set[UUID] = set()

    def run(self, changes: list[Change]) -> None:
        known = _first_answers(self._session, self._district, changes)
        self._standing = _load(self._session, changes)
        answered: set[UUID] = set()
        for change in changes:
            if change.id in answered:
                continue
            answered.add(change.id)
            if change.id in known:
                self._answer_again(change, known[change.id])
            else:
                self._answer(stamped(change, self._person.id, self._revision))
        self._flush()

    def _answer_again(self, change: Change, first: tuple[int | None, str | None]) -> None:
        revision, reason = first
        if revision is None:
            self._refuse(change, reason or "", entry=False)
        else:
            self._answers.accepted[change.id] = revision
            self._answers.astray.add((self._district, change.record))

    def _answer(self, change: Change) -> None:
        standing = self._standing.get(change.record)
        try:
            check_shape(change, standing)
            check(
                self._person,
                change,
                standing,
                parent=self._standing.get(change.parent) if change.parent else None,
                commented=lambda: self._commented(change.record),
            )
        except Refused as refused:
            self._refuse(change, refused.words(self._person.language))
            return
        before = standing or _born(change)
        self._revision += 1
        merged = merge(before, change, self._revision)
        given = numbers.give(self._session, merged.standing) if standing is None else ()
        self._note_own(change, before, plain=merged.as_sent)
        if given:  # the rest of the record is on the laptop that made it
            said = {name: merged.standing.fields[name] for name in given}
            self._answers.given.append(msgspec.structs.replace(change, fields=said))
        self._standing[change.record] = merged.standing
        self._written.add(change.record)
        if standing is None:
            self._new.add(change.record)
        self._answers.accepted[change.id] = self._revision
        self._entries.append(self._entry(change, self._revision, None))

    def _note_own(self, change: Change, before: Standing, *, plain: bool) -> None:
        seen = self._answers.own.get(change.record, change.base)
        whole = plain and before.revision == seen
        self._answers.own[change.record] = self._revision if whole else -1

    def _refuse(self, change: Change, reason: str, *, entry: bool = True) -> None:
        self._answers.refused.append(Refusal(change.id, reason))
        self._answers.astray.add((self._district, change.record))
        if entry:
            self._entries.append(self._entry(change, None, reason))

    def _commented(self, record: UUID) -> bool:
        """Whether anybody said what is to be put right since the record was sent."""
        standing = self._standing[record]
        sent = standing.touched.get("review", (0, ""))[0]
        fresh = any(
            part.kind == "comment" and part.parent == record and part.revision > sent
            for part in self._standing.values()
        )
        return fresh or bool(
            self._session.scalar(
                select(Kept.id)
                .where(
                    Kept.district == self._district,
                    Kept.parent == record,
                    Kept.kind == "comment",
                    Kept.revision > sent,
                )
                .limit(1)
            )
        )

    def _entry(self, change: Change, revision: int | None, reason: str | None) -> dict[str, Any]:
        change = storable(change)
        return {
            "district": self._district,
            "change": change.id,
            "record": change.record,
            "kind": change.kind,
            "revision": revision,
            "reason": reason,
            "by": change.by,
            "device": self._device,
            "at": change.at,
            "received": datetime.now(UTC),
            "base": change.base,
            "fields": change.fields,
        }

    def _flush(self) -> None:
        """Rows, ledger and counter, in the one transaction that the reply waits for."""
        rows = {id: _columns(self._standing[id]) for id in self._written}
        if new := [row for id, row in rows.items() if id in self._new]:
            self._session.execute(insert(Kept), new)
        if old := [row for id, row in rows.items() if id not in self._new]:
            self._session.execute(update(Kept), old)
        if self._entries:
            self._session.execute(insert(Entry), self._entries)
        self._session.execute(
            update(Stream).where(Stream.district == self._district).values(revision=self._revision)
        )


def lock(session: Session, district: str) -> int:
    """Hold the district's counter until commit, and return the last revision given."""
    found = session.scalar(
        select(Stream.revision).where(Stream.district == district).with_for_update()
    )
    if found is None:
        raise LookupError(f"no stream for {district}")
    return found


def since(
    session: Session, cursors: Mapping[str, int], own: Mapping[UUID, int], page: int = PAGE
) -> tuple[list[Change], dict[str, int], bool]:
    """Records newer than the cursors, as they stand → (news, new cursors, whether there is more).

    `own` names records that the asking laptop has whole at that revision: they are left out.
    """
    news: list[Change] = []
    reached: dict[str, int] = {}
    for district, cursor in cursors.items():
        room = page - len(news)
        if room <= 0:
            return news, reached, True
        rows = session.execute(  # columns, not objects: this is most of the server's work
            select(*COLUMNS)
            .where(Kept.district == district, Kept.revision > cursor)
            .order_by(Kept.revision)
            .limit(room)
        ).all()
        news += [_as_change(row) for row in rows if own.get(row.id) != row.revision]
        if rows:
            reached[district] = rows[-1].revision
        if len(rows) == room:
            return news, reached, True
    return news, reached, False


def current(session: Session, records: Iterable[tuple[str, UUID]]) -> list[Change]:
    """These records as they stand, so that a laptop can put its own copies right.

    Fields that were never filled in are said to be empty: the laptop may hold a refused value.
    """
    rows = (session.get(Kept, key, populate_existing=True) for key in sorted(records, key=str))
    return [_whole(_as_change(row)) for row in rows if row is not None]


def _whole(change: Change) -> Change:
    empty = dict.fromkeys(field_map(KINDS[change.kind]))
    return msgspec.structs.replace(change, fields={**empty, **change.fields})


def _born(change: Change) -> Standing:
    """A record before its first change."""
    fields: dict[str, Any] = {
        "author": change.by,
        "created": change.at.isoformat(),
        "removed": False,
        "conflicts": {},
    }
    if issubclass(KINDS[change.kind], Reviewed):
        fields["review"] = ReviewState.DRAFT.value
    return Standing(
        kind=change.kind,
        record=change.record,
        district=change.district,
        parent=change.parent,
        fields=fields,
        touched={},
    )


def _columns(standing: Standing) -> dict[str, Any]:
    return {
        "district": standing.district,
        "id": standing.record,
        "kind": standing.kind,
        "parent": standing.parent,
        "revision": standing.revision,
        "by": standing.by,
        "at": standing.at,
        "fields": standing.fields,
        "touched": standing.touched,
        "sha256": standing.fields.get("sha256") if standing.kind == "attachment" else None,
    }


def _load(session: Session, changes: list[Change]) -> dict[UUID, Standing]:
    """The records that the changes are about, and those they are parts of.

    Also those of other districts, so that the rules can refuse to touch them.
    """
    ids = {change.record for change in changes} | {c.parent for c in changes if c.parent}
    rows = session.scalars(select(Kept).where(Kept.id.in_(ids)))
    return {
        row.id: Standing(
            kind=row.kind,
            record=row.id,
            district=row.district,
            parent=row.parent,
            revision=row.revision,
            by=row.by,
            at=row.at,
            fields=row.fields,
            touched={name: (when, who) for name, (when, who) in row.touched.items()},
        )
        for row in rows
    }


def _first_answers(
    session: Session, district: str, changes: list[Change]
) -> dict[UUID, tuple[int | None, str | None]]:
    ids = [change.id for change in changes]
    rows = session.execute(
        select(Entry.change, Entry.revision, Entry.reason).where(
            Entry.district == district, Entry.change.in_(ids)
        )
    )
    return {change: (revision, reason) for change, revision, reason in rows}


def _as_change(row: Any) -> Change:
    """A Kept, or a row of its COLUMNS, as it travels."""
    return Change(
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent,
        fields=row.fields,
        revision=row.revision,
        by=row.by,
        at=row.at,
    )
