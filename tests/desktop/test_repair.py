"""Check and repair: what is wrong is said, and what somebody has is had back."""

from datetime import UTC, datetime

import pytest

from desktop.actions import attachments, exchange, records
from desktop.backups import make_backup
from desktop.health import back_up
from desktop.profile import close_desk, open_desk
from desktop.repair import Repair, check_and_repair
from desktop.second_place import choose_place, copy_to_place
from sync.errors import Stopped, UserError
from tests.photos import an_issue_with_photos, picture
from tests.profiles import ISSUE, PASSWORD, MemoryKeyring, keystore, line, new_profile

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def profile(own_server, tmp_path):
    with keystore(MemoryKeyring()):
        yield new_profile(tmp_path / "profile", own_server)


@pytest.fixture
def desk(profile, own_server):
    opened = open_desk(profile, PASSWORD, http=line(own_server))
    yield opened
    close_desk(opened)


@pytest.fixture
def photo(desk, tmp_path):
    """The sum of a photo with a small picture."""
    file = tmp_path / "photo.png"
    file.write_bytes(picture())
    [sha256] = an_issue_with_photos(desk, file)
    return sha256


def lie(desk, sha256, how):
    path = desk.photos._path(sha256)
    if how == "missing":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def test_sound_work_is_said_to_be_sound(profile, desk, photo):
    found = check_and_repair(profile, desk)

    assert found == Repair(photos=1)
    assert found.sound


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_photo_comes_back_from_a_copy(profile, desk, photo, how):
    before = desk.photos.read(photo)
    back_up(profile, desk)
    lie(desk, photo, how)

    assert check_and_repair(profile, desk) == Repair(photos=1, from_copies=1)

    assert desk.photos.read(photo) == before
    assert check_and_repair(profile, desk).sound


def test_a_photo_comes_back_from_the_stick(profile, desk, photo, tmp_path):
    choose_place(profile, tmp_path / "stick")
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    lie(desk, photo, "damaged")

    assert check_and_repair(profile, desk).from_copies == 1
    assert check_and_repair(profile, desk).sound


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_photo_that_was_sent_comes_back_with_the_next_sync(profile, desk, photo, how):
    before = desk.photos.read(photo)
    exchange.exchange(desk)
    lie(desk, photo, how)

    assert check_and_repair(profile, desk) == Repair(photos=1, from_server=1)

    exchange.exchange(desk)
    assert desk.photos.read(photo) == before
    assert check_and_repair(profile, desk).sound


def test_a_copy_that_is_damaged_too_is_not_put_in_its_place(profile, desk, photo):
    made = back_up(profile, desk)
    copy = made / "photos" / desk.photos.name(photo)
    copy.write_bytes(copy.read_bytes()[:-1])
    exchange.exchange(desk)
    lie(desk, photo, "damaged")

    assert check_and_repair(profile, desk).from_server == 1


def test_what_nobody_has_is_said_and_does_not_hold_up_the_sync(profile, desk, photo, tmp_path):
    lie(desk, photo, "damaged")

    assert check_and_repair(profile, desk) == Repair(photos=1, lost=1)

    assert not desk.photos.has(photo)
    assert len(list(profile.photos.glob("*.damaged"))) == 1  # nothing was deleted
    other = tmp_path / "other.txt"
    other.write_text("Жол", encoding="utf-8")
    attachments.attach(desk, records.save(desk, "issue", ISSUE)[0].record, other)
    assert exchange.exchange(desk).photos_sent == 1


def test_a_lost_small_picture_is_had_back_without_a_word(profile, desk, photo):
    exchange.exchange(desk)
    small = next(one for one in profile.photos.iterdir() if one.name != desk.photos.name(photo))
    small.unlink()

    assert check_and_repair(profile, desk).sound
    exchange.exchange(desk)


def test_a_damaged_file_is_named_and_not_touched(profile, desk):
    for _ in range(50):
        records.save(desk, "issue", ISSUE)
    desk.store.close()
    content = bytearray(profile.store.read_bytes())
    content[-1000] ^= 1
    profile.store.write_bytes(content)

    found = check_and_repair(profile, desk)

    assert found.file
    assert not found.sound
    assert profile.store.read_bytes() == bytes(content)


def test_who_stops_it_has_lost_nothing(profile, desk, photo):
    lie(desk, photo, "missing")

    def stop(*_):
        raise Stopped

    with pytest.raises(UserError):
        check_and_repair(profile, desk, stop)

    assert check_and_repair(profile, desk).lost == 1
