"""A laptop that the region ends: everything is sent, nothing is left, and a cut is gone on with."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from desktop import wiping
from desktop.actions import exchange, records
from desktop.backups import make_backup
from desktop.folder import PEOPLE, is_enrolled
from desktop.lock import only_here
from desktop.profile import close_desk, open_desk
from desktop.this_computer import introduce, owners
from sync.errors import Offline, SignInAgain, UserError
from sync.server import admin
from sync.server.tables import Device
from tests.photos import an_issue_with_photos, picture
from tests.profiles import PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile


@pytest.fixture(autouse=True)
def memory():
    with keystore(backend := MemoryKeyring()):
        yield backend


@pytest.fixture
def profile(own_server, tmp_path):
    return new_profile(tmp_path / "aidana", own_server)


@pytest.fixture
def desk(profile, own_server):
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    yield desk
    close_desk(desk)


def device(desk):
    return UUID(desk.server._token.partition(".")[0])


def ask(server, desk, **more):
    with server.service.store.writing.begin() as session:
        return admin.wipe(session, str(device(desk)), **more)


def row(server, id):
    with server.service.store.reading() as session:
        found = session.get_one(Device, id)
        return found.wipe, found.wiped, found.revoked


def exchanged(desk):
    exchange.exchange(desk)
    return wiping.is_due(desk)


def left(profile):
    return sorted(path.name for path in profile.folder.iterdir())


def test_everything_is_sent_then_nothing_is_left_and_the_server_knows(
    own_server, profile, desk, memory
):
    id = device(desk)
    an_issue_with_photos(desk, picture())
    make_backup(profile, desk, datetime.now(UTC))
    ask(own_server, desk)
    assert memory.kept

    assert exchanged(desk)
    with only_here(profile.lock):
        wiping.wipe(profile, desk)

    assert [name for name in left(profile) if name not in wiping.KEPT] == []
    assert not is_enrolled(profile)
    assert memory.kept == {}
    wanted, wiped, revoked = row(own_server, id)
    assert None not in (wanted, wiped, revoked)
    with pytest.raises(SignInAgain):
        own_server.transport(desk.server._token).late_edits()
    with own_server.service.store.reading() as session:
        [account] = [one for one in admin.list_accounts(session) if one["login"] == "aidana"]
    assert account["devices"][0]["wiped"]


def test_nothing_is_deleted_while_something_waits(own_server, desk, monkeypatch):
    ask(own_server, desk)
    an_issue_with_photos(desk, picture())
    monkeypatch.setattr(desk.server, "put_part", lambda *_, **__: (_ for _ in ()).throw(
        Offline("cut")))  # fmt: skip
    with pytest.raises(Offline):
        exchange.exchange(desk)

    assert desk.server.wipe
    assert not wiping.is_due(desk)
    monkeypatch.undo()
    assert exchanged(desk)


def test_who_was_not_asked_or_is_asked_no_more_goes_on(own_server, desk):
    records.save(desk, "visit", VISIT)
    assert not exchanged(desk)
    ask(own_server, desk)
    ask(own_server, desk, undo=True)

    assert not exchanged(desk)


def test_only_the_laptop_that_is_meant_hears_of_it(own_server, desk, tmp_path):
    other = new_profile(tmp_path / "zere", own_server, "zere")
    zere = open_desk(other, PASSWORD, http=line(own_server))
    ask(own_server, zere)

    assert not exchanged(desk)
    assert exchanged(zere)
    close_desk(zere)


@pytest.mark.parametrize("cut", ["keys", "rest"])
def test_what_is_cut_short_the_next_start_goes_on_with(
    own_server, profile, desk, memory, monkeypatch, cut
):
    an_issue_with_photos(desk, picture())
    make_backup(profile, desk, datetime.now(UTC))
    ask(own_server, desk)
    assert exchanged(desk)
    calls = []

    def fail(path):
        calls.append(path)
        if len(calls) > (1 if cut == "keys" else 4):
            raise OSError("the power is gone")
        path.unlink(missing_ok=True)

    monkeypatch.setattr(wiping, "delete", fail)
    with pytest.raises(UserError):
        wiping.wipe(profile, desk)
    monkeypatch.undo()

    assert profile.wiping.exists()
    assert wiping.finish(profile)
    assert [name for name in left(profile) if name not in wiping.KEPT] == []
    assert memory.kept == {}
    assert not wiping.finish(profile)


def test_the_keys_go_first_so_that_what_is_left_is_noise(own_server, profile, desk, monkeypatch):
    make_backup(profile, desk, datetime.now(UTC))
    ask(own_server, desk)
    exchanged(desk)
    seen = []
    monkeypatch.setattr(wiping, "_drop_rest", lambda profile: seen.extend(left(profile)))

    wiping.wipe(profile, desk)

    assert "dala.db" in seen
    assert "keys.json" not in seen
    assert list(profile.copies.glob("*/keys.json")) == []


def test_a_line_that_is_cut_keeps_nothing_here(own_server, profile, desk, monkeypatch):
    ask(own_server, desk)
    exchanged(desk)

    def cut(_):
        raise Offline("cut")

    monkeypatch.setattr(desk.server, "tell_wiped", cut)
    wiping.wipe(profile, desk)

    assert not is_enrolled(profile)


def test_a_closed_laptop_and_one_of_nobody_cannot_be_asked(own_server, desk):
    with own_server.service.store.writing.begin() as session:
        admin.revoke(session, str(device(desk)))
    with pytest.raises(UserError):
        ask(own_server, desk)
    with own_server.service.store.writing.begin() as session, pytest.raises(UserError):
        admin.wipe(session, "nobody")


def test_by_command_too_and_the_folder_is_free_for_somebody_else(commander, run, server, tmp_path):
    aidana = commander()
    aidana("record", "visit", stdin=json.dumps(VISIT))
    with server.service.store.reading() as session:
        accounts = admin.list_accounts(session)
    id = next(one for one in accounts if one["login"] == aidana.person["id"])["devices"][0][
        "device"
    ]
    with server.service.store.writing.begin() as session:
        admin.wipe(session, id)

    done = aidana("sync")

    assert (done["sent"], done["wiped"]) == (1, True)
    code, _, err = run("list", "visit", "--profile", aidana.folder)
    assert code == 1
    assert "Nobody is enrolled" in err
    again = server.code(aidana.person["id"])
    code, _, err = run("enrol", "--profile", aidana.folder, "--server", "https://server.test",
                       "--code", again)  # fmt: skip
    assert code == 0, err


def test_the_end_of_ones_work_leaves_that_of_others_on_this_computer_alone(
    own_server, profile, desk
):
    other = new_profile(profile.folder / PEOPLE / "nurlan", own_server, "nurlan")
    introduce(profile, "Айдана", "515400000")

    with only_here(profile.lock):
        wiping.wipe(profile, desk)

    assert [name for name in left(profile) if name not in wiping.KEPT] == []
    assert [one.folder for one in owners(profile.folder)] == [other.folder]
    close_desk(open_desk(other, PASSWORD, http=line(own_server)))
