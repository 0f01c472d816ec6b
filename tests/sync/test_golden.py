"""What laptops of protocol 1 say and are told keeps its meaning for ever.

The files in tests/golden are what crossed the line; they are never made again.
"""

import sys
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select

from sync import change
from sync.change import Refusal, Rival, SyncReply, SyncRequest
from sync.client import engine, outbox
from sync.client.facts import recall
from sync.client.rows import write
from sync.client.tables import Attention, Cursor, Foreign, Pending
from sync.packing import pack, unpack
from sync.person import Person
from sync.records.base import Base
from sync.records.issue import Issue
from sync.records.visit import Visit
from sync.server.tables import Device, Kept, Life
from tests.golden.make import (
    FOLDER,
    ISSUE,
    LIFE,
    LOST,
    MARK,
    NEWER,
    REPLY,
    REQUEST,
    STEP,
    VISIT,
    WITNESSED,
)
from tests.golden.make import change as id_of
from tests.loopback import memory
from tests.servers import SOZAQ, regional
from tests.servers import change as edit

CHANGED = (
    "Where this fails, the meaning of protocol 1 has changed. Laptops in the villages speak it, and cannot be asked "
    "to stop. Give the new meaning a new number: raise PROTOCOL in sync/change.py, keep reading "
    "this one (FIRST_PROTOCOL), and put files of the new one beside those in tests/golden."
)
MOST = 2**20
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def words_for_whoever_breaks_it():
    """Shown beside a test that fails."""
    sys.stdout.write(CHANGED)


def kept(name):
    return (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", ["request", "reply"])
def test_the_packed_file_is_the_plain_one(name):
    plain_text = kept(f"protocol-1-{name}.json")

    assert unpack(kept(f"protocol-1-{name}.json.zst"), MOST) == plain_text
    assert unpack(pack(plain_text), MOST) == plain_text


def test_a_request_says_what_it_said():
    read = msgspec.json.decode(kept("protocol-1-request.json"), type=SyncRequest)

    assert read.cursors == {SOZAQ: 0, "region": 0}
    assert (read.epoch, read.answered, read.rights) == (LIFE, 2, MARK)
    assert [one.number for one in read.changes] == [3, 4, 5, 6, 7, 8, 9]
    assert [one.base for one in read.changes] == [0, 0, change.FOLLOWS, 1, 1, 0, change.UNSURE]
    assert [one.parent for one in read.changes] == [None, UUID(ISSUE), *[None] * 5]
    assert [one.witness for one in read.changes] == [False] * 6 + [True]
    assert {one.at for one in read.changes} == {AT}
    assert [one.fields for one in read.changes] == [one["fields"] for one in REQUEST["changes"]]
    assert read.changes[3].was == {"outcome": "Бірінші сөйлем. Екінші сөйлем."}


def test_a_reply_says_what_it_said():
    read = msgspec.json.decode(kept("protocol-1-reply.json"), type=SyncReply)

    assert (read.epoch, read.cursors, read.now) == (LIFE, {SOZAQ: 7, "region": 0}, AT)
    assert read.accepted == {UUID(id_of(1)): 4, UUID(id_of(2)): 5}
    assert read.refused == [Refusal(UUID(id_of(6)), REPLY["refused"][0]["reason"])]
    assert read.unknown == [UUID(id_of(5))]
    assert [one.revision for one in read.changes] == [6, 7, 4]
    assert (read.more, read.restored, read.cloned, read.too_old) == (False, None, False, False)
    assert read.scope is not None
    assert read.scope.person == Person("ama", "Ама", "activist", SOZAQ, "kk")


@pytest.mark.parametrize(("name", "shape"), [("request", SyncRequest), ("reply", SyncReply)])
def test_what_is_said_today_can_be_read_as_it_was_then(name, shape):
    """Today's words for the same are the same: an old laptop reads them."""
    then = msgspec.json.decode(kept(f"protocol-1-{name}.json"))
    read = msgspec.json.decode(kept(f"protocol-1-{name}.json"), type=shape)
    now = msgspec.json.decode(change.encode(read))

    assert now == then


@pytest.fixture
def server(tmp_path):
    with regional(f"sqlite:///{tmp_path}/server.db", tmp_path) as made:
        yield made


@pytest.mark.parametrize("packed", [True, False])
def test_a_server_takes_it_as_it_took_it(server, packed):
    ama, ben = server.laptop("ama"), server.laptop("ben")
    first = "Бірінші сөйлем. Екінші сөйлем."
    ben.exchange(edit("visit", UUID(VISIT), outcome=first, village="615647100"))
    with server.service.store.writing.begin() as session:
        session.scalars(select(Life)).one().epoch = LIFE
        session.get_one(Device, ama.device).answered = 2
    headers = {
        "Authorization": f"Bearer {ama.transport._token}",
        "Content-Type": "application/json",
        "Accept-Language": "kk",
        "Dala-Protocol": "1",
        "Dala-Nonce": "0a1b",
    }
    if packed:
        headers["Content-Encoding"] = "zstd"
    body = kept("protocol-1-request.json.zst" if packed else "protocol-1-request.json")

    answer = server.http().post("http://server.test/v1/sync", data=body, headers=headers)

    assert (answer.status_code, answer.headers["Dala-Nonce"]) == (200, "0a1b")
    reply = answer.json()
    assert reply["accepted"] == {id_of(1): 2, id_of(2): 3, id_of(3): 4, id_of(4): 5, id_of(7): 6}
    assert [one["change"] for one in reply["refused"]] == [id_of(6)]
    assert reply["unknown"] == [id_of(5)]
    assert reply["cursors"][SOZAQ] == 6
    with server.service.store.reading() as session:
        rows = {row.id: row for row in session.scalars(select(Kept))}
    assert rows.keys() == {UUID(one) for one in (ISSUE, STEP, VISIT, WITNESSED)}
    issue = rows[UUID(ISSUE)].fields
    assert (issue["address"], issue["number"]) == ("Абай к., 5", "6156-2026-00001")
    assert rows[UUID(STEP)].parent == UUID(ISSUE)
    assert rows[UUID(VISIT)].fields["outcome"].endswith("Үшінші сөйлем.")
    assert rows[UUID(WITNESSED)].fields["people"] == 5
    assert {UUID(LOST), UUID(NEWER)}.isdisjoint(rows)


class Then:
    """The line to a server of then: it says what it said, and after that nothing new."""

    def __init__(self):
        said = msgspec.json.decode(kept("protocol-1-reply.json"), type=SyncReply)
        self.left = [said, SyncReply(epoch=LIFE)]

    def exchange(self, _request):
        return self.left.pop(0)

    def expect(self, _changes):
        """Nothing is made ready."""


def test_a_laptop_takes_it_as_it_took_it():
    store = memory(Base)
    asked = msgspec.json.decode(kept("protocol-1-request.json"), type=SyncRequest)
    with store.begin() as session:
        for one in asked.changes:
            if one.id in {UUID(id_of(n)) for n in (1, 2, 5, 6)}:
                write(session, [one])  # its person sees it
                session.add(
                    Pending(
                        number=one.number,
                        change=one.id,
                        record=one.record,
                        district=one.district,
                        body=change.encode(msgspec.structs.replace(one, number=0)),
                    )
                )

    engine.sync_once(store, Then())

    with store() as session:
        visit, issue = session.get_one(Visit, UUID(VISIT)), session.get_one(Issue, UUID(ISSUE))
        assert (visit.people, visit.households, visit.review) == (3, 2, "sent")
        assert (visit.revision, visit.author, visit.unknown) == (6, "ben", {"drone": "x1"})
        rival = msgspec.convert(visit.conflicts["people"][0], Rival)
        assert (rival.value, rival.by, rival.at) == (7, "ama", AT)
        assert (issue.number, issue.revision) == ("6156-2026-00001", 4)
        assert session.get_one(Foreign, UUID(NEWER)).kind == "well"
        assert session.scalars(select(Attention.change)).all() == [UUID(id_of(6))]
        assert [one.id for one in outbox.waiting(session)] == [UUID(id_of(5))]
        assert outbox.waiting(session)[0].whole
        assert session.get_one(Cursor, SOZAQ).revision == 7
        assert (recall(session, "epoch"), recall(session, "rights")) == (LIFE, "8b20")
    store.kw["bind"].dispose()
