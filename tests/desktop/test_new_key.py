"""A new key for the file: all work goes on under it, and the old one opens nothing that is left."""

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from desktop import backups, keys, new_key, old_key, restoring
from desktop.actions import attachments, exchange, records
from desktop.backups import list_backups, make_backup
from desktop.custodians import answer, make
from desktop.folder import Profile
from desktop.journal_file import read_journal
from desktop.key_file import read_key_file
from desktop.keys import unwrap
from desktop.new_key import lay_new_key, turn
from desktop.old_key import lacks_sheet, what_is_left
from desktop.photos import PhotoFolder
from desktop.profile import close_desk, open_desk
from desktop.recoveries import recover_by_code
from desktop.region_recovery import ask_region, use_reply
from desktop.restoring import prepare, settle_restored
from desktop.second_place import choose_place, copy_to_place, second_place
from desktop.store import check, open_store
from desktop.store_failures import StoreDamaged, StoreFull, full
from sync.client import outbox, trust
from sync.client.facts import recall
from sync.errors import Stopped, UserError
from sync.records.notes import Attachment
from sync.records.visit import Visit
from sync.server.tables import Entry
from tests.photos import document
from tests.profiles import CHEAP, PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile

OTHER = "жаңа құпия сөз"
OLD = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def memory():
    with keystore(backend := MemoryKeyring()):
        yield backend


@pytest.fixture
def profile(own_server, tmp_path):
    """Two visits, one of them sent, with a photo each; a copy of the first, also on a stick."""
    profile = new_profile(tmp_path / "profile", own_server)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    visit(desk, 1)
    exchange.exchange(desk)
    make_backup(profile, desk, OLD)
    choose_place(profile, tmp_path / "stick")
    copy_to_place(profile, desk)
    visit(desk, 2)
    close_desk(desk)
    return profile


def visit(desk, people):
    record = records.save(desk, "visit", {**VISIT, "people": people})[0].record
    attachments.attach(desk, record, document(f"visit {people}"))
    return record


def rotate(profile, server, new=""):
    """As the command does → the recovery code."""
    desk = open_desk(profile, PASSWORD, http=line(server))
    lay_new_key(profile, desk, PASSWORD, new, cost=CHEAP)
    close_desk(desk)
    code = turn(profile, new or PASSWORD, cost=CHEAP)
    close_desk(open_desk(profile, new or PASSWORD, http=line(server)))
    return code


Work = namedtuple("Work", "people photos waiting")


def work(profile, server, password=PASSWORD):
    """What is there when it is opened, every photo read."""
    desk = open_desk(profile, password, http=line(server))
    try:
        assert check(desk.store) == []
        assert what_is_left(profile, desk) is None
        with desk.store() as session:
            people = sorted(row.people for row in session.query(Visit))
            sums = [row.sha256 for row in session.query(Attachment)]
            waiting = outbox.count(session)
        return Work(people, sorted(desk.photos.read(one) for one in sums), waiting)
    finally:
        close_desk(desk)


def opens(folder, key):
    """What this key opens of all files in a folder and below: the file, copies, journals, photos."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        copy = path.with_name("looked-at")
        shutil.copy(path, copy)
        try:
            open_store(copy, key, folder).close()
            found.append(path)
        except UserError:
            pass
        if read_journal(path, key) is not None:
            found.append(path)
        for left in copy.parent.glob("looked-at*"):
            left.unlink()
    return found


def test_all_work_goes_on_under_the_new_key_with_the_same_password(profile, own_server):
    before = work(profile, own_server)
    old = unwrap(profile.keys, PASSWORD)

    rotate(profile, own_server)

    assert unwrap(profile.keys, PASSWORD) != old
    assert work(profile, own_server) == before
    assert before.people == [1, 2]


def test_the_old_key_opens_nothing_that_is_left_on_the_laptop(profile, own_server):
    old, sealed = unwrap(profile.keys, PASSWORD), set(profile.photos.iterdir())
    assert len(opens(profile.folder, old)) > 2

    rotate(profile, own_server)

    assert opens(profile.folder, old) == []
    assert not sealed & set(profile.photos.iterdir())
    assert not list(profile.folder.glob("*.coming*"))


def test_the_old_keys_part_leaves_the_keystore_so_a_copied_folder_opens_no_more(
    profile, own_server, memory, tmp_path
):
    stolen = Profile(shutil.copytree(profile.folder, tmp_path / "stolen"))
    assert unwrap(stolen.keys, PASSWORD)

    rotate(profile, own_server)

    assert len(memory.kept) == 1
    with pytest.raises(keys.KeystoreSilent):
        unwrap(stolen.keys, PASSWORD)


def test_another_password_may_come_with_it(profile, own_server):
    rotate(profile, own_server, OTHER)

    assert work(profile, own_server, OTHER).people == [1, 2]
    with pytest.raises(keys.WrongPassword):
        unwrap(profile.keys, PASSWORD)


def test_the_sheet_before_opens_nothing_and_the_new_one_does(profile, own_server):
    sheet = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)

    following = rotate(profile, own_server)

    with pytest.raises(keys.WrongCode):
        recover_by_code(profile, sheet, OTHER)
    recover_by_code(profile, following, OTHER)
    assert work(profile, own_server, OTHER).people == [1, 2]


def test_the_regions_key_opens_the_new_one(profile, own_server):
    known, sheets = make(2, 3)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with desk.store.begin() as session:
        trust.take(session, known)
    close_desk(desk)
    rotate(profile, own_server)

    request = ask_region(profile.keys, OTHER, cost=CHEAP)
    use_reply(profile.keys, answer(request, sheets[:2]).reply, OTHER, cost=CHEAP)

    assert work(profile, own_server, OTHER).people == [1, 2]


def test_what_waited_is_sent_afterwards_once(profile, own_server):
    waiting = work(profile, own_server).waiting
    rotate(profile, own_server)

    desk = open_desk(profile, PASSWORD, http=line(own_server))
    exchange.exchange(desk)
    close_desk(desk)

    assert waiting > 0
    assert work(profile, own_server).waiting == 0
    with own_server.service.store.reading() as session:
        kinds = list(session.scalars(select(Entry.kind)))
    assert sorted(kinds) == ["attachment", "attachment", "visit", "visit"]


def test_a_damaged_file_mends_itself_from_the_copy_under_the_new_key(profile, own_server):
    rotate(profile, own_server)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    visit(desk, 3)
    close_desk(desk)
    content = bytearray(profile.store.read_bytes())
    content[len(content) // 2] ^= 1
    profile.store.write_bytes(content)
    profile.seen_damaged.touch()

    assert work(profile, own_server).people == [1, 2, 3]


def test_copies_on_the_stick_follow_when_it_is_there(profile, own_server):
    old, place = unwrap(profile.keys, PASSWORD), second_place(profile).own
    before = {path.name for path in (place / "photos").iterdir()}
    assert opens(place, old)

    rotate(profile, own_server)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    make_backup(profile, desk, datetime.now(UTC) + timedelta(hours=1))
    copy_to_place(profile, desk)
    close_desk(desk)

    assert opens(place, old) == []
    assert len(opens(place, unwrap(profile.keys, PASSWORD))) == 1
    after = {path.name for path in (place / "photos").iterdir()}
    assert after
    assert not after & before


def test_a_damaged_photo_comes_back_from_the_stick_before_the_key_is_changed(profile, own_server):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    make_backup(profile, desk, OLD + timedelta(hours=1))
    copy_to_place(profile, desk)
    close_desk(desk)
    before = work(profile, own_server)
    for photo in profile.photos.iterdir():
        photo.write_bytes(photo.read_bytes()[:-1] + b"?")

    rotate(profile, own_server)

    assert work(profile, own_server) == before


def test_what_is_left_of_a_photo_that_nobody_has_stays_and_the_rest_goes_on(
    profile, own_server, tmp_path
):
    shutil.rmtree(tmp_path / "stick")
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with desk.store() as session:
        last = session.query(Attachment).order_by(Attachment.id.desc()).first().sha256
    path = profile.photos / desk.photos.name(last)
    path.write_bytes(b"noise")
    close_desk(desk)

    rotate(profile, own_server)

    assert [one.read_bytes() for one in profile.photos.glob("*.damaged")] == [b"noise"]
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    assert not desk.photos.has(last)
    close_desk(desk)


def test_a_wrong_password_or_one_too_short_changes_nothing(profile, own_server):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    before = sorted(profile.folder.rglob("*"))

    with pytest.raises(keys.WrongPassword):
        lay_new_key(profile, desk, OTHER, cost=CHEAP)
    with pytest.raises(UserError, match="8"):
        lay_new_key(profile, desk, PASSWORD, "short", cost=CHEAP)
    with pytest.raises(UserError, match="ең алдымен"):
        lay_new_key(profile, desk, PASSWORD, "қазақстан1", cost=CHEAP)

    assert sorted(profile.folder.rglob("*")) == before
    close_desk(desk)


def test_a_damaged_file_gets_no_new_key(profile, own_server, monkeypatch):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    monkeypatch.setattr("desktop.repair.check", lambda *_: ["page 3"])

    with pytest.raises(StoreDamaged):
        lay_new_key(profile, desk, PASSWORD, cost=CHEAP)

    assert not list(profile.folder.glob("*.coming*"))
    close_desk(desk)


def test_all_is_written_twice_so_a_disk_without_that_room_is_said_first(
    profile, own_server, monkeypatch, memory
):
    needed = []

    def none_free(size, folder):
        needed.append(size)
        raise StoreFull("no room")

    monkeypatch.setattr(new_key, "require_room", none_free)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with pytest.raises(StoreFull):
        lay_new_key(profile, desk, PASSWORD, cost=CHEAP)
    close_desk(desk)

    photos = sum(path.stat().st_size for path in profile.photos.iterdir())
    assert needed[0] > photos > 0
    assert len(memory.kept) == 1


def test_keys_that_the_disk_does_not_take_leave_nothing_in_the_keystore(
    profile, own_server, monkeypatch, memory
):
    def no_room(path, *_):
        raise full(path.parent)

    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with monkeypatch.context() as disk:
        disk.setattr(keys, "write_key_file", no_room)
        with pytest.raises(StoreFull):
            lay_new_key(profile, desk, PASSWORD, cost=CHEAP)
    close_desk(desk)

    assert len(memory.kept) == 1


def test_stopped_in_its_midst_it_leaves_nothing_behind(profile, own_server, memory):
    def stop(done, _):
        if done:
            raise Stopped

    desk = open_desk(profile, PASSWORD, http=line(own_server))
    with pytest.raises(Stopped):
        lay_new_key(profile, desk, PASSWORD, cost=CHEAP, tell=stop)
    close_desk(desk)

    assert not list(profile.folder.glob("*.coming*"))
    assert len(memory.kept) == 1
    assert work(profile, own_server).people == [1, 2]


def test_where_no_copy_can_be_made_the_old_ones_stay_and_the_next_opening_goes_on(
    profile, own_server, monkeypatch
):
    def no_room(*_, **__):
        raise StoreFull("no room")

    copies = list_backups(profile.copies)
    with monkeypatch.context() as disk:
        disk.setattr(old_key, "make_backup", no_room)
        rotate(profile, own_server)
        desk = open_desk(profile, PASSWORD, http=line(own_server))
        assert "next start" in what_is_left(profile, desk).words("en")
        close_desk(desk)
    assert copies[0] in list_backups(profile.copies)

    assert work(profile, own_server).people == [1, 2]  # this opening deleted them
    assert copies[0] not in list_backups(profile.copies)


def test_where_it_was_cut_before_the_sheet_that_is_said_until_there_is_one(profile, own_server):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    assert lacks_sheet(profile, desk) is None
    lay_new_key(profile, desk, PASSWORD, cost=CHEAP)
    close_desk(desk)
    settle_restored(profile)  # and here the power went

    copies = []
    for _ in range(2):
        desk = open_desk(profile, PASSWORD, http=line(own_server))
        assert "new key" in lacks_sheet(profile, desk).words("en")
        copies.append(list_backups(profile.copies))
        close_desk(desk)
    assert copies[0] == copies[1]  # what was to be deleted was deleted once
    keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    assert lacks_sheet(profile, desk) is None
    with desk.store() as session:
        assert recall(session, old_key.TURNED, old_key.Turned) is None
    close_desk(desk)


def test_a_copy_that_could_not_be_restored_keeps_its_part_of_the_keystore(
    profile, own_server, tmp_path, memory, monkeypatch
):
    elsewhere = shutil.copytree(profile.copies, tmp_path / "elsewhere")
    before = dict(memory.kept)
    rotate(profile, own_server)
    memory.kept.update(before)  # as where the new key could not be finished yet
    monkeypatch.setattr(restoring, "check", lambda *_: ["page 3"])

    with pytest.raises(restoring.Spoiled):
        prepare(profile, list_backups(elsewhere)[0], PASSWORD)

    assert not profile.coming_keys.exists()
    assert before.items() <= memory.kept.items()


def test_an_old_copy_elsewhere_opens_by_the_sheet_of_its_time(profile, own_server, tmp_path):
    sheet = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    made = make_backup(profile, desk, datetime.now(UTC), tmp_path / "elsewhere", backups.OWN)
    close_desk(desk)
    rotate(profile, own_server)

    with pytest.raises(UserError):
        prepare(profile, made, PASSWORD)
    prepare(profile, made, OTHER, sheet)
    settle_restored(profile)

    desk = open_desk(profile, OTHER, http=line(own_server))
    with desk.store() as session:
        assert sorted(row.people for row in session.query(Visit)) == [1, 2]
    assert isinstance(desk.photos, PhotoFolder)
    close_desk(desk)


def test_two_new_keys_one_after_the_other(profile, own_server):
    before = work(profile, own_server)

    rotate(profile, own_server)
    rotate(profile, own_server)

    assert work(profile, own_server) == before
    assert read_key_file(profile.keys).profile
