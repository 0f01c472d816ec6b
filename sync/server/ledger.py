"""Every change in the order in which it was accepted: the server's memory, the laptops' source."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sync.change import NO_CHANGE, UNSURE, Change, Refusal
from sync.erasure import ERASED, GONE, Stone, emptied, erases, is_erased
from sync.errors import Refused
from sync.language import mark
from sync.late import HELD, as_then
from sync.merge import BORN, Merged, Standing, claimed_back, last_touched, merge, names
from sync.person import REGION, Person
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import Reviewed
from sync.records.consented import consented_part
from sync.records.states import ReviewState
from sync.records.survey import Form
from sync.rights import check, check_merged
from sync.server import audit, doomed, erasure, in_flight, in_use, rows, walls, ways
from sync.server.accounts import utc_now
from sync.server.audit import Act
from sync.server.mistakes import MISTAKEN, MISTAKES, Mistaken
from sync.server.numbers import NO_NUMBERS, Numbers, Serials, districts_of
from sync.server.shape import UNKEEPABLE, check_shape, holdable, stamped, storable
from sync.server.tables import Stream

SOME = 200  # changes after which PostgreSQL is given what is ready, and works beside


@dataclass
class Answers:
    """What became of the changes of one request."""

    accepted: dict[UUID, int] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    unknown: list[UUID] = field(default_factory=list)  # edits of records that are not here
    own: dict[str, set[int]] = field(default_factory=dict)  # {district: those it has whole}
    partly: set[tuple[str, UUID]] = field(default_factory=set)  # (district, record) it has not
    given: list[Change] = field(default_factory=list)  # what the server filled in itself
    late: list[tuple[Change, UUID]] = field(default_factory=list)  # to be decided about; by device
    astray: set[tuple[str, UUID]] = field(default_factory=set)  # (district, record) to put right
    erased: list[dict[str, Any]] = field(default_factory=list)  # for the audit
    mistaken: Mistaken = field(default_factory=Mistaken)


def accept(
    session: Session,
    changes: Iterable[Change],
    person: Person,
    device: UUID,
    districts: tuple[str, ...],
    numbers: Numbers = NO_NUMBERS,
) -> Answers:
    """Write each change down, or say why not; the caller's transaction commits it.

    A known id is answered with its first answer. `districts` are the region's district codes;
    `numbers`: those of the register that the laptop knows from before a restore.
    Streams are locked in one order, so that two requests cannot wait for each other.
    """
    answers = Answers()
    by_district: dict[str, list[Change]] = {}
    for change in changes:
        by_district.setdefault(change.district, []).append(change)
    passed = districts_of(numbers.passed, districts)
    heard = [district for district in passed if may(person, Action.RECORD, district)]
    for district in heard:
        by_district.setdefault(district, [])
    for district in sorted(by_district):
        if district == REGION or district in districts:
            known = numbers if district in heard else Numbers(numbers.of)
            acceptance = _Acceptance(session, district, person, device, answers, known)
            acceptance.run(by_district[district])
        else:
            unknown = Refused(mark("The server does not know this district.")).words(
                person.language
            )
            answers.refused += [Refusal(one.id, unknown) for one in by_district[district]]
    for told in answers.erased:  # after all streams: the chain is locked last, by everybody
        audit.note(session, person.id, Act.ERASED, told, utc_now(), told["district"])
    return answers


def end(session: Session, district: str, changes: list[Change], keeper: Person) -> None:
    """Write down erasures of the server's own in one stream; the caller writes the audit's row."""
    answers = Answers()
    _Acceptance(session, district, keeper, NO_CHANGE, answers).run(changes)
    if answers.refused:
        raise LookupError(answers.refused[0].reason)


class _Acceptance:
    """The changes of one request for one district, while its stream is locked."""

    def __init__(
        self,
        session: Session,
        district: str,
        person: Person,
        device: UUID,
        answers: Answers,
        numbers: Numbers = NO_NUMBERS,
    ) -> None:
        self._session, self._district = session, district
        self._person, self._device, self._answers = person, device, answers
        self._revision = self._counted = lock(session, district)
        self._entries: list[dict[str, Any]] = []
        self._serials = Serials(session, district, numbers)
        self._serials.pass_over(numbers.passed)
        self._received = datetime.now(UTC)
        self._standing: dict[UUID, Standing] = {}
        self._new: set[UUID] = set()
        self._written: set[UUID] = set()
        self._own: dict[UUID, int] = {}  # {record: a revision that its laptop has whole, or -1}

    def run(self, changes: list[Change]) -> None:
        known = rows.first_answers(self._session, self._district, changes)
        self._standing = rows.load(self._session, changes)
        overlaps = in_flight.possible(self._session)
        once: dict[UUID, Change] = {}
        for change in changes:
            once.setdefault(change.id, change)
        for change in once.values():
            if known and change.id in known:
                self._answer_again(change, known[change.id])
            else:
                told = stamped(change, self._person.id, self._revision)
                self._answer(self._serials.take_off(told))
            if overlaps and len(self._entries) >= SOME:
                self._write_out()
        self._flush()

    def _answer_again(self, change: Change, first: tuple[int | None, str | None]) -> None:
        revision, reason = first
        if revision is None:
            words = reason or Refused(GONE).words(self._person.language)  # its reason was erased
            self._refuse(change, words, entry=False)
        else:
            self._answers.accepted[change.id] = revision
            self._answers.astray.add((self._district, change.record))

    def _answer(self, change: Change) -> None:
        standing = self._standing.get(change.record)
        if erases(change):
            self._erase(change, standing)
            return
        if is_erased(standing) or is_erased(self._parent(change)):
            self._came_after(change)
            return
        if standing is None and change.base and not (change.whole or change.witness):
            self._answers.unknown.append(change.id)
            return
        try:
            before, merged = self._decide(change, standing)
        except Refused as refused:
            if not self._hold(change, standing):
                self._refuse(change, refused.words(self._person.language))
            return
        except MISTAKES as mistake:
            self._answers.mistaken.meet(mistake, change.record, change.id)
            self._refuse(change, Refused(MISTAKEN).words(self._person.language))
            return
        self._revision += 1
        self._note_own(change, before, plain=merged.as_sent)
        self._give_number(change, merged.standing, new=standing is None)
        if standing is None:
            self._new.add(change.record)
        elif change.base == UNSURE:  # since a restore; what else stands in it here may be another
            self._answers.astray.add((self._district, change.record))
        self._write(merged.standing)
        self._answers.accepted[change.id] = self._revision
        self._entries.append(self._entry(change, self._revision, None))
        self._claim_back(change)

    def _decide(self, change: Change, standing: Standing | None) -> tuple[Standing, Merged]:
        """The record before the change and after it. Raises Refused; nothing is written."""
        check_shape(change, standing)
        check(
            self._person,
            change,
            standing,
            parent=self._parent(change),
            commented=lambda: self._commented(change.record),
        )
        before = _with_author(standing, change, self._revision + 1)
        merged = merge(before, change, self._revision + 1)
        if standing is not None:  # a new record stands as it was checked
            self._check_merged(change, standing, merged.standing)
        return before, merged

    def _check_merged(self, change: Change, before: Standing, after: Standing) -> None:
        check_merged(change, after)
        if change.kind == Form.kind:
            self._flush()  # so that a wave of this request, too, is seen
            in_use.check(self._session, change, before, after)

    def _give_number(self, change: Change, after: Standing, *, new: bool) -> None:
        given = self._serials.give(after)
        if given and new:  # the rest of the record is on the laptop that made it
            said = {name: after.fields[name] for name in given}
            self._answers.given.append(msgspec.structs.replace(change, id=NO_CHANGE, fields=said))
        elif given:  # it came before its kind had numbers
            self._answers.astray.add((self._district, change.record))

    def _erase(self, change: Change, standing: Standing | None) -> None:
        """A person's data goes: of the record, its parts and their history a stone stays."""
        try:
            if not holdable(change):
                raise Refused(UNKEEPABLE)
            check_shape(change, standing)
            sealed = erasure.is_proven(self._session, change)
            stone = erasure.judge(self._session, self._person, change, standing, proven=sealed)
        except Refused as refused:
            self._refuse(emptied(change), refused.words(self._person.language))
            return
        self._flush()  # so that all there is to be emptied is in the tables
        with walls.lowered(self._session, self._district) if sealed else nullcontext():
            self._empty(change, standing, stone)

    def _empty(self, change: Change, standing: Standing | None, stone: Stone) -> None:
        stones = erasure.empty(self._session, change, standing, stone, self._revision + 1)
        if standing is None:
            self._new.add(change.record)
        for one in stones:
            self._write(one)
        self._revision = stones[-1].revision
        self._answers.accepted[change.id] = stones[0].revision
        told = {"record": change.record, "kind": change.kind, "district": change.district}
        self._answers.erased.append({**told, "reason": stone.reason})
        said = msgspec.structs.replace(change, fields={ERASED: stone.reason})
        self._entries.append(self._entry(said, stones[0].revision, None))
        self._flush()

    def _hold(self, change: Change, standing: Standing | None) -> bool:
        """Whether all that is wrong with an edit is that its person has left the district."""
        then = as_then(self._person, change)
        if then is None:
            return False
        try:
            check_shape(change, standing)
            commented = partial(self._commented, change.record)
            check(then, change, standing, parent=self._parent(change), commented=commented)
            before = _with_author(standing, change, self._revision + 1)
            check_merged(change, merge(before, change, self._revision + 1).standing)
        except (Refused, *MISTAKES):
            return False
        self._answers.late.append((change, self._device))
        self._refuse(change, Refused(HELD).words(self._person.language))
        return True

    def _came_after(self, change: Change) -> None:
        """An edit of what was erased: not even its words are kept, nor its files, which follow it."""
        doomed.doom(self._session, erasure.files_in(change.fields))
        self._refuse(emptied(change), Refused(GONE).words(self._person.language))
        if change.parent:
            self._answers.astray.add((self._district, change.parent))

    def _parent(self, change: Change) -> Standing | None:
        return self._standing.get(change.parent) if change.parent else None

    def _write(self, standing: Standing) -> None:
        self._standing[standing.record] = standing
        self._written.add(standing.record)

    def _claim_back(self, change: Change) -> None:
        """Somebody adds to a record that another person removed: people decide about it."""
        whole = self._parent(change)
        if whole and whole.fields.get("removed") and not change.fields.get("removed"):
            self._revision += 1
            self._write(claimed_back(whole, change, self._revision))

    def _note_own(self, change: Change, before: Standing, *, plain: bool) -> None:
        seen = self._own.get(change.record, change.base)
        whole = plain and before.revision == seen and before.touched[BORN][1] != ""
        self._own[change.record] = self._revision if whole else -1

    def _refuse(self, change: Change, reason: str, *, entry: bool = True) -> None:
        if not holdable(change):  # then the reason may quote what cannot be kept
            reason = Refused(UNKEEPABLE).words(self._person.language)
        self._answers.refused.append(Refusal(change.id, reason))
        self._answers.astray.add((self._district, change.record))
        if entry:
            # of a part that is not here nothing is kept: an erasure of its whole would not find it
            nowhere = change.parent is not None and change.record not in self._standing
            said = emptied(change) if nowhere else self._with_consent(storable(change))
            self._entries.append(self._entry(said, None, reason))

    def _with_consent(self, change: Change) -> Change:
        """What was refused is kept too, but for the name of somebody who did not consent, or does
        no more: whatever kind the edit says that it is of."""
        standing = self._standing.get(change.record)
        record = KINDS.get(standing.kind if standing else change.kind)
        if record is None:
            return change
        said = consented_part(record, standing.fields if standing else {}, change.fields)
        return msgspec.structs.replace(change, fields=said)

    def _commented(self, record: UUID) -> bool:
        """Whether anybody said what is to be put right since the record was sent."""
        standing = self._standing[record]
        sent = standing.touched.get("review", (0, ""))[0]
        fresh = any(
            part.kind == "comment" and part.parent == record and part.revision > sent
            for part in self._standing.values()
        )
        return fresh or ways.commented(self._session, self._district, record, sent)

    def _entry(self, change: Change, revision: int | None, reason: str | None) -> dict[str, Any]:
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
            "received": self._received,
            "base": change.base,
            "fields": change.fields,
        }

    def _write_out(self) -> None:
        """Rows and ledger, in the one transaction that the reply waits for."""
        written = (self._standing[id] for id in self._written)
        rows.keep(self._session, written, self._new, self._entries)
        self._entries, self._new, self._written = [], set(), set()

    def _flush(self) -> None:
        """These and the counters, so that all is in the tables."""
        self._write_out()
        self._serials.keep()
        self._answers.own[self._district] = set(self._own.values())
        lacking = (record for record, revision in self._own.items() if revision < 0)
        self._answers.partly |= {(self._district, record) for record in lacking}
        if self._revision != self._counted:
            counter = update(Stream).where(Stream.district == self._district)
            self._session.execute(counter.values(revision=self._revision))
        self._counted = self._revision


def lock(session: Session, district: str) -> int:
    """Hold the district's counter until commit, and return the last revision given."""
    found = session.scalar(
        select(Stream.revision).where(Stream.district == district).with_for_update()
    )
    if found is None:
        raise LookupError(f"no stream for {district}")
    return found


def _with_author(standing: Standing | None, change: Change, revision: int) -> Standing:
    """The record before this change. Its author is who made it, not who first edited it here.

    After the server was restored, an edit may be told again before what it edits.
    """
    if standing is None:
        return _born(change, revision)
    if change.base or standing.touched.get(BORN, (0, change.by))[1]:
        return standing
    made = {"author": change.by, "created": change.at.isoformat()}
    touched = {name: last_touched(standing, name) for name in names(standing)}
    return msgspec.structs.replace(
        standing,
        fields={**standing.fields, **made},
        touched={
            **{name: when for name, when in touched.items() if when},
            **standing.touched,
            BORN: (revision, change.by),
        },
    )


def _born(change: Change, revision: int) -> Standing:
    """A record before its first change, which becomes `revision`."""
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
        touched={BORN: (revision, "" if change.base else change.by)},
    )
