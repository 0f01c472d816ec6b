"""The work is left while something still runs: it is closed once, and before anything opens it again."""

import threading

from tests.profiles import PASSWORD
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
)


def test_a_window_that_is_closed_as_soon_as_it_was_locked_leaves_a_closed_file(
    qtbot, start, profile
):
    program = start(profile.folder)
    sign_in(qtbot, program)
    store = program.desk.store
    program.lock()

    program.frame.close()
    settle(qtbot, program)  # what was on its way asks for nothing more

    assert store.engine.pool.checkedin() == 0
    assert not profile.store.with_name("dala.db-wal").exists()


def test_work_that_was_locked_is_closed_before_the_password_opens_it_again(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    before, written, after = program.desk.store, threading.Event(), []
    program.jobs.aside(program, lambda: written.wait(20), bool)  # a copy onto a slow stick
    program.lock()

    page(program).password.setText(PASSWORD)
    page(program).submit()
    for lane in (program.jobs.read, program.jobs.call):
        lane(program, bool, after.append)
    qtbot.waitUntil(lambda: len(after) == 2, timeout=20_000)  # time enough to open it
    opened_early = program.desk
    written.set()
    settle(qtbot, program)

    assert opened_early is None
    assert before.engine.pool.checkedin() == 0
    assert program.desk.store is not before
