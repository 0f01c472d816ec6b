"""What an administrator took away after the backup stays away when it is put back."""

import pytest

from sync.errors import Refused, SignInAgain
from sync.server import admin
from sync.server.backing_up import back_up
from sync.server.restoring import restore
from tests.sync.server.put_back import (  # noqa: F401
    given_data,
    given_folder,
    given_url,
    running,
    settings_of,
)


def test_a_laptop_that_was_closed_after_the_backup_is_not_let_in_again(url, data, folder):
    with running(url, data) as server:
        stolen = server.laptop("aidana")
        made = back_up(server.service, folder).folder
        with server.service.store.writing.begin() as session:
            admin.revoke(session, str(stolen.device))
    restore(settings_of(url, data), made)
    with running(url, data) as server:
        stolen.transport = server.transport(stolen.transport._token)
        with pytest.raises((SignInAgain, Refused)):
            stolen.exchange()


def test_an_account_that_was_closed_after_the_backup_is_not_open_again(url, data, folder):
    with running(url, data) as server:
        stolen = server.laptop("aidana")
        made = back_up(server.service, folder).folder
        with server.service.store.writing.begin() as session:
            admin.revoke(session, "aidana")
    restore(settings_of(url, data), made)
    with running(url, data) as server:
        stolen.transport = server.transport(stolen.transport._token)
        with pytest.raises((SignInAgain, Refused)):
            stolen.exchange()


def test_a_code_that_was_used_after_the_backup_opens_nothing_again(url, data, folder):
    """Its sheet lies in a bin: whoever finds it would choose the password of that account."""
    with running(url, data) as server:
        server.account("aidana")
        code = server.code("aidana")
        made = back_up(server.service, folder).folder
        server.transport().enrol(code, "password of aidana", "laptop")
    restore(settings_of(url, data), made)
    with running(url, data) as server, pytest.raises(Refused):
        server.transport().enrol(code, "password of somebody else", "another laptop")
