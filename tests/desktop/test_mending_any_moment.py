"""Mended at any moment, cut at any point, synced afterwards: nothing is lost and nothing is double."""

import errno
import os
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from desktop.actions import attachments, restored
from desktop.actions.exchange import exchange
from desktop.backups import ASIDE, drop, list_backups, make_backup
from desktop.health import examine
from desktop.mended import take_unsaid
from desktop.profile import close_desk
from desktop.restoring import prepare
from desktop.store import check
from desktop.store_failures import StoreDamaged
from sync.errors import UserError
from sync.records.visit import Visit
from tests.profiles import PASSWORD, new_profile
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
SEED = 20261128
MOMENTS = 200 if os.environ.get("DALA_SOAK") else 15


def test_mended_and_synced_nothing_is_doubled_and_nothing_is_lost(
    profile, own_server, at, tmp_path
):
    desk = at(profile)
    sent = visit(desk, 1)
    exchange(desk)
    visit(desk, 2)  # waits, in the copy
    make_backup(profile, desk, NOW)
    visit(desk, 3)
    visit(desk, 10, sent)
    exchange(desk)  # answered, which only the file that breaks knows
    visit(desk, 11, sent)
    visit(desk, 4)
    photo = tmp_path / "photo.txt"
    photo.write_text("Су", encoding="utf-8")
    attachments.attach(desk, sent, photo)
    close_desk(desk)
    spoil(profile.store, 100)

    desk = at(profile)
    assert people(desk) == [2, 3, 4, 11]
    visit(desk, 12, sent)  # the work goes on before anybody syncs
    restored.agree(desk)
    for _ in range(3):
        desk = sync(desk)

    fresh = at(new_profile(tmp_path / "fresh", own_server, "other"))
    exchange(fresh)
    assert people(desk) == people(fresh) == [2, 3, 4, 12]
    assert waiting(desk) == []
    assert examine(fresh).sound
    assert len(list(fresh.photos._folder.iterdir())) == 1


def test_a_person_who_wants_an_older_state_gets_it_and_the_journal_begins_anew(
    profile, worked, at
):
    prepare(profile, worked, PASSWORD)

    desk = at(profile)

    assert people(desk) == waiting(desk) == [1]
    assert take_unsaid(desk.store) is None
    visit(desk, 9)
    close_desk(desk)
    spoil(profile.store, 100)
    assert people(at(profile)) == [1, 9]


def test_a_copy_of_a_state_that_was_left_is_not_taken_by_itself(profile, worked, at):
    desk = at(profile)
    make_backup(profile, desk, NOW + HOUR)  # 1, 2, 3: what the person does not want
    close_desk(desk)
    prepare(profile, worked, PASSWORD)
    desk = at(profile)
    visit(desk, 9)
    close_desk(desk)
    spoil(profile.store, 100)

    desk = at(profile)

    assert people(desk) == waiting(desk) == [1, 9]
    assert take_unsaid(desk.store).copy == NOW


def test_what_was_put_aside_never_comes_back_by_itself(profile, worked, at):
    prepare(profile, worked, PASSWORD)
    close_desk(at(profile))
    drop(worked)
    assert [one.sort for one in list_backups(profile.copies)] == [ASIDE]
    spoil(profile.store, 100)

    with pytest.raises(StoreDamaged):
        at(profile)


def test_an_edit_that_was_sent_after_the_copy_takes_no_later_one_into_it(profile, worked, at):
    """Also where a person chose the older state: the server may have had what waits in it."""
    desk = at(profile)
    exchange(desk)
    close_desk(desk)
    prepare(profile, worked, PASSWORD)
    desk = at(profile)
    with desk.store() as session:
        [record] = session.scalars(select(Visit.id))

    visit(desk, 8, record)
    restored.agree(desk)
    for _ in range(2):
        desk = sync(desk)

    assert 8 in people(desk)


def failing_after(number):
    """As Path.replace, on a disk that is gone after so many renames."""
    left, real = [number], os.replace

    def replace(self, target):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.EIO, "the disk is gone")
        real(self, target)
        return type(self)(target)

    return replace


@pytest.mark.parametrize("step", range(10))
def test_cut_anywhere_the_next_opening_goes_on_and_loses_nothing(
    profile, worked, at, monkeypatch, step
):
    spoil(profile.store, 100)
    with monkeypatch.context() as disk, suppress(UserError, OSError):
        disk.setattr(type(profile.store), "replace", failing_after(step))
        at(profile)

    desk = at(profile)

    assert people(desk) == waiting(desk) == [1, 2, 3]
    assert examine(desk).sound


@pytest.mark.slow
def test_mended_at_random_moments_it_holds_all_that_was_saved(profile, at):
    chance, number, saved = Random(SEED), 0, []
    for step in range(MOMENTS):
        desk = at(profile)
        if chance.random() < 0.6 or not step:
            make_backup(profile, desk, NOW + step * HOUR)
        for _ in range(chance.randrange(4)):
            saved.append(number := number + 1)
            visit(desk, number)
        if chance.random() < 0.3:
            with suppress(restored.NotAgreed):
                restored.agree(desk)
                desk = sync(desk)
        if chance.random() < 0.5:
            close_desk(desk)
        else:
            desk.store.engine.dispose()
        spoil(profile.store, chance.randrange(profile.store.stat().st_size - 9))

        desk = at(profile)

        if profile.seen_damaged.exists() or check(desk.store):
            close_desk(desk)
            profile.seen_damaged.touch()
            desk = at(profile)
        assert people(desk) == saved, step
        assert check(desk.store) == []
        close_desk(desk)
