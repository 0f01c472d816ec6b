"""The region ends the work of a laptop while its window is open."""

from sync.server import admin
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.screens.sign_in import SignIn


def test_the_window_says_so_and_stands_before_a_new_laptop(qtbot, server, profile, start):
    program = start(profile.folder)
    sign_in(qtbot, program)
    device = program.desk.server._token.partition(".")[0]
    with server.service.store.writing.begin() as session:
        admin.wipe(session, device)

    program.exchanges.exchange()
    qtbot.waitUntil(
        lambda: isinstance(page(program), SignIn) and not page(program).enrolled, timeout=20_000
    )
    settle(qtbot, program)

    assert any("The region has ended the work of this laptop" in one for one in words(program))
    assert not profile.store.exists()
    assert not profile.keys.exists()


def test_a_start_goes_on_with_what_was_cut_short(qtbot, server, profile, start):
    profile.wiping.touch()
    program = start(profile.folder)
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)

    assert not page(program).enrolled
    assert not profile.store.exists()
