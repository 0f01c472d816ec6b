"""A damaged file is mended when it is opened: the newest sound copy, and what was recorded since."""

import os
import shutil
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import delete

from desktop import keys, mending, restoring
from desktop.actions import records, restored
from desktop.actions.exchange import exchange
from desktop.backups import ASIDE, make_backup
from desktop.folder import Profile
from desktop.health import examine
from desktop.journal import place_of
from desktop.journal_file import read_journal
from desktop.key_file import KeysDamaged
from desktop.keys import WrongPassword, unwrap
from desktop.mended import take_unsaid
from desktop.profile import close_desk
from desktop.repair import check_and_repair
from desktop.restoring import settle_restored
from desktop.second_place import choose_place, copy_to_place
from desktop.store import check
from desktop.store_failures import StoreDamaged, StoreShut
from sync.client.facts import recall, remember
from sync.client.put_back import Back
from sync.client.tables import Fact
from sync.errors import UserError
from sync.language import LANGUAGES
from tests.profiles import CHEAP, PASSWORD, VISIT
from tests.spoiled import (  # noqa: F401
    NOW,
    given_at,
    given_profile,
    given_worked,
    people,
    spoil,
    sync,
    visit,
    waiting,
)

HOUR = timedelta(hours=1)
OTHER = "жаңа құпия сөз"


@pytest.mark.parametrize("damage", ["first page", "middle", "cut", "empty", "gone"])
def test_a_file_that_cannot_be_read_comes_back_with_all_that_was_saved(
    profile, worked, at, damage
):
    content = profile.store.read_bytes()
    match damage:
        case "first page":
            spoil(profile.store, 100)
        case "middle":
            profile.store.write_bytes(content[:4096] + os.urandom(len(content) - 4096))
        case "cut":
            profile.store.write_bytes(content[: 4096 * 3])
        case "empty":
            profile.store.write_bytes(b"")
        case "gone":
            profile.store.unlink()
    spoiled = profile.store.read_bytes() if profile.store.exists() else None

    desk = at(profile)

    assert people(desk) == waiting(desk) == [1, 2, 3]
    assert examine(desk).sound
    told = take_unsaid(desk.store)
    assert (told.copy, told.edits, told.whole, told.later) == (NOW, 2, True, 0)
    assert take_unsaid(desk.store) is None  # once
    [aside] = profile.copies.glob(f"{ASIDE}-*")
    assert spoiled is None or (aside / "dala.db").read_bytes() == spoiled
    assert (aside / "outbox.journal").exists()


def test_it_is_said_in_words_and_not_synced_before_the_person_has_looked(profile, worked, at):
    spoil(profile.store, 100)
    desk = at(profile)

    moment = NOW.astimezone().strftime("%d.%m.%Y %H:%M")
    with pytest.raises(restored.NotAgreed) as caught:
        exchange(desk)
    assert str(caught.value) == (
        f"The file with your work was damaged and is put aside. The copy of {moment} is in its "
        "place, and 2 edits recorded since are back from the journal. Survey interviews and "
        "sealed reports are not in the journal: those finished since the copy and not sent are lost. Nothing was sent or taken "
        "since. What was sent later comes back with the next sync. Look at it, then sync."
    )
    restored.agree(desk)
    assert exchange(desk).sent == 3
    assert restored.since(desk) is None


def test_a_file_that_lost_its_last_commits_gets_them_back(profile, worked, at):
    """A bit of SQLite's own journal turned over: it ends there, and nobody notices."""
    desk = at(profile)
    visit(desk, 4)
    journal = profile.folder / "dala.db-wal"
    whole = journal.stat().st_size
    visit(desk, 5)
    desk.store.engine.dispose = lambda: None
    shutil.copytree(profile.folder, profile.folder.with_name("cut"))
    cut = Profile(profile.folder.with_name("cut"))
    spoil(cut.folder / "dala.db-wal", whole + 100)

    desk = at(cut)

    assert people(desk) == waiting(desk) == [1, 2, 3, 4, 5]
    told = take_unsaid(desk.store)
    assert (told.copy, told.edits) == (None, 1)
    assert str(told.words()).startswith("1 edit that was saved last had been lost")
    assert restored.since(desk) is None
    with desk.store() as session:
        assert read_journal(cut.journal, unwrap(cut.keys, PASSWORD)).place == place_of(session)
    assert exchange(desk).sent == 5


def test_where_a_copy_knows_more_than_what_is_left_it_takes_the_place(profile, at):
    desk = at(profile)
    visit(desk, 1)
    with desk.store.begin() as session:
        remember(session, "else", "what no journal of the outbox has")
    make_backup(profile, desk, NOW)
    visit(desk, 2)
    shutil.copytree(profile.folder, profile.folder.with_name("cut"))
    cut = Profile(profile.folder.with_name("cut"))
    spoil(cut.folder / "dala.db-wal", 10)  # its head: all of it is lost

    desk = at(cut)

    assert people(desk) == waiting(desk) == [1, 2]
    with desk.store() as session:
        assert recall(session, "else") == "what no journal of the outbox has"
    assert take_unsaid(desk.store).copy == restored.since(desk) == NOW


def test_a_damaged_keys_file_comes_back_and_the_work_is_all_there(profile, worked, at):
    profile.keys.write_bytes(b"{}")

    with pytest.raises(KeysDamaged):
        at(profile, "another password")
    desk = at(profile)

    assert people(desk) == [1, 2, 3]
    assert take_unsaid(desk.store).words().startswith("The key file was damaged.")
    assert restored.since(desk) is None


def test_where_keys_and_file_are_damaged_both_come_from_the_copy(profile, worked, at):
    profile.keys.write_bytes(b"{}")
    spoil(profile.store, 100)

    desk = at(profile)

    assert people(desk) == [1, 2, 3]
    assert take_unsaid(desk.store).edits == 2


def test_keys_come_back_alone_only_where_every_page_of_the_file_is_sound(profile, at):
    desk = at(profile)
    records.save(desk, "visit", {**VISIT, "people": 1, "outcome": "сөз " * 9000})
    make_backup(profile, desk, NOW)
    close_desk(desk)
    spoil(profile.store, profile.store.stat().st_size - 3000)
    profile.keys.write_bytes(b"{}")

    desk = at(profile)

    assert check(desk.store) == []
    assert people(desk) == [1]


def test_a_wrong_password_mends_nothing(profile, worked, at):
    spoil(profile.store, 100)
    before = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}

    with pytest.raises(WrongPassword):
        at(profile, "another password")

    assert {p: p.read_bytes() for p in profile.folder.rglob("*") if p.is_file()} == before


def test_a_file_that_may_not_be_opened_is_not_taken_for_a_damaged_one(
    profile, worked, at, monkeypatch
):
    def refuse(*_):
        raise StoreShut("it may not be opened")

    with monkeypatch.context() as patch:
        patch.setattr("desktop.profile.open_store", refuse)
        with pytest.raises(StoreShut):
            at(profile)

    assert not list(profile.copies.glob(f"{ASIDE}-*"))
    assert people(at(profile)) == [1, 2, 3]


def test_without_a_copy_it_is_as_before_said_in_words(profile, at):
    close_desk(at(profile))
    spoil(profile.store, 100)

    with pytest.raises(StoreDamaged, match="Delete nothing"):
        at(profile)

    assert not profile.coming.exists()


def test_where_the_newest_copy_is_damaged_too_the_one_before_serves(profile, worked, at):
    desk = at(profile)
    second = make_backup(profile, desk, NOW + HOUR)
    visit(desk, 4)
    close_desk(desk)
    spoil(second.store)
    spoil(profile.store, 100)

    desk = at(profile)

    assert people(desk) == waiting(desk) == [1, 2, 3, 4]
    assert take_unsaid(desk.store).copy == NOW


def test_the_second_place_has_a_copy_where_the_laptop_has_none(profile, worked, at, tmp_path):
    desk = at(profile)
    choose_place(profile, tmp_path / "stick")
    copy_to_place(profile, desk)
    close_desk(desk)
    shutil.rmtree(profile.copies)
    spoil(profile.store, 100)

    assert people(at(profile)) == [1, 2, 3]


def test_a_journal_that_is_damaged_too_is_said_to_be(profile, worked, at):
    told = read_journal(profile.journal, unwrap(profile.keys, PASSWORD))
    spoil(profile.journal, told.end // 2)
    spoil(profile.store, 100)

    desk = at(profile)

    assert people(desk)[0] == 1
    note = take_unsaid(desk.store)
    assert not note.whole
    assert "The journal does not have all of it" in note.words()


def test_damage_that_shows_at_work_is_mended_at_the_next_start(profile, at, monkeypatch):
    schema = profile.store.stat().st_size  # what opening reads lies before
    desk = at(profile)
    for number in range(60):
        records.save(desk, "visit", {**VISIT, "people": number, "outcome": "сөз " * 300})
    make_backup(profile, desk, NOW)
    visit(desk, 60)
    close_desk(desk)
    size = profile.store.stat().st_size
    for place in range(schema + 4096, size, 4096):
        spoil(profile.store, place)
    desk = at(profile)
    assert take_unsaid(desk.store) is None  # nothing was seen of it

    with pytest.raises(StoreDamaged, match="Start the program again"):
        records.list_records(desk, "visit")
    with suppress(UserError):
        close_desk(desk)
    assert profile.seen_damaged.exists()
    desk = at(profile)

    assert people(desk) == list(range(61))
    assert take_unsaid(desk.store).edits == 1
    assert not profile.seen_damaged.exists()


def test_what_a_check_finds_is_mended_at_the_next_start(profile, at):
    desk = at(profile)
    records.save(desk, "visit", {**VISIT, "people": 1, "outcome": "сөз " * 9000})
    make_backup(profile, desk, NOW)
    close_desk(desk)
    spoil(profile.store, profile.store.stat().st_size - 3000)
    desk = at(profile)
    assert check_and_repair(profile, desk).file
    close_desk(desk)

    desk = at(profile)

    assert check(desk.store) == []
    assert people(desk) == [1]


def test_a_false_alarm_changes_nothing(profile, worked, at):
    profile.seen_damaged.touch()

    desk = at(profile)

    assert take_unsaid(desk.store) is None
    assert not profile.seen_damaged.exists()
    assert people(desk) == [1, 2, 3]


def test_what_can_be_read_of_it_is_not_kept_back_where_there_is_no_copy(profile, at):
    desk = at(profile)
    records.save(desk, "visit", {**VISIT, "people": 1, "outcome": "сөз " * 9000})
    close_desk(desk)
    spoil(profile.store, profile.store.stat().st_size - 3000)
    profile.seen_damaged.touch()

    desk = at(profile)

    assert check(desk.store)
    assert profile.seen_damaged.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_each_language(profile, worked, at, language):
    spoil(profile.store, 100)
    note = take_unsaid(at(profile).store)

    said = note.words(language)

    assert NOW.astimezone().strftime("%d.%m.%Y") in said
    assert len({note.words(one) for one in LANGUAGES}) == 3


@pytest.mark.parametrize(
    ("owner", "name", "value", "story"),
    [
        (
            restoring,
            "put_back",
            lambda *_: Back(),
            test_a_file_that_cannot_be_read_comes_back_with_all_that_was_saved,
        ),
        (
            mending,
            "_catch_up",
            lambda *_: None,
            test_a_file_that_lost_its_last_commits_gets_them_back,
        ),
    ],
    ids=["no replay", "no catching up"],
)
def test_without_its_guard_edits_would_be_lost(
    profile, worked, at, monkeypatch, owner, name, value, story
):
    monkeypatch.setattr(owner, name, value)
    told = (
        (profile, worked, at, "first page")
        if "cannot" in story.__name__
        else (profile, worked, at)
    )

    with pytest.raises(AssertionError):
        story(*told)


def test_a_profile_of_an_older_program_begins_a_journal(profile, at):
    desk = at(profile)
    visit(desk, 1)
    with desk.store.begin() as session:
        session.execute(delete(Fact).where(Fact.name == "journal"))
    desk.store.engine.dispose()
    profile.journal.unlink()

    desk = at(profile)
    assert take_unsaid(desk.store) is None
    make_backup(profile, desk, NOW)
    visit(desk, 2)
    close_desk(desk)
    spoil(profile.store, 100)

    assert people(at(profile)) == [1, 2]


def test_keys_of_another_time_do_not_spoil_it(profile, worked, at):
    keys.change_password(profile.keys, PASSWORD, OTHER, cost=CHEAP)
    spoil(profile.store, 100)

    assert people(at(profile, OTHER)) == [1, 2, 3]
    settle_restored(profile)
