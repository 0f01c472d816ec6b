"""One person of each role on one server, in one district, and what another district has."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import update

from sync.answers import Answer
from sync.change import Change, new_id
from sync.counts import Counts
from sync.merge import BORN, Standing
from sync.person import REGION
from sync.server import rows
from sync.server.daily import KEEPER
from sync.server.tables import Account, KeptCounts, Stream
from tests.parts import send
from tests.servers import SAIRAM, Line, Regional, change, whole_issue
from tests.sync.rights_matrix import PLACES, ROLES, Cell, tried

OWN_PHOTO, OTHER_PHOTO = b"own" * 3_000, b"other" * 3_000
SMALL = {"own": b"small", "other": b"smaller"}
AT = datetime(2026, 11, 5, 9, tzinfo=UTC)


def sum_of(content: bytes) -> str:
    """By what a file is known."""
    return sha256(content).hexdigest()


@dataclass
class People:
    """A laptop of each role; and by place a record, a file, a late edit; a wave to answer, and one that has ended."""

    server: Regional
    lines: dict[str, Line]
    records: dict[str, UUID]
    late: dict[str, UUID]
    wave: UUID
    ended: UUID
    form: UUID
    files: dict[str, bytes] = field(
        default_factory=lambda: {"own": OWN_PHOTO, "other": OTHER_PHOTO}
    )


def people(server: Regional) -> People:
    """Everything there is to be had, and everyone who may want it."""
    lines = {role: server.laptop(role.replace("_", "-"), role) for role in ROLES[:-1]}
    lines[ROLES[-1]] = _of_unknown_role(server)
    zere = server.laptop("zere", district=SAIRAM)
    form = uuid4()
    records, late = {}, {}
    for place, line in (("own", lines["activist"]), ("other", zere)):
        records[place] = _issue_with_photo(line, place)
    for place, stranger in (("own", zere), ("other", lines["activist"])):
        edit = change("issue", records[place], district=PLACES[place], base=1, address="5")
        assert len(stranger.exchange(edit).refused) == 1
        late[place] = edit.id
    wave = change("wave", district=REGION, title="Қараша", form=str(form))
    records["region"] = wave.record
    ended = change("wave", district=REGION, title="Қазан", form=str(form), ends_on="2026-10-31")
    assert lines["coordinator"].exchange(wave, ended).refused == []
    _counts(server, wave.record)
    return People(server, lines, records, late, wave.record, ended.record, form)


def _counts(server: Regional, wave: UUID) -> None:
    """Earlier answers of both districts are counts by now."""
    with server.service.writing(KEEPER) as session:
        for place in ("own", "other"):
            counts = Counts(wave=wave, district=PLACES[place], answers=9)
            session.add(KeptCounts(
                wave=wave, district=counts.district, answers=9, body=msgspec.json.encode(counts)
            ))  # fmt: skip


def answer(of: People, place: str) -> Answer:
    """An anonymous answer of a district."""
    return Answer(
        wave=of.wave,
        form=of.form,
        district=PLACES[place],
        okrug="",
        on=date(2026, 11, 5),
        values={},
    )


def prepared(of: People, role: str, cells: list[Cell]) -> dict[Cell, Change]:
    """A record for each cell, written into the database, and the change that is tried of it."""
    newest: dict[str, int] = {}
    standings: list[Standing] = []
    changes: dict[Cell, Change] = {}
    with of.server.looking() as session, session.begin():
        for stream in PLACES.values():
            newest[stream] = session.get_one(Stream, stream).revision

        def keep(one: Standing, parent: UUID | None) -> Standing:
            newest[one.district] += 1
            revision = newest[one.district]
            standings.append(
                msgspec.structs.replace(
                    one, record=new_id(), parent=parent, revision=revision, by="p", at=AT,
                    touched={BORN: (revision, "p")},
                    fields={"author": "p", "removed": False, "conflicts": {}, **one.fields},
                )
            )  # fmt: skip
            return standings[-1]

        for cell in cells:
            trial, there, whole = tried(cell.kind, cell.action, cell.state, PLACES[cell.place])
            above = keep(whole, None).record if whole else None
            stands = keep(there, above) if there else None
            changes[cell] = msgspec.structs.replace(
                trial,
                id=new_id(),
                record=stands.record if stands else new_id(),
                parent=above,
                base=stands.revision if stands else 0,
            )
            if cell.action == "to_returned" and stands:
                comment = tried("comment", "edit", "draft", PLACES[cell.place])[1]
                assert comment is not None
                keep(comment, stands.record)
        rows.keep(session, standings, {one.record for one in standings}, [])
        for stream, revision in newest.items():
            at = update(Stream).where(Stream.district == stream)
            session.execute(at.values(revision=revision))
    return changes


def _of_unknown_role(server: Regional) -> Line:
    line = server.laptop("newer", "analyst")
    with server.service.store.writing.begin() as session:
        session.execute(update(Account).where(Account.id == "newer").values(role=ROLES[-1]))
    return line


def _issue_with_photo(line: Line, place: str) -> UUID:
    content = OWN_PHOTO if place == "own" else OTHER_PHOTO
    issue = whole_issue(district=PLACES[place])
    photo = change(
        "attachment",
        district=PLACES[place],
        parent=issue.record,
        sha256=sum_of(content),
        thumbnail=sum_of(SMALL[place]),
        name="құдық.jpg",
        media_type="image/jpeg",
        size=len(content),
    )
    assert line.exchange(issue, photo).refused == []
    send(line.transport, content)
    send(line.transport, SMALL[place])
    return issue.record
