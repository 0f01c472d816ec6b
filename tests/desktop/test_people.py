"""Logins become names with the first sync, and follow the server's."""

import pytest
from sqlalchemy import update

from desktop.people import name_of
from desktop.profile import close_desk, open_desk
from sync.client.engine import sync_once
from sync.language import speak
from sync.person import SERVER
from sync.server.tables import Account
from tests.profiles import PASSWORD, MemoryKeyring, keystore, line, new_profile
from tests.servers import SAIRAM, SOZAQ


@pytest.fixture
def desk(own_server, tmp_path):
    with keystore(MemoryKeyring()):
        opened = open_desk(
            new_profile(tmp_path / "profile", own_server), PASSWORD, http=line(own_server)
        )
        yield opened
        close_desk(opened)


def test_those_who_work_with_the_same_records_have_names(desk, own_server):
    own_server.account("dauren", "coordinator")
    own_server.account("nurlan", district=SOZAQ)
    own_server.account("saule", district=SAIRAM)
    assert name_of(desk, "nurlan") == "nurlan"

    sync_once(desk.store, desk.server)

    assert name_of(desk, "nurlan") == "Nurlan"
    assert name_of(desk, "dauren") == "Dauren"
    assert name_of(desk, "aidana") == "Aidana"
    assert name_of(desk, "saule") == "saule"


def test_a_new_name_comes_with_the_next_sync_and_only_once(desk, own_server):
    sync_once(desk.store, desk.server)
    with own_server.service.store.writing.begin() as session:
        session.execute(update(Account).values(name="Айдана"))

    sync_once(desk.store, desk.server)
    taken = desk.server.taken_bytes
    sync_once(desk.store, desk.server)

    assert name_of(desk, "aidana") == "Айдана"
    assert desk.server.taken_bytes - taken < 200


def test_ones_own_name_is_known_before_the_first_sync(desk):
    assert name_of(desk, "aidana") == "Aidana"


def test_what_the_server_did_by_itself_bears_its_name_in_words(desk):
    speak("ru")

    assert name_of(desk, SERVER) == "Сервер"
