"""An older copy of a laptop's file takes its place, and syncs: nothing is lost, nothing is double."""

import shutil
from datetime import UTC, datetime

import pytest

from desktop.actions import attachments, erasure, records, restored
from desktop.actions.exchange import exchange
from desktop.backups import list_backups, make_backup
from desktop.profile import close_desk, open_desk, sign_in_again
from desktop.restoring import prepare
from sync.errors import SignInAgain, UserError
from sync.records.issue import Issue
from sync.records.visit import Visit
from tests.profiles import (
    ISSUE,
    PASSWORD,
    VISIT,
    MemoryKeyring,
    keystore,
    line,
    new_profile,
)

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def at(server):
    """Open a profile; it is closed at the end."""
    with keystore(MemoryKeyring()):
        open_now = []

        def opened(profile):
            open_now.append(open_desk(profile, PASSWORD, http=line(server)))
            return open_now[-1]

        yield opened
        for desk in open_now:
            close_desk(desk)


def visit(desk, people, id=None):
    values = {"people": people} if id else {**VISIT, "people": people}
    return records.save(desk, "visit", values, id)[0].record


def issue(desk, essence):
    return records.save(desk, "issue", {**ISSUE, "essence": essence})[0].record


def sync(desk):
    """As a person would: the password is typed where it is asked for."""
    try:
        exchange(desk)
    except SignInAgain:
        desk = sign_in_again(desk, PASSWORD)
        exchange(desk)
    return desk


def held(desk):
    with desk.store() as session:
        return (
            sorted(row.people for row in session.query(Visit)),
            sorted(row.essence for row in session.query(Issue) if row.essence),
        )


def test_a_restored_laptop_and_a_new_one_hold_the_same_and_the_erased_stays_erased(
    server, at, tmp_path
):
    profile = new_profile(tmp_path / "laptop", server, role="leader")
    desk = at(profile)
    sent, erased = visit(desk, 1), issue(desk, "өшіріледі")
    issue(desk, "Су жоқ")
    sync(desk)
    visit(desk, 2)  # waits, in the copy and in the file
    backup = make_backup(profile, desk, NOW, tmp_path / "stick")
    visit(desk, 3)
    visit(desk, 10, sent)
    photo = tmp_path / "photo.txt"
    photo.write_text("Су", encoding="utf-8")
    attachments.attach(desk, sent, photo)
    erasure.erase(desk, erased, "request")
    desk = sync(desk)
    sync(desk)
    visit(desk, 4)  # known to the file, which breaks, and its journal
    close_desk(desk)
    profile.store.write_bytes(b"broken")
    shutil.rmtree(profile.photos)

    prepare(profile, backup, PASSWORD)
    desk = at(profile)
    assert held(desk) == ([1, 2, 4], ["Су жоқ", "өшіріледі"])
    visit(desk, 5)  # the work goes on before anybody syncs
    visit(desk, 11, sent)
    with pytest.raises(restored.NotAgreed):
        exchange(desk)
    restored.agree(desk)
    for _ in range(3):
        desk = sync(desk)

    fresh = at(new_profile(tmp_path / "fresh", server, "other"))
    exchange(fresh)
    assert held(desk) == held(fresh)
    people, issues = held(desk)
    assert people in ([2, 3, 4, 5, 10], [2, 3, 4, 5, 11])  # two values of one field: either stands
    assert issues == ["Су жоқ"]
    with pytest.raises(UserError):
        records.show(desk, erased)
    assert len(list(profile.photos.iterdir())) == 1  # it came back from the server


def test_the_file_that_was_put_aside_can_be_synced_too_and_brings_what_it_alone_had(
    server, at, tmp_path
):
    profile = new_profile(tmp_path / "laptop", server)
    desk = at(profile)
    visit(desk, 1)
    sync(desk)
    backup = make_backup(profile, desk, NOW, tmp_path / "stick")
    visit(desk, 2)
    desk = sync(desk)
    visit(desk, 3)
    close_desk(desk)

    prepare(profile, backup, PASSWORD)
    desk = at(profile)
    visit(desk, 4)
    restored.agree(desk)
    desk = sync(desk)
    assert held(desk)[0] == [1, 2, 4]
    close_desk(desk)
    [aside] = [one for one in list_backups(profile.copies) if one.sort == "aside"]
    prepare(profile, aside, PASSWORD)
    desk = at(profile)
    restored.agree(desk)
    for _ in range(2):
        desk = sync(desk)

    assert held(desk)[0] == [1, 2, 3, 4]
    fresh = at(new_profile(tmp_path / "fresh", server, "other"))
    exchange(fresh)
    assert held(fresh)[0] == [1, 2, 3, 4]
