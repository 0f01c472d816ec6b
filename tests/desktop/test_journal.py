"""Edits are in the journal when the person is told, and none is that was not saved."""

import errno
import os
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from desktop import journal as journals
from desktop.actions import answers, drafts, erasure, records
from desktop.actions.edits import Edit
from desktop.actions.exchange import exchange
from desktop.backups import list_backups, make_backup
from desktop.journal import place_of
from desktop.journal_file import JournalFile, read_journal
from desktop.keys import unwrap
from desktop.profile import close_desk, open_desk
from desktop.store_failures import StoreFull, StoreShut
from sync.client import outbox
from sync.client.tables import WaitingAnswer
from sync.language import speak
from sync.records.survey import Wave
from sync.records.visit import Visit
from tests.failpoints import DATABASE, DISK, Died, dies, failing
from tests.profiles import ISSUE, PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


@pytest.fixture
def profile(own_server, tmp_path):
    speak("en")
    with keystore(MemoryKeyring()):
        yield new_profile(tmp_path / "profile", own_server, role="leader")


@pytest.fixture
def desk(profile, own_server):
    opened = open_desk(profile, PASSWORD, http=line(own_server))
    yield opened
    close_desk(opened)


def visit(desk, people, id=None):
    values = {"people": people} if id else {**VISIT, "people": people}
    return records.save(desk, "visit", values, id)[0].record


def told(profile):
    return read_journal(profile.journal, unwrap(profile.keys, PASSWORD))


def numbers(profile):
    """`people` of each edit that the journal tells, entry by entry."""
    return [[edit.fields.get("people") for edit in edits] for _, edits in told(profile).entries]


def in_step(desk, profile):
    with desk.store() as session:
        return told(profile).place == place_of(session)


def people(desk):
    with desk.store() as session:
        return sorted(session.scalars(select(Visit.people)))


@contextmanager
def disk(error, name="add"):
    """The journal cannot be written to in this way."""

    def refuse(*_):
        raise OSError(error, os.strerror(error))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JournalFile, name, refuse)
        yield


def test_each_saved_edit_has_its_entry_as_it_waits(desk, profile):
    first = visit(desk, 1)
    visit(desk, 2, first)  # one with the edit before, as it has not left
    visit(desk, 3)

    assert numbers(profile) == [[], [1], [2], [3]]
    ids = [edits[0].id for _, edits in told(profile).entries[1:]]
    assert ids[0] == ids[1] != ids[2]
    assert told(profile).entries[2][1][0].fields["village"] == VISIT["village"]
    assert in_step(desk, profile)


def test_what_is_saved_at_once_is_one_entry(desk, profile):
    records.save_all(desk, [Edit("visit", {**VISIT, "people": n}) for n in (1, 2, 3)])

    assert numbers(profile) == [[], [1, 2, 3]]


def test_an_edit_that_is_not_committed_has_no_entry(desk, profile):
    with suppress(ZeroDivisionError), desk.store.begin() as session:
        records.put(desk, session, Edit("visit", {**VISIT, "people": 1}))
        raise ZeroDivisionError
    visit(desk, 2)

    assert numbers(profile) == [[], [2]]
    assert in_step(desk, profile)


def test_a_commit_that_fails_leaves_no_entry(desk, profile):
    with failing(1, dies, ("commit",)), pytest.raises(Died):
        visit(desk, 1)
    visit(desk, 2)

    assert people(desk) == [2]
    assert numbers(profile) == [[], [2]]


def test_where_the_journal_has_no_room_nothing_is_saved_and_that_is_said(desk, profile):
    with disk(errno.ENOSPC, "make_room"), pytest.raises(StoreFull, match="was not saved"):
        visit(desk, 1)
    with disk(errno.EACCES, "make_room"), pytest.raises(StoreShut):
        visit(desk, 2)
    visit(desk, 3)

    assert people(desk) == [3]
    assert numbers(profile) == [[], [3]]


def test_an_entry_that_fails_after_the_commit_is_there_before_the_next_edit_is_saved(
    desk, profile
):
    with disk(errno.EIO):
        visit(desk, 1)  # it is saved, and said to be
    assert numbers(profile) == [[]]
    with disk(errno.ENOSPC, "begin"), pytest.raises(StoreFull):
        visit(desk, 2)

    visit(desk, 3)

    assert people(desk) == [1, 3]
    assert numbers(profile) == [[1], [3]]
    assert in_step(desk, profile)


def test_an_entry_that_failed_is_there_when_the_work_is_closed(own_server, profile):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with disk(errno.EIO):
        visit(desk, 1)
    close_desk(desk)

    assert numbers(profile) == [[1]]


def test_what_died_between_commit_and_entry_is_there_after_the_next_opening(own_server, profile):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    visit(desk, 1)
    with failing(1, dies, ("committed",)), pytest.raises(Died):
        visit(desk, 2)
    assert numbers(profile) == [[], [1]]
    desk.store.engine.dispose()

    desk = open_desk(profile, PASSWORD, http=line(own_server))

    assert people(desk) == [1, 2]
    assert numbers(profile) == [[1, 2]]
    assert in_step(desk, profile)
    close_desk(desk)


def test_entries_of_several_threads_stand_in_the_order_of_their_commits(desk, profile):
    def work(number):
        for step in range(12):
            visit(desk, 100 * number + step)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with desk.store() as session:
        waiting = [edit.id for edit in outbox.waiting(session)]
    assert [edit.id for _, edits in told(profile).entries for edit in edits] == waiting
    assert len(waiting) == 48
    assert in_step(desk, profile)


def test_nobody_writes_between_a_commit_and_its_entry(desk, profile, monkeypatch):
    inside, free, add = threading.Event(), threading.Event(), JournalFile.add

    def slowly(self, edits):
        if not inside.is_set():
            inside.set()
            free.wait(20)
        add(self, edits)

    monkeypatch.setattr(JournalFile, "add", slowly)
    first = threading.Thread(target=visit, args=(desk, 1))
    second = threading.Thread(target=visit, args=(desk, 2))
    first.start()
    inside.wait(20)
    second.start()
    second.join(0.3)  # as far as it comes
    free.set()
    for thread in (first, second):
        thread.join()

    assert numbers(profile) == [[], [1], [2]]
    assert in_step(desk, profile)


def test_a_torn_end_is_cut_when_the_work_is_opened(own_server, profile):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    visit(desk, 1)
    close_desk(desk)
    end, content = told(profile).end, bytearray(profile.journal.read_bytes())
    content[end : end + 700] = os.urandom(700)
    profile.journal.write_bytes(content)
    assert not told(profile).clean

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))

    assert told(profile).clean
    assert numbers(profile) == [[1]]


def test_with_a_copy_it_holds_what_waits_and_no_more(desk, profile):
    visit(desk, 1)
    exchange(desk)
    for number in range(20):
        visit(desk, number)
    last = visit(desk, 50)
    for number in range(200):
        visit(desk, 51 + number, last)
    long = told(profile).end

    make_backup(profile, desk, NOW)

    assert told(profile).end < long / 4
    assert [len(edits) for edits in numbers(profile)] == [21]
    assert in_step(desk, profile)
    visit(desk, 7)
    assert numbers(profile)[1:] == [[7]]


def test_where_no_copy_is_ever_made_it_does_not_grow_without_end(own_server, profile, monkeypatch):
    monkeypatch.setattr(journals, "LARGE", 20_000)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    first = visit(desk, 0)
    for number in range(1, 101):
        visit(desk, number, first)
    assert told(profile).end > 20_000
    close_desk(desk)

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))

    assert numbers(profile) == [[100]]


def test_of_what_was_erased_nothing_stands_in_it(desk, profile):
    secret = "Гүлсім Ахметова"
    issue = records.save(desk, "issue", {**ISSUE, "essence": secret})[0].record
    step = {"done_on": "2026-11-05", "type": "note", "text": secret}
    records.save(desk, "step", step, parent=issue)
    visit(desk, 1)
    assert secret in str(told(profile).entries)

    erasure.erase(desk, issue, "request")

    assert secret not in str(told(profile).entries)
    assert numbers(profile) == [[1, None]]  # the erasure itself waits
    assert in_step(desk, profile)


def test_what_was_erased_elsewhere_leaves_it_with_the_sync(own_server, desk, profile, tmp_path):
    secret = "Гүлсім Ахметова"
    issue = records.save(desk, "issue", {**ISSUE, "essence": secret})[0].record
    exchange(desk)
    other = new_profile(tmp_path / "other", own_server, "lea", role="leader")
    lea = open_desk(other, PASSWORD, http=line(own_server))
    exchange(lea)
    erasure.erase(lea, issue, "request")
    exchange(lea)
    close_desk(lea)
    records.save(desk, "issue", {"essence": f"{secret} келді"}, issue)

    exchange(desk)

    assert secret not in str(told(profile).entries)


def test_what_no_disk_takes_away_now_is_taken_away_at_the_next_start(own_server, profile):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    issue = records.save(desk, "issue", {**ISSUE, "essence": "құпия"})[0].record
    with disk(errno.ENOSPC, "begin"):
        erasure.erase(desk, issue, "request")
    assert "құпия" in str(told(profile).entries)
    desk.store.engine.dispose()

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))

    assert "құпия" not in str(told(profile).entries)


def test_what_was_put_aside_without_a_file_goes_with_an_erasure_too(own_server, profile):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    make_backup(profile, desk, NOW)
    issue = records.save(desk, "issue", {**ISSUE, "essence": "құпия"})[0].record
    close_desk(desk)
    profile.store.unlink()
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    assert list(profile.copies.rglob("outbox.journal"))

    erasure.erase(desk, issue, "request")

    assert not list(profile.copies.rglob("outbox.journal"))
    assert list_backups(profile.copies) == []
    close_desk(desk)


def test_an_interview_leaves_no_trace_in_it(desk, profile):
    wave = uuid4()
    with desk.store.begin() as session:
        session.add(
            Wave(
                id=wave,
                form=str(uuid4()),
                district="615600000",
                author="c",
                created=NOW,
                edited=NOW,
            )
        )
    before, size = profile.journal.read_bytes(), profile.journal.stat().st_size

    answers.finish(desk, wave, "615647100", date(2026, 11, 28), {"/q": "жауап"})
    drafts.keep(desk, f"interview:{wave}", {"q": "жауап"})

    with desk.store() as session:
        assert session.scalars(select(WaitingAnswer.wave)).all() == [wave]
    assert profile.journal.read_bytes() == before
    assert profile.journal.stat().st_size == size


@pytest.mark.parametrize("number", range(1, 40, 2))
def test_whoever_dies_anywhere_finds_what_was_told_as_saved_and_no_ghost(
    own_server, profile, number
):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    saved, tried = [], []
    with failing(number, dies, DATABASE + DISK):
        try:
            for step in range(3):
                tried.append(step)
                visit(desk, step)
                saved.append(step)
        except Died:
            pass
    found = [n for edits in numbers(profile) for n in edits]
    committed = people(desk)
    desk.store.engine.dispose()

    desk = open_desk(profile, PASSWORD, http=line(own_server))
    here = people(desk)
    close_desk(desk)

    assert set(saved) <= set(found) <= set(committed)
    assert committed == here
    assert set(here) <= set(tried)


def entry_first(patch):
    """A mutant: the entry is written before the commit."""

    @contextmanager
    def following(self, session):
        edits = outbox.just_put(session)
        if edits:
            self._file.make_room(edits)
            place = self._place = self._place.next()
            journals.remember(session, journals.PLACE, place)
            self._file.add(edits)
        yield

    patch.setattr(journals.Journal, "following", following)


def entry_sometime(patch):
    """A mutant: the entry is written with the next one."""

    @contextmanager
    def following(self, session):
        edits = outbox.just_put(session)
        yield
        owed, self.owed = getattr(self, "owed", None), edits
        if owed:
            self._file.add(owed)

    patch.setattr(journals.Journal, "following", following)


@pytest.mark.parametrize("mutant", [entry_first, entry_sometime])
def test_an_entry_before_the_commit_or_after_the_word_would_be_caught(
    own_server, profile, monkeypatch, mutant
):
    mutant(monkeypatch)

    with pytest.raises(AssertionError):
        everywhere(own_server, profile)


def everywhere(own_server, profile):
    for number in range(1, 40):
        test_whoever_dies_anywhere_finds_what_was_told_as_saved_and_no_ghost(
            own_server, profile, number
        )


def test_the_journal_is_begun_anew_where_it_cannot_be_read(own_server, profile):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    visit(desk, 1)
    close_desk(desk)
    profile.journal.write_bytes(b"spoiled")

    close_desk(open_desk(profile, PASSWORD, http=line(own_server)))

    assert numbers(profile) == [[1]]
    assert told(profile).clean
