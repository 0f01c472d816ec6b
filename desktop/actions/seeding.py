"""Invented records are written into a training profile, and nowhere else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.actions.attachments import put_photo
from desktop.people import NAMES
from desktop.seeding.making import Maker, Wanted
from desktop.seeding.pictures import landscape
from desktop.seeding.regional import shared
from desktop.seeding.surveys import answers
from desktop.session import Desk
from desktop.training import NAME
from sync.change import Change
from sync.client import rows
from sync.client.facts import recall, remember
from sync.client.tables import TakenAnswer
from sync.errors import UserError
from sync.language import mark
from sync.local_day import local_day
from sync.person import REGION
from sync.records import KINDS
from sync.records.group import Member
from sync.records.issue import Issue
from sync.records.survey import NAMED, Form

MOST = 2_000_000  # records at once
BATCH = 2_000  # records that are written together
A_DISTRICT = 150  # records that are worth another district
ANSWERED, MOST_ASKED = 20, 400  # records for an answer of the wave that has ended; most of these
PHOTOGRAPHED, MOST_PHOTOS = 50, 40  # records for a photo; most of these
SHARE = 5  # at most one in so many is of what the region shares, or of a group
ONLY_TRAINING = mark(
    "Invented data comes only into a training profile, which never syncs. Nothing was changed. Name "
    "an empty folder: it becomes one."
)
UNKNOWN = mark("There is no kind “{kind}” of which records could be made alone.")
NUMBER = mark("Ask for 1 to {most} records, over 1 to 3650 days.")

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Seeded:
    """What was made: {kind: how many}."""

    counts: dict[str, int]

    @property
    def records(self) -> int:
        """All of them, parts too."""
        return sum(self.counts.values())


def seed(
    desk: Desk,
    records: int,
    *,
    seed: int = 1,
    days: int = 365,
    until: date | None = None,
    kinds: Sequence[str] = (),
    tell: Tell = lambda *_: None,
) -> Seeded:
    """Write so many invented records, parts counted, over the `days` before `until` (today).

    With `kinds` they are of these alone. The same seed into an empty profile writes the same ones;
    into one that has some, others. Raises UserError for a profile of real work, a kind that stands
    in no district by itself, or numbers that make no sense.
    """
    if not desk.training:
        raise UserError(ONLY_TRAINING)
    if not (1 <= records <= MOST and 1 <= days <= 3650):
        raise UserError(NUMBER, most=MOST)
    for kind in kinds:
        record = KINDS.get(kind)
        if record is None or record.regional or record.handed_out or hasattr(record, "parent"):
            raise UserError(UNKNOWN, kind=kind)
    wanted = Wanted(
        records=records,
        until=until or local_day(datetime.now(UTC)),
        districts=_districts(desk, records),
        seed=seed,
        days=days,
        kinds=tuple(kinds),
        own=NAME,
    )
    with desk.store() as session:
        maker = _maker(desk, session, wanted)
        beginning = [] if kinds else list(islice(_beginning(session, maker), records // SHARE))
    counts: dict[str, int] = {}
    photos = min(records // PHOTOGRAPHED, MOST_PHOTOS) if beginning else 0
    changes = _all(maker, beginning, records - photos)
    done = 0
    while batch := list(islice(changes, BATCH)):
        with desk.store.begin() as session:
            rows.write(session, batch)
        for change in batch:
            counts[change.kind] = counts.get(change.kind, 0) + 1
        done += len(batch)
        tell(done, records)
    with desk.store.begin() as session:
        known = recall(session, NAMES, dict[str, str]) or {}
        remember(session, NAMES, known | maker.names)
    if beginning:
        _answer(desk, beginning, maker, records // ANSWERED)
    if photos:
        counts["attachment"] = _photograph(desk, photos)
    return Seeded(counts)


def _answer(desk: Desk, beginning: Sequence[Change], maker: Maker, most: int) -> None:
    """The answers of the wave that has ended, where they are rated."""
    of = {kind: [one for one in beginning if one.kind == kind] for kind in ("wave", "official")}
    if desk.person.district != REGION or not of["wave"]:
        return
    ended = of["wave"][0]
    [form] = [one for one in beginning if str(one.record) == ended.fields["form"]]
    given = answers(
        ended, form.fields["xform"], of["official"], desk.pack, maker.chance, min(most, MOST_ASKED)
    )
    taken = [TakenAnswer(id=one.id, wave=one.wave, body=msgspec.json.encode(one)) for one in given]
    with desk.store.begin() as session:
        session.add_all(taken)


def _photograph(desk: Desk, most: int) -> int:
    """Photos of some issues, the newest first → how many."""
    with desk.store() as session:
        newest = select(Issue.id).order_by(Issue.created.desc(), Issue.id)
        issues = session.scalars(newest.limit(most)).all()
    for number, issue in enumerate(issues):
        photo = desk.photos.add(landscape(number), "")
        with desk.store.begin() as session:
            put_photo(desk, session, issue, photo, "")
    return len(issues)


def _all(maker: Maker, beginning: list[Change], records: int) -> Iterator[Change]:
    yield from beginning
    yield from maker.make(records - len(beginning))


def _beginning(session: Session, maker: Maker) -> Iterator[Change]:
    """What the region shares and who is in the groups, where none of it is here."""
    if session.scalar(select(func.count()).select_from(Form)) == 0:
        for change in shared(maker):
            if change.kind == "form" and change.fields["use"] == NAMED:
                maker.forms[str(change.record)] = change.fields["name"]
            yield change
    grouped = set(session.scalars(select(Member.district).distinct()))
    for district in maker.wanted.districts:
        if district not in grouped:
            yield from maker.group(district)


def _maker(desk: Desk, session: Session, wanted: Wanted) -> Maker:
    """One that goes on from what is here."""
    revisions: dict[str, int] = {}
    here = 0
    for record in KINDS.values():
        found = select(record.district, func.max(record.revision), func.count()).group_by(
            record.district
        )
        for stream, revision, count in session.execute(found):
            revisions[stream] = max(revision, revisions.get(stream, 0))
            here += count
    forms = {
        str(id): name or ""
        for id, name in session.execute(select(Form.id, Form.name).where(Form.use == NAMED))
    }
    wanted = replace(wanted, seed=wanted.seed * 1_000_003 + here)
    maker = Maker(wanted, desk.pack, revisions, forms)
    for number in session.scalars(select(Issue.number).where(Issue.number.is_not(None))):
        maker.numbered(str(number))
    return maker


def _districts(desk: Desk, records: int) -> list[str]:
    """The person's own; of a region the larger ones first, as many as there is something for."""
    if desk.person.district != REGION:
        return [desk.person.district]
    villages: dict[str, int] = dict.fromkeys(desk.pack.districts, 0)
    for village in desk.pack.villages.values():
        villages[village.district] += 1
    by_size = sorted(villages, key=lambda code: (-villages[code], code))
    return by_size[: max(1, records // A_DISTRICT)]
