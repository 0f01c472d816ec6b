"""A copy takes the place of the file: wholly or not at all, and nothing is synced unasked."""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest

from desktop import keys
from desktop.actions import attachments, carry, erasure, records, restored, room
from desktop.actions.exchange import exchange
from desktop.backups import ASIDE, list_backups, make_backup
from desktop.folder import choose_profile, is_enrolled
from desktop.health import back_up, examine
from desktop.keys import KeystoreSilent, WrongPassword
from desktop.profile import close_desk, open_desk, sign_in_again
from desktop.restoring import prepare, settle_restored
from sync.errors import SignInAgain, UserError
from sync.language import speak
from sync.records.visit import Visit
from tests.profiles import (
    CHEAP,
    ISSUE,
    PASSWORD,
    VISIT,
    MemoryKeyring,
    keystore,
    line,
    new_profile,
)

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
OTHER = "жаңа құпия сөз"
PAGE = 4096  # bytes
MOMENTS = 100 if os.environ.get("DALA_SOAK") else 30


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    speak("en")
    monkeypatch.setitem(keys.recover.__kwdefaults__, "cost", CHEAP)


@pytest.fixture
def memory():
    with keystore(backend := MemoryKeyring()):
        yield backend


@pytest.fixture
def profile(own_server, memory, tmp_path):
    return new_profile(tmp_path / "profile", own_server, role="leader")


@pytest.fixture
def at(own_server):
    """Open a profile; it is closed at the end."""
    open_now = []

    def opened(profile, password=PASSWORD):
        open_now.append(open_desk(profile, password, http=line(own_server)))
        return open_now[-1]

    yield opened
    for desk in open_now:
        close_desk(desk)


def people(desk):
    with desk.store() as session:
        return sorted(row.people for row in session.query(Visit))


def visit(desk, people):
    return records.save(desk, "visit", {**VISIT, "people": people})[0].record


@pytest.fixture
def worked(profile, at):
    """A day's work: what a copy holds, and what was written after it."""
    desk = at(profile)
    visit(desk, 1)
    backup = make_backup(profile, desk, NOW)
    visit(desk, 2)
    close_desk(desk)
    return backup


def test_the_work_stands_as_it_was_and_what_stood_there_is_put_aside(profile, worked, at):
    prepare(profile, worked, PASSWORD)
    assert people(at(profile)) == [1]

    [aside] = [one for one in list_backups(profile.copies) if one.sort == ASIDE]
    prepare(profile, aside, PASSWORD)
    assert people(at(profile)) == [1, 2]


def test_the_journal_that_a_crash_left_goes_aside_with_its_file(profile, worked, at):
    desk = at(profile)
    visit(desk, 3)  # it stands in the journal alone
    prepare(profile, worked, PASSWORD)
    settle_restored(profile)
    close_desk(desk)

    [aside] = [one for one in list_backups(profile.copies) if one.sort == ASIDE]
    assert people(at(profile)) == [1]
    prepare(profile, aside, PASSWORD)

    assert people(at(profile)) == [1, 2, 3]


@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_or_missing_file_is_replaced_and_what_came_after_the_copy_is_there(
    profile, worked, at, damage
):
    content = profile.store.read_bytes()
    middle = len(content) // 2
    if damage == "gone":
        profile.store.unlink()
    else:
        rest = b"\x00" * 5000 if damage == "flip" else b""
        profile.store.write_bytes(content[:middle] + rest)

    prepare(profile, worked, PASSWORD)

    desk = at(profile)
    assert people(desk) == [1, 2]
    assert examine(desk).sound


def test_a_wrong_password_changes_nothing(profile, worked, at):
    before = sorted(profile.folder.iterdir())

    with pytest.raises(WrongPassword):
        prepare(profile, worked, "another password")

    assert not settle_restored(profile)
    assert sorted(profile.folder.iterdir()) == before
    assert people(at(profile)) == [1, 2]


def test_a_damaged_copy_changes_nothing(profile, worked, at):
    """Wherever it is damaged, also where opening it reads: nobody is told of a wrong password."""
    keys.change_password(profile.keys, PASSWORD, OTHER, cost=CHEAP)  # those of the copy are wanted
    whole = worked.store.read_bytes()
    pages = range(PAGE, len(whole), PAGE)
    for page in {*pages[:9], *pages[::25]}:
        content = bytearray(whole)
        content[page + PAGE // 2] ^= 1
        worked.store.write_bytes(content)

        with pytest.raises(UserError, match="damaged"):
            prepare(profile, worked, PASSWORD)

        assert not profile.coming_keys.exists()
    assert people(at(profile, OTHER)) == [1, 2]


def test_a_copy_of_another_laptop_changes_nothing(profile, worked, own_server, at, tmp_path):
    other = new_profile(tmp_path / "other", own_server, "other")
    (worked.folder / "dala.db").write_bytes(other.store.read_bytes())

    with pytest.raises(UserError, match="another laptop"):
        prepare(profile, worked, PASSWORD)

    assert people(at(profile)) == [1, 2]


def test_the_password_may_be_that_of_the_copy_or_that_of_today(profile, worked, at):
    keys.change_password(profile.keys, PASSWORD, OTHER, cost=CHEAP)

    prepare(profile, worked, OTHER)
    assert people(at(profile, OTHER)) == [1]
    prepare(profile, worked, PASSWORD)
    assert people(at(profile, PASSWORD)) == [1]


def test_on_another_computer_the_recovery_code_opens_a_copy(
    profile, own_server, at, tmp_path, memory
):
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    desk = at(profile)
    record = visit(desk, 1)
    photo = tmp_path / "photo.txt"
    photo.write_text("Сүйінбай", encoding="utf-8")
    attachments.attach(desk, record, photo)
    usb = back_up(profile, desk, tmp_path / "usb")
    close_desk(desk)
    memory.kept.clear()  # another computer
    new = choose_profile(tmp_path / "new")
    [backup] = list_backups(usb.parent)

    with pytest.raises(KeystoreSilent):
        prepare(new, backup, PASSWORD)
    assert not is_enrolled(new)
    following = prepare(new, backup, OTHER, code)
    opened = at(new, OTHER)

    assert people(opened) == [1]
    assert examine(opened).photos_damaged == 0
    assert following != code
    restored.agree(opened)
    assert exchange(opened).sent >= 2


@pytest.mark.parametrize("step", range(12))
def test_cut_anywhere_the_file_is_the_old_one_or_the_new_one(
    profile, worked, at, monkeypatch, step
):
    """The disk fails at the n-th rename, of what is laid ready and of what is put in its place."""
    left, real = [step], os.replace

    def fail(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            raise OSError("the disk is gone")
        return real(*args, **kwargs)

    def replace(self, target):
        fail(self, target)
        return type(self)(target)

    with monkeypatch.context() as disk:
        disk.setattr(type(profile.store), "replace", replace)
        try:
            prepare(profile, worked, PASSWORD)
            settle_restored(profile)
        except UserError:
            pass

    assert people(at(profile)) in ([1], [1, 2])
    assert left[0] < 0 or people(at(profile)) == [1]


def test_nothing_is_synced_before_the_person_has_said_so(profile, worked, at, tmp_path):
    prepare(profile, worked, PASSWORD)
    desk = at(profile)

    assert restored.since(desk) == NOW
    for act in (
        lambda: exchange(desk),
        lambda: carry.write_letter(desk, tmp_path / "letter.dala"),
        lambda: room.join(desk, "127.0.0.1:1", "code"),
    ):
        with pytest.raises(restored.NotAgreed, match=r"26\.11\.2026"):
            act()
    restored.agree(desk)

    assert restored.since(desk) is None
    assert exchange(desk).sent == 1


def sync(desk, password=PASSWORD):
    """As a person would: the password is typed where it is asked for."""
    try:
        return exchange(desk)
    except SignInAgain:
        exchange(sign_in_again(desk, password))


def test_what_was_erased_since_the_copy_is_erased_again(profile, own_server, at, tmp_path):
    desk = at(profile)
    issue = records.save(desk, "issue", ISSUE)[0].record
    exchange(desk)
    backup = make_backup(profile, desk, NOW, tmp_path / "usb")
    erasure.erase(desk, issue, "request")
    exchange(desk)
    close_desk(desk)

    prepare(profile, backup, PASSWORD)
    desk = at(profile)
    assert records.show(desk, issue)["essence"] == ISSUE["essence"]
    restored.agree(desk)
    sync(desk)

    with pytest.raises(UserError):
        records.show(desk, issue)


def test_after_a_restore_what_was_sent_since_comes_back_once(profile, own_server, at):
    desk = at(profile)
    first = visit(desk, 1)
    exchange(desk)
    visit(desk, 2)  # waits, in the copy
    backup = make_backup(profile, desk, NOW)
    visit(desk, 3)
    records.save(desk, "visit", {"people": 10}, first)
    exchange(desk)
    visit(desk, 4)  # known to the file, which is lost, and its journal
    close_desk(desk)
    profile.store.write_bytes(b"lost")

    prepare(profile, backup, PASSWORD)
    desk = at(profile)
    visit(desk, 5)  # the work goes on before anybody syncs
    restored.agree(desk)
    sync(desk)
    sync(desk)

    assert people(desk) == [2, 3, 4, 5, 10]
    other = new_profile(profile.folder.with_name("other"), own_server, "other")
    fresh = at(other)
    exchange(fresh)
    assert people(fresh) == [2, 3, 4, 5, 10]


@pytest.mark.slow
def test_a_restore_holds_at_any_random_moment(profile, at):
    chance, wanted = random.Random(20261126), 0
    for number in range(MOMENTS):
        desk = at(profile)
        for _ in range(chance.randrange(3)):
            visit(desk, wanted := wanted + 1)
        backup = make_backup(profile, desk, NOW + timedelta(hours=number))
        for later in range(chance.randrange(3)):
            visit(desk, 10_000 + later)
        saved = people(desk)
        close_desk(desk)
        content = bytearray(profile.store.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        profile.store.write_bytes(content)

        prepare(profile, backup, PASSWORD)

        desk = at(profile)
        assert people(desk) == saved, number
        assert examine(desk).sound
        close_desk(desk)
