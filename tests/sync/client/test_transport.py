"""What is sent next is packed while an answer is awaited, and means what it would have meant."""

import pytest

from sync.change import SyncRequest
from sync.client import transport
from sync.packing import END
from tests.servers import regional, whole_issue


@pytest.fixture
def laptop(tmp_path):
    with regional(f"sqlite:///{tmp_path}/server.db", tmp_path) as server:
        yield server.laptop("aidana")


@pytest.fixture
def wholes(monkeypatch):
    """The bodies that were packed in one go."""
    packed, plain = [], transport.encode

    def encode(request):
        packed.append(plain(request))
        return packed[-1]

    monkeypatch.setattr(transport, "encode", encode)
    return packed


def said(changes, **more):
    return SyncRequest(cursors={}, changes=changes, **more)


def test_expected_changes_go_with_what_the_request_says_besides(laptop, wholes):
    changes = [whole_issue() for _ in range(3)]
    laptop.transport.expect(changes)

    reply = laptop.transport.exchange(said(changes, check=True))

    assert reply.accepted.keys() == {change.id for change in changes}
    assert reply.tallies  # only who asks for them is told
    assert wholes == []


def test_so_do_they_where_it_says_more_than_there_was_room_for(laptop, wholes):
    changes = [whole_issue()]
    laptop.transport.expect(changes)
    cursors = {f"nowhere {number}": number for number in range(END // 10)}

    reply = laptop.transport.exchange(SyncRequest(cursors=cursors, changes=changes))

    assert reply.accepted.keys() == {changes[0].id}
    assert wholes == []


def test_other_changes_than_those_expected_go_alone(laptop, wholes):
    expected, others = [whole_issue()], [whole_issue()]
    laptop.transport.expect(expected)

    assert laptop.transport.exchange(said(others)).accepted.keys() == {others[0].id}
    assert len(wholes) == 1


def test_what_was_made_ready_is_sent_once(laptop, wholes):
    changes = [whole_issue()]
    laptop.transport.expect(changes)
    laptop.transport.exchange(said(changes))

    assert laptop.transport.exchange(said(changes)).accepted.keys() == {changes[0].id}
    assert len(wholes) == 1


def test_nothing_is_made_ready_where_nothing_waits(laptop, wholes):
    laptop.transport.expect([])

    laptop.transport.exchange(said([]))

    assert len(wholes) == 1
