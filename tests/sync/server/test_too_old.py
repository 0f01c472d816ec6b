"""A laptop that is too old for the news may still send: nothing waits for an update that is far.

There is one protocol so far; the server of these tests has moved on to the next one.
"""

from uuid import uuid4

import pytest
import requests

from sync.change import PROTOCOL, SyncRequest
from sync.client import engine, outbox, restored
from sync.client.facts import recall, remember
from sync.client.rows import write
from sync.client.transport import HttpTransport
from sync.errors import TooOld
from sync.records.base import Base
from sync.server import deps
from tests.loopback import Laptop, memory
from tests.parts import send
from tests.servers import SOZAQ, change, whole_issue


@pytest.fixture
def moved_on(server, monkeypatch):
    """The server once it no longer tells its news in today's protocol."""
    monkeypatch.setattr(deps, "PROTOCOL", PROTOCOL + 1)
    monkeypatch.setattr(deps, "OLDEST_PROTOCOL", PROTOCOL + 1)
    return server


def updated(monkeypatch):
    """As if the laptop were no longer too old."""
    monkeypatch.setattr(deps, "OLDEST_PROTOCOL", PROTOCOL)


class Old(Laptop):
    """The real engine at the end of the laptop's real transport."""

    def __init__(self, line):
        self.person, self.transport, self.store = line.person, line.transport, memory(Base)

    def sync(self):
        return engine.sync_once(self.store, self.transport)

    def waiting(self):
        with self.store() as session:
            return [change.id for change in outbox.waiting(session)]


@pytest.fixture
def old(moved_on):
    made = Old(moved_on.laptop("ama"))
    yield made
    made.store.kw["bind"].dispose()


def test_what_waits_is_taken_and_no_news_are_told(moved_on):
    ama, ben = moved_on.laptop("ama"), moved_on.laptop("ben")
    one, two = change("visit", people=3), whole_issue()

    first, second = ama.exchange(one), ben.exchange(two)

    assert (list(first.accepted), list(second.accepted)) == ([one.id], [two.id])
    assert first.too_old
    assert (second.changes, second.cursors, second.scope, second.more) == ([], {}, None, False)


def test_a_laptop_sends_all_of_it_and_then_says_that_it_is_too_old(moved_on, old, monkeypatch):
    monkeypatch.setattr("sync.client.pace.FIRST", 2)
    for number in range(5):
        old.edit("visit", uuid4(), people=number)
    moved_on.laptop("ben").exchange(change("visit", people=7))

    with pytest.raises(TooOld, match="is sent, or"):
        old.sync()

    assert old.waiting() == []
    assert len(old.records()) == 5
    updated(monkeypatch)
    done = old.sync()
    assert (done.sent, len(old.records())) == (0, 6)


def test_a_refusal_is_kept_back_until_the_laptop_can_put_the_record_right(
    moved_on, old, monkeypatch
):
    record = uuid4()
    said = old.edit("visit", record, people=3)
    wrong = old.edit("step", uuid4(), parent=uuid4(), text="of no issue")

    with pytest.raises(TooOld):
        old.sync()
    waits = old.waiting()
    updated(monkeypatch)
    done = old.sync()

    assert waits == [wrong.id] != [said.id]
    assert (done.refused, done.waiting) == (1, 0)
    assert old.records()[record]["people"] == 3


def test_who_has_read_nothing_bears_no_witness_to_what_a_restored_server_lost(old):
    with old.store.begin() as session:
        remember(session, restored.DOUBT, {SOZAQ: 0})
        write(session, [change("visit", people=3)])  # somebody else's, which was lost perhaps

    with pytest.raises(TooOld):
        old.sync()

    assert old.waiting() == []
    with old.store() as session:
        assert recall(session, restored.DOUBT) == {SOZAQ: 0}


def test_photos_and_answers_are_taken_and_none_are_given(moved_on):
    line = moved_on.laptop("ama").transport
    name = send(line, b"%PDF-1.7 a photo")

    assert line.lacking_blobs([name]) == []
    line.send_answers([])
    for read in (
        lambda: line.get_part(name, 0),
        lambda: line.thumbnails([name]),
        lambda: line.take_answers(uuid4(), 0),
    ):
        with pytest.raises(TooOld):
            read()


def test_a_laptop_that_is_newer_than_the_server_is_refused(moved_on, monkeypatch):
    monkeypatch.setattr("sync.client.asking.PROTOCOL", PROTOCOL + 2)
    ama = moved_on.transport("nobody")

    with pytest.raises(TooOld):
        ama.exchange(SyncRequest(cursors={}, changes=[]))


def test_no_protocol_at_all_is_still_no_laptop(moved_on):
    assert isinstance(moved_on.transport(), HttpTransport)
    reply = moved_on.http().post("http://server.test/v1/sync", data=b"{}")

    assert isinstance(reply, requests.Response)
    assert reply.status_code == 400
