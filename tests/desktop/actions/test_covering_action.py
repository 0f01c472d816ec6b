"""A photo with black boxes takes the place of the one before, which leaves the laptop at once."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from desktop.actions import attachments, carry, covering, exchange, history, records
from desktop.covering import Box, burned
from desktop.photos import PhotoFolder
from desktop.pictures import small
from desktop.second_place import OWED, Owed
from sync import carry as carry_file
from sync.client import outbox
from sync.client.engine import sync_once
from sync.client.facts import recall
from sync.client.photos import BEGUN, exchange_photos
from sync.client.tables import Blob, PendingBody
from sync.errors import Offline, Refused, UserError
from tests.pages import decrypted
from tests.photos import ISSUE, Cut, blobs, document, picture, synced

FACE = [Box(0.3, 0.2, 0.2, 0.3)]


def issue_with(desk, *contents):
    issue = records.save(desk, "issue", ISSUE)[0].record
    for number, content in enumerate(contents or [picture()]):
        attachments.attach(desk, issue, content, f"Сурет {number}")
    return issue


def shown(desk, issue):
    return attachments.attachments(desk, issue)


def sums(row):
    return {row["sha256"], row["thumbnail"]} - {None}


def files(desk):
    """What lies in the folder of photos, beginnings and damaged ones too."""
    return {path.name for path in desk.photos._folder.iterdir()}


def names(desk, all_sums):
    return {desk.photos.name(one) for one in all_sums}


def test_a_photo_that_never_left_is_replaced_as_if_it_had_never_been(lea):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    content = attachments.read(lea, before["sha256"])

    done = covering.cover(lea, before["id"], FACE)

    assert (done.sent, done.elsewhere) == (False, False)
    assert [change.record for change in done.changes] == [before["id"]]
    [after] = shown(lea, issue)
    assert (after["id"], after["caption"], after["name"]) == tuple(
        before[name] for name in ("id", "caption", "name")
    )
    assert attachments.read(lea, after["sha256"]) == burned(content, FACE)
    assert attachments.read(lea, after["thumbnail"]) == small(burned(content, FACE))
    assert after["size"] == len(burned(content, FACE))
    assert files(lea) == names(lea, sums(after))
    assert attachments.removed(lea, issue) == []
    with lea.store() as session:
        rows = session.execute(select(Blob.sha256, Blob.here, Blob.there)).all()
        waiting = b"".join(session.scalars(select(PendingBody.body)))
    assert {row[0]: row[1:] for row in rows} == dict.fromkeys(sums(after), (True, False))
    assert not any(one.encode() in waiting for one in sums(before))


def test_no_byte_of_the_profile_knows_the_picture_before(lea):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    kept = [attachments.read(lea, one) for one in sums(before)]
    folder = lea.photos._folder.parent
    sealed = {path.read_bytes() for path in lea.photos._folder.iterdir()}

    covering.cover(lea, before["id"], FACE)

    pages = decrypted(lea.store.path, lea.store._key)
    every = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    for content in kept:
        pieces = [content[at : at + 32] for at in range(0, len(content) - 32, 97)]
        assert not any(piece in pages for piece in pieces)
        assert not any(piece in file for file in every for piece in pieces[::8])
    assert sealed.isdisjoint(every)


def test_the_server_gets_the_new_one_alone(aidana, lea):
    mine, colleague = aidana, lea
    issue = issue_with(mine)
    [before] = shown(mine, issue)
    covering.cover(mine, before["id"], FACE)
    [after] = shown(mine, issue)

    synced(mine), synced(colleague)

    assert set(mine.server.lacking_blobs(sorted(sums(before)))) == sums(before)
    assert colleague.photos.read(after["sha256"]) == mine.photos.read(after["sha256"])
    assert exchange.state(mine).photos_waiting == 0


def test_a_photo_that_was_sent_gets_a_new_version_and_leaves_this_laptop(aidana, lea):
    mine, colleague = aidana, lea
    issue = issue_with(mine)
    [before] = shown(mine, issue)
    synced(mine), synced(colleague)

    assert covering.cover(mine, before["id"], FACE).sent

    [after] = shown(mine, issue)
    assert (after["id"] != before["id"], after["caption"]) == (True, before["caption"])
    assert files(mine) >= names(mine, sums(after))
    assert not files(mine) & names(mine, sums(before))
    assert {blobs(mine)[one] for one in sums(before)} == {(False, True)}
    assert attachments.removed(mine, issue) == [before["id"]]
    synced(mine), synced(colleague), synced(mine)
    assert [row["id"] for row in shown(colleague, issue)] == [after["id"]]
    assert not files(mine) & names(mine, sums(before)), "it does not come back by itself"


def test_who_may_erase_takes_the_sent_one_away_everywhere(aidana, lea):
    mine = aidana
    issue = issue_with(mine)
    [before] = shown(mine, issue)
    synced(mine)
    covering.cover(mine, before["id"], FACE)
    synced(mine), synced(lea)
    with pytest.raises(Refused):
        covering.erase_removed(mine, issue, "request")

    covering.erase_removed(lea, issue, "request")
    exchange.exchange(lea), exchange.exchange(mine)

    assert attachments.removed(mine, issue) == attachments.removed(lea, issue) == []
    assert set(mine.server.lacking_blobs(sorted(sums(before)))) == sums(before)


def test_what_the_server_may_have_begun_counts_as_sent(lea, monkeypatch):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    with pytest.raises(Offline):
        exchange_photos(lea.store, Cut(lea.server, after=1), lea.photos)
    assert sums(before) & set(begun(lea))

    assert covering.cover(lea, before["id"], FACE).sent

    [after] = shown(lea, issue)
    assert after["id"] != before["id"]
    assert not files(lea) & names(lea, sums(before))
    assert synced(lea).sent == 1
    assert begun(lea) == []


def test_what_a_letter_or_a_lost_exchange_may_have_carried_counts_as_sent(lea):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    with lea.store.begin() as session:
        outbox.offer(session, outbox.newest(session))

    assert covering.cover(lea, before["id"], FACE).sent

    assert attachments.removed(lea, issue) == [before["id"]]


def test_the_second_place_loses_it_too(lea):
    issue = issue_with(lea)
    [before] = shown(lea, issue)

    covering.cover(lea, before["id"], FACE)

    with lea.store() as session:
        assert set(recall(session, OWED, Owed).photos) == names(lea, sums(before))


def begun(desk):
    with desk.store() as session:
        return recall(session, BEGUN) or []


@pytest.mark.parametrize("held", [False, True])
def test_a_photo_that_is_covered_while_photos_are_sent_is_not_sent(lea, held, monkeypatch):
    if held:  # a virus scanner holds its file
        monkeypatch.setattr(PhotoFolder, "drop", lambda *_: False)
    issue = issue_with(lea, picture(1), picture(2))
    first, second = sorted(shown(lea, issue), key=lambda row: row["sha256"])
    sync_once(lea.store, lea.server)

    class Meanwhile(Cut):
        def put_part(self, sum, offset, content, *, last):
            if not self.covered:
                self.covered = True
                other = second if sum in sums(first) else first
                self.gone = sums(other)
                covering.cover(lea, other["id"], FACE)
            assert sum not in self.gone
            return super().put_part(sum, offset, content, last=last)

    line = Meanwhile(lea.server, after=99)
    line.covered, line.gone = False, set()
    exchange_photos(lea.store, line, lea.photos)

    assert set(lea.server.lacking_blobs(sorted(line.gone))) == line.gone


def test_a_photo_that_another_record_shows_too_stays_there(lea):
    one, other = issue_with(lea), issue_with(lea)
    [before] = shown(lea, one)

    assert covering.cover(lea, before["id"], FACE).elsewhere

    [still] = shown(lea, other)
    assert sums(still) == sums(before)
    assert attachments.read(lea, still["sha256"])


def test_one_that_is_on_the_server_alone_is_fetched_first(lea):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    synced(lea)
    with lea.store.begin() as session:
        blob = session.get_one(Blob, before["sha256"])
        blob.here, blob.away = False, True
    lea.photos.drop(before["sha256"])

    covering.cover(lea, before["id"], FACE)

    [after] = shown(lea, issue)
    assert attachments.read(lea, after["sha256"])
    assert not files(lea) & names(lea, sums(before))


def test_a_file_that_somebody_holds_goes_with_the_next_exchange(lea, monkeypatch):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    with monkeypatch.context() as held:
        held.setattr(PhotoFolder, "drop", lambda *_: False)
        covering.cover(lea, before["id"], FACE)
    assert files(lea) & names(lea, sums(before))

    exchange.exchange(lea)

    assert not files(lea) & names(lea, sums(before))


def test_nothing_is_done_without_a_box_to_a_paper_or_to_what_is_gone(lea):
    issue = issue_with(lea, picture(), document("a"))
    photo, paper = sorted(shown(lea, issue), key=lambda row: row["media_type"] != "image/jpeg")

    assert covering.cover(lea, photo["id"], []).changes == []
    for id in (paper["id"], uuid4()):
        with pytest.raises(UserError):
            covering.cover(lea, id, FACE)

    assert [row["sha256"] for row in shown(lea, issue)] == [photo["sha256"], paper["sha256"]]


def test_the_sum_of_the_picture_before_is_no_history_that_could_be_put_back(lea):
    issue = issue_with(lea)
    [before] = shown(lea, issue)

    covering.cover(lea, before["id"], FACE)

    told = [one for event in history.read_history(lea, issue).events for one in event.fields]
    assert told == []


def test_after_a_crash_before_its_file_was_deleted_it_goes_with_the_next_exchange(
    lea, monkeypatch
):
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    with monkeypatch.context() as killed:
        killed.setattr(covering, "sweep", lambda _: None)
        covering.cover(lea, before["id"], FACE)
    assert files(lea) & names(lea, sums(before))

    exchange.exchange(lea)

    assert not files(lea) & names(lea, sums(before))


@pytest.mark.parametrize("sent", [False, True])
def test_boxes_that_change_nothing_are_no_picture_of_another_record(lea, monkeypatch, sent):
    monkeypatch.setattr(covering, "burned", lambda content, _: content)  # all was black there
    issue = issue_with(lea)
    [before] = shown(lea, issue)
    if sent:
        synced(lea)

    done = covering.cover(lea, before["id"], FACE)

    assert not done.elsewhere
    [after] = shown(lea, issue)
    assert attachments.read(lea, after["sha256"])


def test_a_photo_that_went_with_a_letter_in_which_its_record_had_no_room_counts_as_sent(
    aidana, tmp_path, monkeypatch
):
    mine = aidana
    synced(mine)
    issue = issue_with(mine)
    [before] = shown(mine, issue)
    monkeypatch.setattr(carry_file, "MOST_CHANGES", 1)  # the issue alone

    letter = carry.write_letter(mine, tmp_path / "a.letter")
    assert (letter.changes, letter.files) == (1, 2)

    assert covering.cover(mine, before["id"], FACE).sent
