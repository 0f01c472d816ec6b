"""Photos follow the records that name them, to the server and on to others who may see them."""

import shutil
from hashlib import sha256
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from desktop.actions import exchange as action
from desktop.actions import records
from desktop.ballast import FOR_RECORDS
from desktop.store_failures import StoreFull
from sync.change import Change
from sync.client import blobs as blobs_rows
from sync.client.engine import sync_once
from sync.client.photos import exchange_photos
from sync.client.rows import write
from sync.errors import Offline, Refused, UserError
from sync.parts import PART
from sync.records.notes import Attachment
from tests.photos import Cut, an_issue_with_photos, blobs, document, picture, synced
from tests.servers import SOZAQ


def test_photos_reach_a_colleague(laptop):
    mine, colleague = laptop(), laptop()
    sums = an_issue_with_photos(mine, document("a"), document("b"))

    sent, taken = synced(mine), synced(colleague)

    assert (sent.sent, sent.taken) == (2, 0)
    assert blobs(mine) == dict.fromkeys(sums, (True, True))
    assert taken.taken >= 2
    assert all(colleague.photos.read(sum) == mine.photos.read(sum) for sum in sums)


def test_what_was_exchanged_is_not_exchanged_again(laptop):
    mine, colleague = laptop(), laptop()
    an_issue_with_photos(mine, document("a"))
    synced(mine), synced(colleague)

    again = [synced(mine), synced(colleague)]

    assert [(one.sent, one.taken) for one in again] == [(0, 0), (0, 0)]


class Closed(Cut):
    """A server that takes no files of this person's any more."""

    def blob_offsets(self, hashes):
        raise Refused("your role may not do this")


def test_photos_of_who_may_attach_nothing_any_more_wait_and_keep_back_nothing(laptop):
    mine, colleague = laptop(), laptop()
    theirs = an_issue_with_photos(colleague, document("b"))
    synced(colleague)
    sums = an_issue_with_photos(mine, document("a"))
    sync_once(mine.store, mine.server)

    done = exchange_photos(mine.store, Closed(mine.server, after=9), mine.photos)

    assert (done.sent, done.refused) == (0, 1)
    assert blobs(mine)[sums[0]] == (True, False)
    assert mine.photos.has(theirs[0])
    assert exchange_photos(mine.store, mine.server, mine.photos).sent == 1


def test_a_disk_without_room_for_photos_keeps_back_neither_answers_nor_reports(
    laptop, monkeypatch
):
    mine, colleague = laptop(), laptop()
    an_issue_with_photos(colleague, document("a" * 2 * PART))
    synced(colleague)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=FOR_RECORDS))
    sent = []
    monkeypatch.setattr(action.reports, "send", lambda _: sent.append("reports"))

    with pytest.raises(StoreFull):
        action.exchange(mine)

    assert sent == ["reports"]
    assert records.list_records(mine, "issue")


def test_after_a_cut_only_the_rest_is_sent(laptop):
    mine = laptop()
    an_issue_with_photos(mine, *(document(n) for n in range(5)))
    sync_once(mine.store, mine.server)

    with pytest.raises(Offline):
        exchange_photos(mine.store, Cut(mine.server, after=3), mine.photos)

    assert sum(there for _, there in blobs(mine).values()) == 3
    assert exchange_photos(mine.store, mine.server, mine.photos).sent == 2


def test_after_a_cut_only_the_rest_is_taken(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    sums = an_issue_with_photos(mine, *(document(n) for n in range(5)))
    synced(mine)
    sync_once(colleague.store, colleague.server)

    with pytest.raises(Offline):
        exchange_photos(colleague.store, Cut(colleague.server, after=3), colleague.photos)

    assert sum(map(colleague.photos.has, sums)) == 3
    assert exchange_photos(colleague.store, colleague.server, colleague.photos).taken == 2


def test_a_file_that_the_server_has_already_is_not_sent(laptop):
    mine, colleague = laptop(), laptop()
    content = document("same")
    an_issue_with_photos(mine, content)
    an_issue_with_photos(colleague, content)

    sent = [synced(mine).sent, synced(colleague).sent]

    assert sent == [1, 0]
    assert all(there for _, there in blobs(colleague).values())


def test_the_newest_come_first_and_no_more_than_asked(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    sums = [an_issue_with_photos(mine, document(n))[0] for n in range(4)]
    synced(mine)

    done = synced(colleague, most_taken=2)

    assert done.taken == 2
    assert [colleague.photos.has(sum) for sum in sums] == [False, False, True, True]


def test_what_its_author_has_not_sent_yet_is_waited_for(laptop):
    mine, colleague = laptop(), laptop()
    (sum,) = an_issue_with_photos(mine, document("late"))
    sync_once(mine.store, mine.server)

    early = synced(colleague)
    synced(mine)
    synced(colleague)

    assert early.refused == 0
    assert colleague.photos.has(sum)


class Liar(Cut):
    """Gives other bytes than were asked for, and does not take what it is given."""

    def __init__(self, line):
        super().__init__(line, -1)

    def lacking_blobs(self, hashes):
        return []

    def get_part(self, sum, offset):
        _, size = super().get_part(sum, offset)
        return bytes(size), size

    def thumbnails(self, originals):
        return {"0" * 64: b"not asked for"}


def test_other_bytes_than_were_asked_for_are_not_kept(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    (sum,) = an_issue_with_photos(mine, document("true"))
    synced(mine)
    sync_once(colleague.store, colleague.server)

    done = exchange_photos(colleague.store, Liar(colleague.server), colleague.photos)

    assert (done.taken, done.refused) == (0, 1)
    assert not colleague.photos.has(sum)
    assert sum not in blobs(colleague)


class Picky(Cut):
    """Refuses one file."""

    def __init__(self, line, unwanted):
        super().__init__(line, -1)
        self._unwanted = unwanted

    def put_part(self, sum, offset, content, *, last):
        if sum == self._unwanted:
            raise Refused("not this one")
        return self._line.put_part(sum, offset, content, last=last)


def test_one_refused_file_does_not_stop_the_others(laptop):
    mine = laptop()
    sums = an_issue_with_photos(mine, *(document(n) for n in range(3)))
    sync_once(mine.store, mine.server)

    done = exchange_photos(mine.store, Picky(mine.server, sums[1]), mine.photos)

    assert (done.sent, done.refused) == (2, 1)
    assert [blobs(mine)[sum] for sum in sums] == [(True, True), (True, False), (True, True)]


def test_a_sum_that_is_none_is_not_asked_for(laptop):
    desk = laptop()
    for sum in ("../../etc/passwd", "", None, "A" * 64, "0" * 63):
        fields = {"sha256": sum, "name": "x", "media_type": "x", "size": 1}
        change = Change(
            kind="attachment", record=uuid4(), district=SOZAQ, parent=uuid4(), fields=fields
        )
        with desk.store.begin() as session:
            write(session, [change])

    with desk.store() as session:
        assert len(session.scalars(select(Attachment)).all()) == 5
        assert blobs_rows.named(session) == {}


def test_a_file_that_vanished_here_goes_on_waiting(laptop):
    mine = laptop()
    (sum,) = an_issue_with_photos(mine, document("gone"))
    mine.photos._path(sum).unlink()

    done = synced(mine)

    assert done.sent == 0
    assert blobs(mine)[sum] == (True, False)


def test_a_removed_attachment_is_not_fetched(laptop):
    mine, colleague = laptop(), laptop()
    synced(colleague)
    content = document("removed")
    an_issue_with_photos(mine, content)
    attached = records.list_records(mine, "attachment", {"sha256": sha256(content).hexdigest()})
    records.remove(mine, "attachment", attached[0]["id"])
    synced(mine)

    assert synced(colleague).taken == 0


@pytest.mark.parametrize("small", [False, True])
def test_a_photo_that_is_damaged_here_keeps_back_nothing_and_is_told_at_the_end(
    laptop, monkeypatch, small
):
    mine, colleague = laptop(), laptop()
    (theirs,) = an_issue_with_photos(colleague, document("b"))
    synced(colleague)
    (spoiled,), sound = an_issue_with_photos(mine, picture(90 + small)), document("a")
    (sent,) = an_issue_with_photos(mine, sound)
    with mine.store() as session:
        attached = session.scalar(select(Attachment).where(Attachment.sha256 == spoiled))
    name = attached.thumbnail if small else spoiled
    path = mine.photos._path(name)
    path.write_bytes(path.read_bytes()[:-1])
    reached = []
    monkeypatch.setattr(action.reports, "send", lambda _: reached.append("reports"))

    with pytest.raises(UserError) as told:
        action.exchange(mine)

    assert told.value.text == action.DAMAGED
    assert reached == ["reports"]
    assert (blobs(mine)[name], blobs(mine)[sent]) == ((True, False), (True, True))
    assert mine.photos.has(theirs)
    mine.photos.put_aside(name)  # as Check and repair does where nobody has it
    action.exchange(mine)
